/* expect: pca_power | wrong | changed its input cov */
#include "00_unsupervised.h"
#include "version.h"

RIGHT(pca_power);

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
    Eig e = pca_power_right(cov, k, steps, rng, mem);
    row(cov, 0)[0] -= e.value.a[0];
    return e;
}
