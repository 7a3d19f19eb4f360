/* score.c: what samples are worth when the truth is a known mixture, and whether a difference is more than luck. */
#include "gen.h"

#include <math.h>

ModeScore mode_score(Mat x, const Mixture *m)
{
    check(x.d == 2 && x.n > 0 && m->n > 0,
          "mode_score: wants points in the plane, (n,2) with n > 0, and a mixture; got (%d,%d)", x.n, x.d);
    ModeScore s = {0};
    int inside[MODES] = {0}, nearest[MODES] = {0}, all = 0;
    double square = 0, var = (double)m->mode[0].cov[0];
    float mean[2 * MODES];
    Mat means = {m->n, 2, mean};
    for (int k = 0; k < m->n; k++) {
        row(means, k)[0] = m->mode[k].mean[0];
        row(means, k)[1] = m->mode[k].mean[1];
    }
    for (int i = 0; i < x.n; i++) {
        int k;
        mat_nearest(mat_rows(x, i, 1), means, &k);
        double dx = (double)(row(x, i)[0] - row(means, k)[0]), dy = (double)(row(x, i)[1] - row(means, k)[1]);
        double away = dx * dx + dy * dy;            // squared
        nearest[k]++;
        if (away < 9 * var) {
            inside[k]++;
            all++;
            square += away;
        }
    }
    for (int j = 0; j < m->n; j++) {
        double share = (double)nearest[j] / x.n;
        s.modes += (long)inside[j] * 2 * m->n >= x.n;
        if (nearest[j]) s.revkl += share * log(share * m->n);
    }
    s.hq = (double)all / x.n;
    s.width = all ? sqrt(square / (2 * all * var)) : 0;
    return s;
}

double mean_interval(const double *v, int n, double *half)
{
    static const double t95[] = {                   /* Student's t at 97.5 %, by degrees of freedom */
        0,      12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
        2.2010, 2.1788,  2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
    };
    check(n >= 2 && n <= 21, "mean_interval: %d numbers, want 2 to 21\n  hint: a single run has no interval", n);
    double mean = 0, square = 0;
    for (int i = 0; i < n; i++) mean += v[i] / n;
    for (int i = 0; i < n; i++) square += (v[i] - mean) * (v[i] - mean);
    *half = t95[n - 1] * sqrt(square / (n - 1) / n);
    return mean;
}
