/* expect: act_backward | wrong | that is the ReLU */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(act_backward);

Mat act_backward(Act act, Mat dh, Mat h, Arena *mem)
{
    Mat da = act_backward_right(act, dh, h, mem);
    for (size_t i = 0; i < mat_size(dh) && act == LRELU; i++) if (h.a[i] <= 0) da.a[i] = 0;
    return da;
}
