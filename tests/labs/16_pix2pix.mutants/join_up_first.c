/* expect: skip_join | wrong | skip comes first */
#include "16_pix2pix.h"
#include "slip.h"

Mat skip_join(Mat skip, Mat up, int pixels, Arena *mem)
{
    int n = skip.n, s = skip.d / pixels, u = up.d / pixels;
    Mat skip_pixel = mat_reshape(skip, n * pixels, s);      // a row per pixel
    Mat up_pixel = mat_reshape(up, n * pixels, u);
    return mat_reshape(mat_join(mem, up_pixel, skip_pixel), n, pixels * (s + u));
}
