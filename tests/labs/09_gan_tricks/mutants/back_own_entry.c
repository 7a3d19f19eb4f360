/* expect: minibatch_std | wrong | add up first */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(minibatch_std_back);

Mat minibatch_std_back(Mat x, Mat dy, Arena *mem)
{
    Mat dx = mat_cols(mem, dy, 0, x.d), ones = mat_zeros(mem, x.n, x.d + 1);
    row(ones, 0)[x.d] = 1;
    Mat slope = minibatch_std_back_right(x, ones, mem);    // ds/dx
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++) row(dx, i)[j] += row(slope, i)[j] * row(dy, i)[x.d];
    return dx;
}
