/* expect: reparameterize | wrong | where is the noise */
#define reparameterize reparameterize_right
#include "../../../solutions/04_vae.c"
#undef reparameterize

Mat reparameterize(Mat mu, Mat logvar, Mat eps, Arena *mem)
{
    return mat_copy(mem, mu);
}
