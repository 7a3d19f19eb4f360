/* expect: conv_forward | wrong | turned by 180 degrees */
#include "10_dcgan.h"
#include "version.h"

RIGHT(conv_forward);

Mat conv_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
    Mat turned = mat_new(mem, W.n, W.d);
    int c = win->big.c, places = win->kernel * win->kernel;
    for (int p = 0; p < places; p++) mat_set(mat_rows(turned, p * c, c), mat_rows(W, (places - 1 - p) * c, c));
    return conv_forward_right(win, x, turned, b, mem);
}
