/* expect: batchnorm_forward | wrong | is for the running one */
#include "10_dcgan.h"
#include "version.h"

RIGHT(batchnorm_forward);

Normed batchnorm_forward(Mat x, Mat gain, Mat shift, Mat run, bool train, Arena *mem)
{
    Normed f = batchnorm_forward_right(x, gain, shift, run, train, mem);
    float factor = train ? sqrtf((float)(x.n - 1) / (float)x.n) : 1;
    mat_scale(f.xhat, factor), mat_scale(f.rsd, factor);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++) row(f.y, i)[j] = gain.a[j] * row(f.xhat, i)[j] + shift.a[j];
    return f;
}
