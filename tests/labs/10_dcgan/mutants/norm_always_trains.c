/* expect: batchnorm_forward | wrong | not from this batch */
#include "10_dcgan.h"
#include "version.h"

RIGHT(batchnorm_forward);

Normed batchnorm_forward(Mat x, Mat gain, Mat shift, Mat run, bool train, Arena *mem)
{
    Mat spare = mat_copy(mem, run);
    return batchnorm_forward_right(x, gain, shift, train ? run : spare, true, mem);
}
