/* expect: pixel_norm | wrong | divided by r */
#include "12_progressive.h"
#include "version.h"
#include <math.h>

PixelNorm pixel_norm(Mat x, Mat dy, int c, Arena *mem)
{
    PixelNorm f = {mat_new(mem, x.n, x.d), mat_new(mem, x.n, x.d)};
    for (size_t at = 0; at < mat_size(x); at += (size_t)c) {            // a pixel
        double squares = 0, along = 0;
        for (int k = 0; k < c; k++) squares += (double)x.a[at + k] * (double)x.a[at + k];
        double r = sqrt(squares / c + 1e-8);
        for (int k = 0; k < c; k++) along += (double)dy.a[at + k] * (double)x.a[at + k] / r;
        for (int k = 0; k < c; k++) {
            double y = (double)x.a[at + k] / r;
            f.y.a[at + k] = (float)y;
            f.dx.a[at + k] = (float)((double)dy.a[at + k] - y * along / c);
        }
    }
    return f;
}
