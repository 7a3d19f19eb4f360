/* expect: conv_forward | wrong | bias is missing */
#include "10_dcgan.h"
#include "version.h"

RIGHT(conv_forward);

Mat conv_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
    return conv_forward_right(win, x, W, mat_zeros(mem, 1, b.d), mem);
}
