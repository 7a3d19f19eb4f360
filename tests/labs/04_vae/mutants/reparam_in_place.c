/* expect: reparameterize | wrong | changed its input eps */
#include "04_vae.h"
#include "version.h"

Mat reparameterize(Mat mu, Mat logvar, Mat eps, Arena *mem)
{
    for (size_t i = 0; i < mat_size(eps); i++) eps.a[i] = mu.a[i] + expf(.5f * logvar.a[i]) * eps.a[i];
    return mat_copy(mem, eps);
}
