/* expect: optimal_d | wrong | that is the probability of a fake */
#include "07_gan_1d.h"
#include "version.h"

RIGHT(optimal_d);

Mat optimal_d(Mat p, Mat q, Arena *mem)
{
    return optimal_d_right(q, p, mem);
}
