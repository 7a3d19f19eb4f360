/* expect: batchnorm_backward | wrong | factor gain is missing */
#define batchnorm_backward batchnorm_backward_right
#include "../../../solutions/10_dcgan.c"
#undef batchnorm_backward

NormedGrad batchnorm_backward(Mat dy, Normed fwd, Mat gain, Arena *mem)
{
    Mat one = mat_new(mem, 1, dy.d);
    mat_fill(one, 1);
    return batchnorm_backward_right(dy, fwd, one, mem);
}
