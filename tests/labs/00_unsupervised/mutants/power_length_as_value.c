/* expect: pca_power | wrong | the eigenvalue is v^T C v */
#include "00_unsupervised.h"
#include "version.h"

RIGHT(pca_power);

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
    Eig e = pca_power_right(cov, k, steps, rng, mem);
    for (int j = 0; j < k; j++) e.value.a[j] *= e.value.a[j];
    return e;
}
