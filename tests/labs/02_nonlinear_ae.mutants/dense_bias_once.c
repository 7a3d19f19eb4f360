/* expect: dense_forward | wrong | every sample */
#include "02_nonlinear_ae.h"
#include "slip.h"

Mat dense_forward(Mat x, Mat W, Mat b, Arena *mem)
{
    Mat a = mat_mul(mem, x, W);
    mat_add(mat_rows(a, 0, 1), b);
    return a;
}
