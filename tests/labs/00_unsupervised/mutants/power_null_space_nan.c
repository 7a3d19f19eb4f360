/* expect: pca_power | wrong | no length to divide by */
#include "00_unsupervised.h"
#include "version.h"

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
    Mat C = mat_copy(mem, cov), v = mat_new(mem, cov.d, 1), Cv = mat_new(mem, cov.d, 1);
    Eig e = {mat_new(mem, 1, k), mat_new(mem, cov.d, k)};
    for (int j = 0; j < k; j++) {
        mat_normal(v, 1, rng);
        for (int step = 0; step < steps; step++) {
            mat_gemm(Cv, 1, C, false, v, false, 0);
            mat_set(v, Cv);
            mat_scale(v, 1 / mat_norm(v));
        }
        mat_gemm(Cv, 1, C, false, v, false, 0);
        e.value.a[j] = mat_mul_tn(mem, v, Cv).a[0];
        mat_gemm(C, -e.value.a[j], v, false, v, true, 1);
        for (int i = 0; i < cov.d; i++) row(e.vec, i)[j] = v.a[i];
    }
    return e;
}
