/* expect: act_forward | wrong | the result is its input */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(act_forward);

Mat act_forward(Act act, Mat a, Arena *mem)
{
    mat_set(a, act_forward_right(act, a, mem));
    return a;
}
