/* expect: dense_forward | wrong | every sample */
#define dense_forward dense_forward_right
#include "../../../solutions/02_nonlinear_ae.c"
#undef dense_forward

Mat dense_forward(Mat x, Mat W, Mat b, Arena *mem)
{
    Mat a = mat_mul(mem, x, W);
    mat_add(mat_rows(a, 0, 1), b);
    return a;
}
