/* expect: join_condition | wrong | not before */
#include "13_cgan.h"
#include "slip.h"

Mat join_condition(Mat x, int pixels, Mat y, Arena *mem)
{
    int channels = x.d / pixels;
    Mat each = mat_reshape(x, x.n * pixels, channels);      // one row per pixel
    Mat told = mat_repeat(mem, y, pixels);                  // to each pixel the same
    Mat both = mat_join(mem, told, each);
    return mat_reshape(both, x.n, pixels * (channels + y.d));
}
