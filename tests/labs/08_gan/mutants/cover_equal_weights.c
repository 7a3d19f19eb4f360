/* expect: mode_coverage | wrong | modes have weights */
#include "08_gan.h"
#include "version.h"

Coverage mode_coverage(const Mixture *m, Mat x)
{
    int held[MODES] = {0}, all = 0;
    for (int i = 0; i < x.n; i++) {
        int near = 0;
        double best = 1e30, sd = sqrt((double)m->mode[0].cov[0]);
        for (int k = 0; k < m->n; k++) {
            double a = (double)(row(x, i)[0] - m->mode[k].mean[0]), b = (double)(row(x, i)[1] - m->mode[k].mean[1]);
            if (hypot(a, b) < best) best = hypot(a, b), near = k;
        }
        double a = fabs((double)(row(x, i)[0] - m->mode[near].mean[0])), b = fabs((double)(row(x, i)[1] - m->mode[near].mean[1]));
        if (hypot(a, b) <= 3 * sd) held[near]++, all++;
    }
    Coverage c = {.quality = (float)all / (float)x.n};
    for (int k = 0; k < m->n; k++) c.lax += held[k] > 0, c.strict += held[k] >= .5 / m->n * x.n;
    return c;
}
