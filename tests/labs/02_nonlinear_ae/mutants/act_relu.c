/* expect: act_forward | wrong | that is the ReLU */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(act_forward);

Mat act_forward(Act act, Mat a, Arena *mem)
{
    Mat h = act_forward_right(act, a, mem);
    for (size_t i = 0; i < mat_size(h) && act == LRELU; i++) h.a[i] = fmaxf(h.a[i], 0);
    return h;
}
