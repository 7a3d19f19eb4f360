/* expect: iw_bound | wrong | - log K */
#define iw_bound iw_bound_right
#include "../../../solutions/04_vae.c"
#undef iw_bound

float iw_bound(Mat nll, Mat mu, Mat logvar, Mat eps)
{
    return iw_bound_right(nll, mu, logvar, eps) + logf((float)nll.d);
}
