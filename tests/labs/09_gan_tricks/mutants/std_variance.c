/* expect: minibatch_std | wrong | root is missing */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(minibatch_std);

Mat minibatch_std(Mat x, Arena *mem)
{
    Mat y = minibatch_std_right(x, mem);
    float var = 0;
    for (int j = 0; j < x.d; j++) {
        float s = minibatch_std_right(mat_cols(mem, x, j, 1), mem).a[1];
        var += s * s / (float)x.d;
    }
    for (int i = 0; i < x.n; i++) row(y, i)[x.d] = var;
    return y;
}
