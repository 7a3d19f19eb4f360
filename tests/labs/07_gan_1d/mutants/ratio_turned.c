/* expect: ratio_from_d | wrong | that is q/p */
#include "07_gan_1d.h"
#include "version.h"

RIGHT(ratio_from_d);

Mat ratio_from_d(Mat d, Arena *mem)
{
    Mat ratio = ratio_from_d_right(d, mem);
    for (int i = 0; i < ratio.n; i++) ratio.a[i] = 1 / ratio.a[i];
    return ratio;
}
