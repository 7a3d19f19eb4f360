/* expect: conv_forward | wrong | bias is missing */
#define conv_forward conv_forward_right
#include "../../../solutions/10_dcgan.c"
#undef conv_forward

Mat conv_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
    return conv_forward_right(win, x, W, mat_zeros(mem, 1, b.d), mem);
}
