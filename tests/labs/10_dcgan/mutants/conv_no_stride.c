/* expect: conv_forward | wrong | without stride and padding it is right | not rows go with h */
#include "10_dcgan.h"
#include "version.h"

Mat conv_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
    Window slow = *win;
    slow.stride = 1;
    Mat y = mat_new(mem, x.n, shape_size(win->small));
    for (int i = 0; i < x.n; i++)
        for (int s = 0; s < win->small.h * win->small.w; s++)
            for (int o = 0; o < win->small.c; o++) {
                double sum = (double)b.a[o];
                for (int k = 0; k < win->kernel * win->kernel; k++) {
                    const float *p = under(&slow, x, i, s / win->small.w, s % win->small.w, k / win->kernel, k % win->kernel);
                    for (int c = 0; p && c < win->big.c; c++) sum += (double)p[c] * (double)row(W, k * win->big.c + c)[o];
                }
                row(y, i)[s * win->small.c + o] = (float)sum;
            }
    return y;
}
