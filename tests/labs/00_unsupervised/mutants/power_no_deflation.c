/* expect: pca_power | wrong | take out what was found */
#include "00_unsupervised.h"
#include "version.h"

RIGHT(pca_power);

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
    Eig e = {mat_new(mem, 1, k), mat_new(mem, cov.d, k)};
    for (int j = 0; j < k; j++) {
        Eig one = pca_power_right(cov, 1, steps, rng, mem);
        e.value.a[j] = one.value.a[0];
        for (int i = 0; i < cov.d; i++) row(e.vec, i)[j] = one.vec.a[i];
    }
    return e;
}
