/* expect: batchnorm_backward | wrong | depend on x as well */
#include "10_dcgan.h"
#include "version.h"

RIGHT(batchnorm_backward);

NormedGrad batchnorm_backward(Mat dy, Normed fwd, Mat gain, Arena *mem)
{
    NormedGrad g = batchnorm_backward_right(dy, fwd, gain, mem);
    for (int i = 0; i < dy.n; i++)
        for (int j = 0; j < dy.d; j++) row(g.dx, i)[j] = gain.a[j] * fwd.rsd.a[j] * row(dy, i)[j];
    return g;
}
