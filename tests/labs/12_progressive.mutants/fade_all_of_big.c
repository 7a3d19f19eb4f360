/* expect: fade_in | wrong | only a share is seen */
#include "12_progressive.h"
#include "slip.h"

Mat fade_in(Mat small, Mat big, Shape s, float alpha, Arena *mem)
{
    Mat y = upsample_nearest(small, s, mem);
    for (size_t i = 0; i < mat_size(y); i++) y.a[i] = (1 - alpha) * y.a[i] + big.a[i];
    return y;
}
