/* expect: dense_backward | wrong | divided by the batch size */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(dense_backward);

Mat dense_backward(Mat da, Mat x, Param *W, Param *b, Arena *mem)
{
    Mat share = mat_copy(mem, da);
    mat_scale(share, 1.f / (float)da.n);
    dense_backward_right(share, x, W, b, mem);
    return mat_mul_nt(mem, da, W->v);
}
