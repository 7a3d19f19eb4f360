/* expect: optimal_d | wrong | that is the probability of a fake */
#define optimal_d optimal_d_right
#include "../../../solutions/07_gan_1d.c"
#undef optimal_d

Mat optimal_d(Mat p, Mat q, Arena *mem)
{
    return optimal_d_right(q, p, mem);
}
