/* expect: act_forward | wrong | changed its input a */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(act_forward);

Mat act_forward(Act act, Mat a, Arena *mem)
{
    Mat h = act_forward_right(act, a, mem);
    mat_scale(a, -1);                               /* as 1/(1 + e^-a) may tempt one to */
    return h;
}
