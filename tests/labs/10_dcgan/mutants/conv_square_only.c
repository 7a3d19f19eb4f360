/* expect: conv_forward | wrong | rows go with h | not without stride */
#include "10_dcgan.h"
#include "version.h"

RIGHT(conv_forward);

Mat conv_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
    Window square = *win;
    square.big.w = win->big.h, square.small.w = win->small.h; /* takes every map for h x h */
    Mat wide = mat_zeros(mem, x.n, shape_size(square.big)), y = mat_zeros(mem, x.n, shape_size(win->small));
    for (int i = 0; i < x.n; i++)
        memcpy(row(wide, i), row(x, i), sizeof(float) * (size_t)(x.d < wide.d ? x.d : wide.d));
    Mat z = conv_forward_right(&square, wide, W, b, mem);
    for (int i = 0; i < x.n; i++) memcpy(row(y, i), row(z, i), sizeof(float) * (size_t)(y.d < z.d ? y.d : z.d));
    return y;
}
