/* expect: act_forward | wrong | changed its input a */
#define act_forward act_forward_right
#include "../../../solutions/02_nonlinear_ae.c"
#undef act_forward

Mat act_forward(Act act, Mat a, Arena *mem)
{
    Mat h = act_forward_right(act, a, mem);
    mat_scale(a, -1);                               /* as 1/(1 + e^-a) may tempt one to */
    return h;
}
