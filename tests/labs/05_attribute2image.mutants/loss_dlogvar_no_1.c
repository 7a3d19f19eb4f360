/* expect: cvae_loss | wrong | the KL also has - logvar */
#include "05_attribute2image.h"
#include "slip.h"

RIGHT(cvae_loss);

Bound cvae_loss(Mat y, Mat x, Mat mu, Mat logvar, float sd, float beta, Arena *mem)
{
    Bound b = cvae_loss_right(y, x, mu, logvar, sd, beta, mem);
    for (size_t i = 0; i < mat_size(mu); i++) b.dlogvar.a[i] += .5f * beta / (float)mu.n;
    return b;
}
