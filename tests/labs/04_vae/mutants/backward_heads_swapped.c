/* expect: elbo_backward | wrong | side by side|dmu */
#include "04_vae.h"
#include "version.h"

Mat elbo_backward(Mat dz, Mat mu, Mat logvar, Mat eps, float beta, Arena *mem)
{
    Mat dmu = mat_new(mem, mu.n, mu.d), dlogvar = mat_new(mem, mu.n, mu.d);
    float share = beta / (float)mu.n;
    for (size_t i = 0; i < mat_size(mu); i++) {
        float sd = expf(.5f * logvar.a[i]);
        dmu.a[i] = dz.a[i] + share * mu.a[i];
        dlogvar.a[i] = .5f * (dz.a[i] * eps.a[i] * sd + share * (sd * sd - 1));
    }
    return mat_join(mem, dlogvar, dmu);
}
