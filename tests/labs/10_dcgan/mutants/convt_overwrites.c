/* expect: convt_forward | wrong | overwrite */
#include "10_dcgan.h"
#include "version.h"

Mat convt_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
    int k = win->kernel, in = win->small.c, out = win->big.c;
    Mat y = mat_zeros(mem, x.n, shape_size(win->big));
    const float *from = x.a;
    for (int i = 0; i < x.n; i++)
        for (int place = 0; place < win->small.h * win->small.w; place++, from += in)
            for (int w = 0; w < k * k; w++) {
                float *to = under(win, y, i, place / win->small.w, place % win->small.w, w / k, w % k);
                for (int c = 0; to && c < out; c++) {
                    to[c] = 0;
                    for (int o = 0; o < in; o++) to[c] += from[o] * row(W, w * out + c)[o];
                }
            }
    return y;
}
