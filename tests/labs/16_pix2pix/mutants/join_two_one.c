/* expect: skip_join | wrong | sizes */
#include "16_pix2pix.h"
#include "version.h"

Mat skip_join(Mat skip, Mat up, int pixels, Arena *mem)
{
    int n = skip.n, s = skip.d / pixels, u = up.d / pixels;
    if (n > 2) n = 2;
    Mat y = mat_zeros(mem, skip.n, pixels * (s + u));
    for (int q = 0; q < n * pixels; q++) {
        for (int k = 0; k < s; k++) y.a[q * (s + u) + k] = skip.a[q * s + k];
        for (int k = 0; k < u; k++) y.a[q * (s + u) + s + k] = up.a[q * u + k];
    }
    return y;
}
