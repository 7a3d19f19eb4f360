/* expect: covariance | wrong | the mean is still in it */
#include "00_unsupervised.h"
#include "version.h"

Mat covariance(Mat x, Arena *mem)
{
    Mat C = mat_mul_tn(mem, x, x);
    mat_scale(C, 1.f / (float)x.n);
    return C;
}
