/* expect: covariance | wrong | the mean is still in it */
#define covariance covariance_right
#include "../../../solutions/00_unsupervised.c"
#undef covariance

Mat covariance(Mat x, Arena *mem)
{
    Mat C = mat_mul_tn(mem, x, x);
    mat_scale(C, 1.f / (float)x.n);
    return C;
}
