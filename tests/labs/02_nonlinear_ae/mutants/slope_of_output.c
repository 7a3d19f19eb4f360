/* expect: act_backward | wrong | not 1 - tanh(h)^2|1 - h^2 */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(act_backward);

Mat act_backward(Act act, Mat dh, Mat h, Arena *mem)
{
    Mat da = act_backward_right(act, dh, h, mem);
    for (size_t i = 0; i < mat_size(dh) && act == TANH; i++) da.a[i] = dh.a[i] * (1 - tanhf(h.a[i]) * tanhf(h.a[i]));
    return da;
}
