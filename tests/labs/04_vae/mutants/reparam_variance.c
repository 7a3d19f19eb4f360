/* expect: reparameterize | wrong | standard deviation */
#include "04_vae.h"
#include "version.h"

Mat reparameterize(Mat mu, Mat logvar, Mat eps, Arena *mem)
{
    Mat z = mat_new(mem, mu.n, mu.d);
    for (size_t i = 0; i < mat_size(z); i++) z.a[i] = mu.a[i] + expf(logvar.a[i]) * eps.a[i];
    return z;
}
