/* expect: skip_join | wrong | at every pixel: the channels of skip */
#include "16_pix2pix.h"
#include "version.h"

Mat skip_join(Mat skip, Mat up, int pixels, Arena *mem)
{
    int n = skip.n, s = skip.d / pixels, u = up.d / pixels;
    Mat y = mat_new(mem, n, pixels * (s + u));
    for (int i = 0; i < n; i++)
        for (int p = 0; p < pixels; p++)
            for (int k = 0, at = 0; k < s || k < u; k++) {
                if (k < s) row(y, i)[p * (s + u) + at++] = row(skip, i)[p * s + k];
                if (k < u) row(y, i)[p * (s + u) + at++] = row(up, i)[p * u + k];
            }
    return y;
}
