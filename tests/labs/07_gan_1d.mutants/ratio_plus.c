/* expect: ratio_from_d | wrong | that is D/(1 + D) */
#define ratio_from_d ratio_from_d_right
#include "../../../solutions/07_gan_1d.c"
#undef ratio_from_d

Mat ratio_from_d(Mat d, Arena *mem)
{
    Mat ratio = mat_new(mem, d.n, 1);
    for (int i = 0; i < d.n; i++) ratio.a[i] = d.a[i] / (1 + d.a[i]);
    return ratio;
}
