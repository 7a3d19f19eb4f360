/* expect: minibatch_std | wrong | never written */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(minibatch_std);

Mat minibatch_std(Mat x, Arena *mem)
{
    Mat y = mat_new(mem, x.n, x.d + 1), right = minibatch_std_right(x, mem);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d + (i == 0); j++) row(y, i)[j] = row(right, i)[j];
    return y;
}
