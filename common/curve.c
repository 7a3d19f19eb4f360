/* curve.c: curves in the plane, by share of arc length, blurred by Gaussian noise. */
#include "internal.h"

#include <math.h>

static const double pi = 3.141592653589793;

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
