/* expect: kl_std_normal | wrong | double */
#include "04_vae.h"
#include "version.h"

float kl_std_normal(Mat mu, Mat logvar)
{
    float sum = 0;
    for (size_t i = 0; i < mat_size(mu); i++) {
        float v = logvar.a[i];
        sum += .5f * (mu.a[i] * mu.a[i] + expf(v) - v - 1);
    }
    return sum / (float)mu.n;
}
