/* expect: skip_join | wrong | overwritten, not added to */
#include "16_pix2pix.h"
#include "version.h"

void skip_split(Mat d, int pixels, Mat dskip, Mat dup)
{
    int s = dskip.d / pixels, u = dup.d / pixels;
    for (int q = 0; q < d.n * pixels; q++) {
        for (int k = 0; k < s; k++) dskip.a[q * s + k] += d.a[q * (s + u) + k];
        for (int k = 0; k < u; k++) dup.a[q * u + k] += d.a[q * (s + u) + s + k];
    }
}
