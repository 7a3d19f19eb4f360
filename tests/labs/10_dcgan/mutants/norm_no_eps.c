/* expect: batchnorm_forward | wrong | added to the variance */
#include "10_dcgan.h"
#include "version.h"

RIGHT(batchnorm_forward);

Normed batchnorm_forward(Mat x, Mat gain, Mat shift, Mat run, bool train, Arena *mem)
{
    Normed f = batchnorm_forward_right(x, gain, shift, run, train, mem);
    for (int j = 0; j < x.d && train; j++) {
        double var = 1 / ((double)f.rsd.a[j] * (double)f.rsd.a[j]) - 1e-5, other = 1 / sqrt(var);
        for (int i = 0; i < x.n; i++) row(f.xhat, i)[j] *= (float)other / f.rsd.a[j];
        f.rsd.a[j] = (float)other;
        for (int i = 0; i < x.n; i++) row(f.y, i)[j] = gain.a[j] * row(f.xhat, i)[j] + shift.a[j];
    }
    return f;
}
