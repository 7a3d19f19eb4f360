/* expect: kl_std_normal | wrong | factor 1/2 */
#define kl_std_normal kl_std_normal_right
#include "../../../solutions/04_vae.c"
#undef kl_std_normal

float kl_std_normal(Mat mu, Mat logvar)
{
    return 2 * kl_std_normal_right(mu, logvar);
}
