/* expect: ratio_from_d | wrong | infinite */
#include "07_gan_1d.h"
#include "slip.h"

Mat ratio_from_d(Mat d, Arena *mem)
{
    Mat ratio = mat_new(mem, d.n, 1);
    for (int i = 0; i < d.n; i++) ratio.a[i] = d.a[i] / fmaxf(1 - d.a[i], 1e-6f);
    return ratio;
}
