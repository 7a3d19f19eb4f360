/* expect: optimal_d | wrong | 0/0 */
#define optimal_d optimal_d_right
#include "../../../solutions/07_gan_1d.c"
#undef optimal_d

Mat optimal_d(Mat p, Mat q, Arena *mem)
{
    Mat d = mat_new(mem, p.n, 1);
    for (int i = 0; i < p.n; i++) d.a[i] = p.a[i] / (p.a[i] + q.a[i]);
    return d;
}
