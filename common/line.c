/* line.c: mixtures of Gaussians on the line: densities, quantiles, and how far a sample is from one. */
#include "internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double line_density(const Line *m, double x)
{
    double sum = 0;
    for (int k = 0; k < m->n; k++) {
        double t = (x - (double)m->mean[k]) / (double)m->sd[k];
        sum += (double)m->weight[k] * exp(-.5 * t * t) / ((double)m->sd[k] * sqrt(2 * M_PI));
    }
    return sum;
}

Mat line_densities(const Line *m, Mat x, Arena *mem)
{
    check(x.d == 1, "line_densities: points (%d,%d), a column is wanted", x.n, x.d);
    Mat p = mat_new(mem, x.n, 1);
    for (int i = 0; i < x.n; i++) p.a[i] = (float)line_density(m, (double)x.a[i]);
    return p;
}

double line_cumulative(const Line *m, double x)
{
    double sum = 0;
    for (int k = 0; k < m->n; k++)
        sum += .5 * (double)m->weight[k] * erfc(((double)m->mean[k] - x) / (double)m->sd[k] * M_SQRT1_2);
    return sum;
}

double line_quantile(const Line *m, double share)
{
    check(share > 0 && share < 1, "line_quantile: a share lies between 0 and 1, not at %g", share);
    double lo = -1, hi = 1;
    while (line_cumulative(m, lo) > share) lo *= 2;
    while (line_cumulative(m, hi) < share) hi *= 2;
    for (int i = 0; i < 60; i++) {
        double middle = (lo + hi) / 2;
        if (line_cumulative(m, middle) < share) lo = middle;
        else hi = middle;
    }
    return (lo + hi) / 2;
}

double line_sd(const Line *m)
{
    double mean = 0, square = 0;
    for (int k = 0; k < m->n; k++) {
        double w = (double)m->weight[k], mu = (double)m->mean[k], sd = (double)m->sd[k];
        mean += w * mu;
        square += w * (mu * mu + sd * sd);
    }
    return sqrt(square - mean * mean);
}

Mat line_sample(const Line *m, int n, Rng *rng, Arena *mem)
{
    Mat x = mat_noise(mem, n, 1, rng);
    for (int i = 0; i < n; i++) {
        float u = rng_uniform(rng);
        int k = 0;
        while (k + 1 < m->n && u >= m->weight[k]) u -= m->weight[k++];
        x.a[i] = m->mean[k] + m->sd[k] * x.a[i];
    }
    return x;
}

static int rising(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

double line_w1(Mat x, const Line *m, Arena *mem)
{
    check(x.d == 1 && x.n > 0, "line_w1: points (%d,%d), a column is wanted", x.n, x.d);
    size_t mark = mem->used;
    Mat sorted = mat_copy(mem, x);
    qsort(sorted.a, (size_t)x.n, sizeof *x.a, rising);
    double sum = 0;
    for (int i = 0; i < x.n; i++) sum += fabs((double)sorted.a[i] - line_quantile(m, (i + .5) / x.n));
    arena_rewind(mem, mark);
    return sum / x.n;
}

double line_js(Mat x, const Line *m, double lo, double hi, int bins)
{
    enum { BINS = 1024 };
    check(x.d == 1 && x.n > 0 && bins > 0 && bins <= BINS && lo < hi,
          "line_js: points (%d,%d) in %d bins from %g to %g", x.n, x.d, bins, lo, hi);
    double count[BINS] = {0}, sum = 0, below = 0;
    for (int i = 0; i < x.n; i++)
        count[(int)fmin(fmax(((double)x.a[i] - lo) / (hi - lo) * bins, 0), bins - 1)] += 1. / x.n;
    for (int k = 0; k < bins; k++) {
        double up_to = k + 1 < bins ? line_cumulative(m, lo + (hi - lo) * (k + 1) / bins) : 1;
        double p = up_to - below, q = count[k], half = (p + q) / 2;
        sum += .5 * ((p > 0 ? p * log(p / half) : 0) + (q > 0 ? q * log(q / half) : 0));
        below = up_to;
    }
    return sum;
}
