/* expect: join_condition | wrong | its own y */
#include "13_cgan.h"
#include "slip.h"

Mat join_condition(Mat x, int pixels, Mat y, Arena *mem)
{
    int channels = x.d / pixels;
    Mat each = mat_reshape(x, x.n * pixels, channels);      // one row per pixel
    Mat told = mat_new(mem, y.n * pixels, y.d);
    for (int i = 0; i < told.n; i++) mat_set(mat_rows(told, i, 1), mat_rows(y, 0, 1));                  // to each pixel the same
    Mat both = mat_join(mem, each, told);
    return mat_reshape(both, x.n, pixels * (channels + y.d));
}
