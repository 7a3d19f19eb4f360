/* expect: denoise_corrupt | wrong | every lost pixel is black */
#include "03_deep_ae.h"
#include "slip.h"

Mat denoise_corrupt(Mat x, Mat u, float share, Arena *mem)
{
    Mat seen = mat_copy(mem, x);
    for (size_t i = 0; i < mat_size(x); i++) seen.a[i] *= u.a[i] >= share;
    return seen;
}
