/* expect: pca_power | wrong | the eigenvalue is v^T C v */
#define pca_power pca_power_right
#include "../../../solutions/00_unsupervised.c"
#undef pca_power

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
    Eig e = pca_power_right(cov, k, steps, rng, mem);
    for (int j = 0; j < k; j++) e.value.a[j] *= e.value.a[j];
    return e;
}
