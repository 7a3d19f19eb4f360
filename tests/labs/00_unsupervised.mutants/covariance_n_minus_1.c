/* expect: covariance | wrong | divided by n - 1 */
#define covariance covariance_right
#include "../../../solutions/00_unsupervised.c"
#undef covariance

Mat covariance(Mat x, Arena *mem)
{
    Mat C = covariance_right(x, mem);
    mat_scale(C, (float)x.n / (float)(x.n - 1));
    return C;
}
