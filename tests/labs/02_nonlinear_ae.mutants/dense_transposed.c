/* expect: dense_forward | stopped | shapes do not fit */
#include "02_nonlinear_ae.h"
#include "slip.h"

Mat dense_forward(Mat x, Mat W, Mat b, Arena *mem)
{
    Mat a = mat_mul_nt(mem, x, W);
    mat_add_row(a, b);
    return a;
}
