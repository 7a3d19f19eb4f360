/* toy.c: points in the plane whose density is known exactly: Gaussian mixtures, curves blurred by Gaussian noise. */
#include "gen.h"

#include <math.h>

static const double pi = 3.141592653589793;

/* ---- Gaussian mixtures ---- */

static void add_mode(Mixture *m, float x, float y, float xx, float xy, float yy)
{
    check(m->n < MODES, "a mixture of more than %d modes", MODES);
    int i = m->n++;
    m->mode[i].mean[0] = x;
    m->mode[i].mean[1] = y;
    m->mode[i].cov[0] = xx;
    m->mode[i].cov[1] = xy;
    m->mode[i].cov[2] = yy;
    for (int j = 0; j < m->n; j++) m->mode[j].weight = 1.f / (float)m->n;
}

Mixture mixture_cloud(float sd1, float sd2, float degrees)
{
    Mixture m = {0};
    float a = degrees * (float)(pi / 180), c = cosf(a), s = sinf(a), u = sd1 * sd1, v = sd2 * sd2;
    add_mode(&m, 0, 0, c * c * u + s * s * v, c * s * (u - v), s * s * u + c * c * v);
    return m;
}

Mixture mixture_ring(int modes, float radius, float sd)
{
    Mixture m = {0};
    for (int i = 0; i < modes; i++) {
        double a = 2 * pi * i / modes;
        add_mode(&m, radius * (float)cos(a), radius * (float)sin(a), sd * sd, 0, sd * sd);
    }
    return m;
}

Mixture mixture_grid(int side, float spacing, float sd)
{
    Mixture m = {0};
    float middle = .5f * (float)(side - 1);
    for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++)
            add_mode(&m, spacing * ((float)j - middle), spacing * ((float)i - middle), sd * sd, 0, sd * sd);
    return m;
}

Mat mixture_sample(const Mixture *m, int n, int *which, Rng *rng, Arena *mem)
{
    Mat x = mat_new(mem, n, 2);
    for (int i = 0; i < n; i++) {
        float u = rng_uniform(rng);
        int k = 0;
        while (k < m->n - 1 && u >= m->mode[k].weight) u -= m->mode[k++].weight;
        const float *cov = m->mode[k].cov;
        float l = sqrtf(cov[0]), e0 = rng_normal(rng), e1 = rng_normal(rng);    /* Cholesky factor of the covariance */
        row(x, i)[0] = m->mode[k].mean[0] + l * e0;
        row(x, i)[1] = m->mode[k].mean[1] + cov[1] / l * e0 + sqrtf(fmaxf(0, cov[2] - cov[1] * cov[1] / cov[0])) * e1;
        if (which) which[i] = k;
    }
    return x;
}

double log_sum_exp(const double *v, int n)
{
    double top = -INFINITY, sum = 0;
    for (int i = 0; i < n; i++) top = fmax(top, v[i]);
    if (top == -INFINITY) return top;               /* else -inf - -inf is a NaN */
    for (int i = 0; i < n; i++) sum += exp(v[i] - top);
    return top + log(sum);
}

float mixture_log_density(const Mixture *m, const float x[2])
{
    double term[MODES];
    for (int k = 0; k < m->n; k++) {
        double dx = (double)(x[0] - m->mode[k].mean[0]), dy = (double)(x[1] - m->mode[k].mean[1]);
        double a = (double)m->mode[k].cov[0], b = (double)m->mode[k].cov[1], c = (double)m->mode[k].cov[2],
               det = a * c - b * b;
        double square = (c * dx * dx - 2 * b * dx * dy + a * dy * dy) / det;
        term[k] = log((double)m->mode[k].weight) - .5 * square - .5 * log(fmax(det, 1e-300)) - log(2 * pi);
    }
    return (float)log_sum_exp(term, m->n);
}

/* ---- curves, by share of arc length ---- */

static void curve_raw(Curve c, double u, double x[2])           /* u in [0,1], at the formula's own pace */
{
    if (c == SINE) {
        x[0] = 2 * u - 1;
        x[1] = .6 * sin(2 * pi * u);
        return;
    }
    double r = 1, a = pi * u;                                   /* half a circle, */
    if (c == SPIRAL) {
        r = .15 + .85 * u;                                      /* or a spiral of one and a half turns */
        a = 3 * pi * u;
    }
    x[0] = r * cos(a);
    x[1] = r * sin(a);
}

enum { NODES = 1024 };
void curve_point(Curve c, float t, float x[2])
{
    static double length[3][NODES + 1];                         /* arc length up to node i, filled at first use */
    double *s = length[c], p[2], q[2];
    if (s[NODES] == 0)
        for (int i = 1; i <= NODES; i++) {
            curve_raw(c, (i - 1.) / NODES, p);
            curve_raw(c, (double)i / NODES, q);
            s[i] = s[i - 1] + hypot(q[0] - p[0], q[1] - p[1]);
        }
    double want = fmin(fmax((double)t, 0), 1) * s[NODES];
    int lo = 0, hi = NODES;
    while (hi - lo > 1) {
        int mid = (lo + hi) / 2;
        if (s[mid] <= want) lo = mid;
        else hi = mid;
    }
    curve_raw(c, (lo + (want - s[lo]) / (s[hi] - s[lo])) / NODES, p);
    x[0] = (float)p[0];
    x[1] = (float)p[1];
}

Mat curve_sample(Curve c, int n, float sd, Mat t, Rng *rng, Arena *mem)
{
    check(t.n == n && t.d == 1, "curve_sample: t is (%d,%d), want (%d,1)", t.n, t.d, n);
    Mat x = mat_new(mem, n, 2);
    for (int i = 0; i < n; i++) {
        t.a[i] = rng_uniform(rng);
        curve_point(c, t.a[i], row(x, i));
        for (int j = 0; j < 2; j++) row(x, i)[j] += sd * rng_normal(rng);
    }
    return x;
}

float curve_log_density(Curve c, float sd, const float x[2])
{
    double term[NODES], s2 = (double)sd * (double)sd; /* midpoint rule: fine while sd is well above length / NODES */
    for (int i = 0; i < NODES; i++) {
        float p[2];
        curve_point(c, ((float)i + .5f) / NODES, p);
        double dx = (double)(x[0] - p[0]), dy = (double)(x[1] - p[1]);
        term[i] = -.5 * (dx * dx + dy * dy) / s2 - log(2 * pi * s2) - log(NODES);
    }
    return (float)log_sum_exp(term, NODES);
}

/* ---- grids and counts ---- */

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
