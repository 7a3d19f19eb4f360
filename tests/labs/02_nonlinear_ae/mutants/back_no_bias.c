/* expect: dense_backward | wrong | b->g is as it was */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(dense_backward);

Mat dense_backward(Mat da, Mat x, Param *W, Param *b, Arena *mem)
{
    Param unused = {.g = mat_zeros(mem, 1, da.d)};
    return dense_backward_right(da, x, W, &unused, mem);
}
