/* expect: iw_bound | wrong | - log K */
#include "04_vae.h"
#include "version.h"

RIGHT(iw_bound);

float iw_bound(Mat nll, Mat mu, Mat logvar, Mat eps)
{
    return iw_bound_right(nll, mu, logvar, eps) + logf((float)nll.d);
}
