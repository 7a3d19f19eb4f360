/* expect: pca_power | wrong | changed its input cov */
#define pca_power pca_power_right
#include "../../../solutions/00_unsupervised.c"
#undef pca_power

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
    Eig e = pca_power_right(cov, k, steps, rng, mem);
    row(cov, 0)[0] -= e.value.a[0];
    return e;
}
