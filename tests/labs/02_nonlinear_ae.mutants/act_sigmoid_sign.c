/* expect: act_forward | wrong | the exponent is -a */
#define act_forward act_forward_right
#include "../../../solutions/02_nonlinear_ae.c"
#undef act_forward

Mat act_forward(Act act, Mat a, Arena *mem)
{
    Mat h = act_forward_right(act, a, mem);
    for (size_t i = 0; i < mat_size(h) && act == SIGMOID; i++) h.a[i] = 1 / (1 + expf(a.a[i]));
    return h;
}
