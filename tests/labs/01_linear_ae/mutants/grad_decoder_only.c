/* expect: tied_grad | wrong | also stands in the encoder */
#include "01_linear_ae.h"
#include "version.h"

Mat tied_grad(Mat x, Mat z, Mat xhat, Mat W, Arena *mem)
{
    Mat dxhat = mat_copy(mem, xhat);
    mat_sub(dxhat, x);
    mat_scale(dxhat, 2.f / (float)x.n);
    return mat_mul_tn(mem, dxhat, z);
}
