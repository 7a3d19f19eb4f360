/* expect: reparameterize | wrong | where is the noise */
#include "04_vae.h"
#include "version.h"

Mat reparameterize(Mat mu, Mat logvar, Mat eps, Arena *mem)
{
    return mat_copy(mem, mu);
}
