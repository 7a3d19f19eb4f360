/* expect: kl_std_normal | wrong | sum over dimensions */
#include "04_vae.h"
#include "version.h"

RIGHT(kl_std_normal);

float kl_std_normal(Mat mu, Mat logvar)
{
    return kl_std_normal_right(mu, logvar) / (float)mu.d;
}
