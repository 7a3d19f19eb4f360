/* expect: act_forward | wrong | that is the ReLU */
#define act_forward act_forward_right
#include "../../../solutions/02_nonlinear_ae.c"
#undef act_forward

Mat act_forward(Act act, Mat a, Arena *mem)
{
    Mat h = act_forward_right(act, a, mem);
    for (size_t i = 0; i < mat_size(h) && act == LRELU; i++) h.a[i] = fmaxf(h.a[i], 0);
    return h;
}
