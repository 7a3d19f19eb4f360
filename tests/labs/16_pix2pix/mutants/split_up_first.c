/* expect: skip_join | wrong | skip comes first */
#include "16_pix2pix.h"
#include "version.h"

void skip_split(Mat d, int pixels, Mat dskip, Mat dup)
{
    int n = d.n, s = dskip.d / pixels, u = dup.d / pixels;
    mat_split(mat_reshape(d, n * pixels, s + u), mat_reshape(dup, n * pixels, u), mat_reshape(dskip, n * pixels, s));
}
