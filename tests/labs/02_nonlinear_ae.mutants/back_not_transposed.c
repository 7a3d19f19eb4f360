/* expect: dense_backward | stopped | shapes do not fit */
#include "02_nonlinear_ae.h"
#include "slip.h"

Mat dense_backward(Mat da, Mat x, Param *W, Param *b, Arena *mem)
{
    mat_gemm(W->g, 1, x, true, da, false, 1);
    mat_add_column_sums(b->g, da);
    return mat_mul(mem, da, W->v);
}
