/* expect: iw_bound | wrong | narrow q */
#include "04_vae.h"
#include "version.h"

RIGHT(iw_bound);

float iw_bound(Mat nll, Mat mu, Mat logvar, Mat eps)
{
    double sum = 0;                                 /* of the logs of the sd, which log q should have */
    for (size_t i = 0; i < mat_size(logvar); i++) sum += .5 * (double)logvar.a[i];
    return iw_bound_right(nll, mu, logvar, eps) - (float)(sum / nll.n);
}
