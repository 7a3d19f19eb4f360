/* expect: pca_power | wrong | one axis per column */
#include "00_unsupervised.h"
#include "version.h"

RIGHT(pca_power);

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
    Eig e = pca_power_right(cov, k, steps, rng, mem);
    return (Eig){e.value, mat_transpose(mem, e.vec)};
}
