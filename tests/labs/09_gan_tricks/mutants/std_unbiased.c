/* expect: minibatch_std | wrong | B - 1 */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(minibatch_std);

Mat minibatch_std(Mat x, Arena *mem)
{
    Mat y = minibatch_std_right(x, mem);
    float s = row(y, 0)[x.d];
    for (int i = 0; i < x.n; i++) row(y, i)[x.d] = s * sqrtf((float)x.n / (float)(x.n - 1));
    return y;
}
