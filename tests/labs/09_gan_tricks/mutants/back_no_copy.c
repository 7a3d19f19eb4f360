/* expect: minibatch_std | wrong | as it is|deviation's part */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(minibatch_std_back);

Mat minibatch_std_back(Mat x, Mat dy, Arena *mem)
{
    Mat dx = minibatch_std_back_right(x, dy, mem);
    mat_sub(dx, mat_cols(mem, dy, 0, x.d));
    return dx;
}
