/* expect: cond_augment | wrong | seven digits */
#include "15_stackgan.h"
#include "version.h"

Augmented cond_augment(Mat h, Mat eps, Arena *mem)
{
    int n = eps.n, C = eps.d;
    Augmented a = {.c = mat_new(mem, n, C), .dkl = mat_new(mem, n, 2 * C)};
    float kl = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < C; j++) {
            float mu = row(h, i)[j], logvar = row(h, i)[C + j], variance = expf(logvar);
            row(a.c, i)[j] = mu + expf(.5f * logvar) * row(eps, i)[j];
            kl += .5f * (mu * mu + variance - logvar - 1);
            row(a.dkl, i)[j] = mu / (float)n;
            row(a.dkl, i)[C + j] = .5f * (variance - 1) / (float)n;
        }
    a.kl = (float)(kl / (float)n);
    return a;
}
