/* density.c: densities on a grid: points to ask them at, a histogram as the simplest one, sums of them in logs. */
#include "gen.h"

#include <math.h>

Mat grid_points(float lo, float hi, int side, int d, Arena *mem)
{
    check(side > 1 && d > 0 && pow(side, d) <= 1 << 24, "grid_points: %d points a side in %d dimensions", side, d);
    Mat q = mat_new(mem, (int)lround(pow(side, d)), d);
    for (int i = 0; i < q.n; i++)
        for (int j = 0, rest = i; j < d; j++, rest /= side)
            row(q, i)[j] = lo + (hi - lo) * (float)(rest % side) / (float)(side - 1);
    return q;
}

static int bin_of(const float *x, int d, float lo, float hi, int bins)
{
    int bin = 0;
    for (int j = d - 1; j >= 0; j--) {
        float at = (float)bins * (x[j] - lo) / (hi - lo);
        bin = bin * bins + (int)fminf(fmaxf(at, 0), (float)(bins - 1));
    }
    return bin;
}

Mat histogram_log_density(Mat x, Mat q, float lo, float hi, int bins, Arena *mem)
{
    check(bins > 0 && lo < hi && pow(bins, x.d) <= 1 << 24 && x.d == q.d && x.n > 0,
          "histogram: %d bins on [%g, %g] in %d dimensions, asked in %d", bins, (double)lo, (double)hi, x.d, q.d);
    int cells = (int)lround(pow(bins, x.d));
    double volume = pow((double)(hi - lo) / bins, x.d);
    Mat count = mat_new(mem, cells, 1), log_p = mat_new(mem, q.n, 1);
    mat_fill(count, .5f);
    for (int i = 0; i < x.n; i++) count.a[bin_of(row(x, i), x.d, lo, hi, bins)]++;
    for (int i = 0; i < q.n; i++)
        log_p.a[i] = (float)log((double)count.a[bin_of(row(q, i), q.d, lo, hi, bins)] / ((x.n + .5 * cells) * volume));
    return log_p;
}

double log_sum_exp(const double *v, int n)
{
    double top = -INFINITY, sum = 0;
    for (int i = 0; i < n; i++) top = fmax(top, v[i]);
    if (top == -INFINITY) return top;               /* else -inf - -inf is a NaN */
    for (int i = 0; i < n; i++) sum += exp(v[i] - top);
    return top + log(sum);
}
