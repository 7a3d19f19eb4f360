/* expect: act_forward | wrong | the exponent is -a */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(act_forward);

Mat act_forward(Act act, Mat a, Arena *mem)
{
    Mat h = act_forward_right(act, a, mem);
    for (size_t i = 0; i < mat_size(h) && act == SIGMOID; i++) h.a[i] = 1 / (1 + expf(a.a[i]));
    return h;
}
