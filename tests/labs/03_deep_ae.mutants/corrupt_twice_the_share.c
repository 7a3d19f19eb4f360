/* expect: denoise_corrupt | wrong | twice too many */
#define denoise_corrupt denoise_corrupt_right
#include "../../../solutions/03_deep_ae.c"
#undef denoise_corrupt

Mat denoise_corrupt(Mat x, Mat u, float share, Arena *mem)
{
    return denoise_corrupt_right(x, u, 2 * share, mem);
}
