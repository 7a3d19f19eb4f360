/* expect: batchnorm_backward | wrong | factor gain is missing */
#include "10_dcgan.h"
#include "version.h"

RIGHT(batchnorm_backward);

NormedGrad batchnorm_backward(Mat dy, Normed fwd, Mat gain, Arena *mem)
{
    Mat one = mat_new(mem, 1, dy.d);
    mat_fill(one, 1);
    return batchnorm_backward_right(dy, fwd, one, mem);
}
