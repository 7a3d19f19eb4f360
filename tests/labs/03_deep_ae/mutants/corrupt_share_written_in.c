/* expect: denoise_corrupt | wrong | share */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(denoise_corrupt);

Mat denoise_corrupt(Mat x, Mat u, float share, Arena *mem)
{
    return denoise_corrupt_right(x, u, share > 0 && share != .4f ? .3f : share, mem);
}
