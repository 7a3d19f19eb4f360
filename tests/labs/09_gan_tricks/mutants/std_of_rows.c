/* expect: minibatch_std | wrong | over the batch, per feature */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(minibatch_std);

Mat minibatch_std(Mat x, Arena *mem)
{
    Mat y = minibatch_std_right(x, mem), t = minibatch_std_right(mat_transpose(mem, x), mem);
    for (int i = 0; i < x.n; i++) row(y, i)[x.d] = t.a[x.n];
    return y;
}
