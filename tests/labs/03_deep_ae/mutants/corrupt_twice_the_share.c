/* expect: denoise_corrupt | wrong | twice too many */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(denoise_corrupt);

Mat denoise_corrupt(Mat x, Mat u, float share, Arena *mem)
{
    return denoise_corrupt_right(x, u, 2 * share, mem);
}
