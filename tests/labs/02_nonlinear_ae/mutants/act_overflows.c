/* expect: act_forward | wrong | infinity over infinity */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(act_forward);

Mat act_forward(Act act, Mat a, Arena *mem)
{
    Mat h = act_forward_right(act, a, mem);
    for (size_t i = 0; i < mat_size(a) && act == TANH; i++) h.a[i] = (expf(a.a[i]) - expf(-a.a[i])) / (expf(a.a[i]) + expf(-a.a[i]));
    return h;
}
