/* expect: dense_backward | wrong | ADD to W->g */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(dense_backward);

Mat dense_backward(Mat da, Mat x, Param *W, Param *b, Arena *mem)
{
    mat_fill(W->g, 0);
    return dense_backward_right(da, x, W, b, mem);
}
