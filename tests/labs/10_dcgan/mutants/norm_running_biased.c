/* expect: batchnorm_forward | wrong | running variance has 1/(n-1) */
#include "10_dcgan.h"
#include "version.h"

RIGHT(batchnorm_forward);

Normed batchnorm_forward(Mat x, Mat gain, Mat shift, Mat run, bool train, Arena *mem)
{
    float before[64];
    for (int j = 0; j < x.d; j++) before[j] = row(run, 1)[j];
    Normed f = batchnorm_forward_right(x, gain, shift, run, train, mem);
    for (int j = 0; j < x.d && train; j++) row(run, 1)[j] = .9f * before[j] + (row(run, 1)[j] - .9f * before[j]) * (float)(x.n - 1) / (float)x.n;
    return f;
}
