/* expect: optimal_d | wrong | p / (p + q) */
#include "07_gan_1d.h"
#include "version.h"

Mat optimal_d(Mat p, Mat q, Arena *mem)
{
    Mat d = mat_new(mem, p.n, 1);
    for (int i = 0; i < p.n; i++) d.a[i] = p.a[i] + q.a[i] == 0 ? .5f : p.a[i] / (p.a[i] + q.a[i] + 1e-12f);
    return d;
}
