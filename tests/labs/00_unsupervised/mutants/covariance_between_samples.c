/* expect: covariance | wrong | has the shape */
#include "00_unsupervised.h"
#include "version.h"

Mat covariance(Mat x, Arena *mem)
{
    Mat C = mat_mul_nt(mem, x, x);
    mat_scale(C, 1.f / (float)x.n);
    return C;
}
