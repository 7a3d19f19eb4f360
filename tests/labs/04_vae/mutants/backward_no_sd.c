/* expect: elbo_backward | wrong | exp(logvar / 2) in it */
#include "04_vae.h"
#include "version.h"

Mat elbo_backward(Mat dz, Mat mu, Mat logvar, Mat eps, float beta, Arena *mem)
{
    Mat dmu = mat_new(mem, mu.n, mu.d), dlogvar = mat_new(mem, mu.n, mu.d);
    float share = beta / (float)mu.n;
    for (size_t i = 0; i < mat_size(mu); i++) {
        dmu.a[i] = dz.a[i] + share * mu.a[i];
        dlogvar.a[i] = .5f * dz.a[i] * eps.a[i] + .5f * share * (expf(logvar.a[i]) - 1);
    }
    return mat_join(mem, dmu, dlogvar);
}
