/* expect: convt_forward | wrong | wrote outside of x */
#include "10_dcgan.h"
#include "version.h"

RIGHT(convt_forward);

Mat convt_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
    Mat y = convt_forward_right(win, x, W, b, mem);
    x.a[-1] = 0;                                    /* a window pixel in the padding is written as if it were there */
    return y;
}
