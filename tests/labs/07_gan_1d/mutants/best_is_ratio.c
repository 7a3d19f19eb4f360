/* expect: optimal_d | wrong | that is p/q */
#include "07_gan_1d.h"
#include "version.h"

RIGHT(optimal_d);

Mat optimal_d(Mat p, Mat q, Arena *mem)
{
    Mat d = optimal_d_right(p, q, mem);
    for (int i = 0; i < d.n; i++) d.a[i] = q.a[i] > 0 ? p.a[i] / q.a[i] : .5f;
    return d;
}
