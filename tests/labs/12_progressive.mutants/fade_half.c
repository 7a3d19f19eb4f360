/* expect: fade_in | wrong | half and half */
#include "12_progressive.h"
#include "slip.h"

Mat fade_in(Mat small, Mat big, Shape s, float alpha, Arena *mem)
{
    Mat y = upsample_nearest(small, s, mem);
    for (size_t i = 0; i < mat_size(y); i++) y.a[i] = .5f * (y.a[i] + big.a[i]);
    return y;
}
