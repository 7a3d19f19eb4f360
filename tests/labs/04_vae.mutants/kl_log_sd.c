/* expect: kl_std_normal | wrong | not exp(2 logvar) */
#include "04_vae.h"
#include "slip.h"

float kl_std_normal(Mat mu, Mat logvar)
{
    double sum = 0;
    for (size_t i = 0; i < mat_size(mu); i++) {
        double v = logvar.a[i];
        sum += .5 * (mu.a[i] * mu.a[i] + exp(2 * v) - v - 1);
    }
    return (float)(sum / mu.n);
}
