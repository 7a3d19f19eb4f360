/* expect: act_backward | wrong | multiply|times dh */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(act_backward);

Mat act_backward(Act act, Mat dh, Mat h, Arena *mem)
{
    Mat one = mat_new(mem, dh.n, dh.d);
    mat_fill(one, 1);
    return act_backward_right(act, one, h, mem);
}
