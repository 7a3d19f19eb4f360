/* expect: join_condition | wrong | not behind the whole map */
#include "13_cgan.h"
#include "slip.h"

Mat join_condition(Mat x, int pixels, Mat y, Arena *mem)
{
    int channels = x.d / pixels;
    Mat each = x;
    Mat told = mat_reshape(mat_repeat(mem, mat_reshape(y, y.n * y.d, 1), pixels), y.n, pixels * y.d);
    Mat both = mat_join(mem, each, told);
    return mat_reshape(both, x.n, pixels * (channels + y.d));
}
