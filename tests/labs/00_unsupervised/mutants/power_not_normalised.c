/* expect: pca_power | wrong | squared lengths */
#include "00_unsupervised.h"
#include "version.h"

RIGHT(pca_power);

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
    Eig e = pca_power_right(cov, k, steps, rng, mem);
    mat_scale(e.vec, 3);
    return e;
}
