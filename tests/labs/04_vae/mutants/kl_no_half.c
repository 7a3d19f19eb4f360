/* expect: kl_std_normal | wrong | factor 1/2 */
#include "04_vae.h"
#include "version.h"

RIGHT(kl_std_normal);

float kl_std_normal(Mat mu, Mat logvar)
{
    return 2 * kl_std_normal_right(mu, logvar);
}
