/* expect: covariance | wrong | loses its digits */
#include "00_unsupervised.h"
#include "version.h"

Mat covariance(Mat x, Arena *mem)
{
    Mat C = mat_mul_tn(mem, x, x), mean = mat_zeros(mem, 1, x.d);
    mat_add_column_sums(mean, x);
    mat_scale(mean, 1.f / (float)x.n);
    mat_scale(C, 1.f / (float)x.n);
    mat_gemm(C, -1, mean, true, mean, false, 1);
    return C;
}
