/* expect: pca_power | wrong | squared lengths */
#define pca_power pca_power_right
#include "../../../solutions/00_unsupervised.c"
#undef pca_power

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
    Eig e = pca_power_right(cov, k, steps, rng, mem);
    mat_scale(e.vec, 3);
    return e;
}
