/* expect: batchnorm_forward | wrong | loses every digit|subtract the mean */
#include "10_dcgan.h"
#include "version.h"

RIGHT(batchnorm_forward);

Normed batchnorm_forward(Mat x, Mat gain, Mat shift, Mat run, bool train, Arena *mem)
{
    Normed f = batchnorm_forward_right(x, gain, shift, run, train, mem);
    for (int j = 0; j < x.d && train; j++) {
        float sum = 0, square = 0;
        for (int i = 0; i < x.n; i++) sum += row(x, i)[j], square += row(x, i)[j] * row(x, i)[j];
        float mean = sum / (float)x.n, var = square / (float)x.n - mean * mean;
        f.rsd.a[j] = 1 / sqrtf(var + 1e-5f);
        for (int i = 0; i < x.n; i++) row(f.xhat, i)[j] = (row(x, i)[j] - mean) * f.rsd.a[j], row(f.y, i)[j] = gain.a[j] * row(f.xhat, i)[j] + shift.a[j];
    }
    return f;
}
