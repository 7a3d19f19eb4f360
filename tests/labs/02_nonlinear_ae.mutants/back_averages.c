/* expect: dense_backward | wrong | divided by the batch size */
#define dense_backward dense_backward_right
#include "../../../solutions/02_nonlinear_ae.c"
#undef dense_backward

Mat dense_backward(Mat da, Mat x, Param *W, Param *b, Arena *mem)
{
    Mat share = mat_copy(mem, da);
    mat_scale(share, 1.f / (float)da.n);
    dense_backward_right(share, x, W, b, mem);
    return mat_mul_nt(mem, da, W->v);
}
