/* expect: cvae_loss | wrong | add up in a double */
#include "05_attribute2image.h"
#include "slip.h"

RIGHT(cvae_loss);

Bound cvae_loss(Mat y, Mat x, Mat mu, Mat logvar, float sd, float beta, Arena *mem)
{
    Bound b = cvae_loss_right(y, x, mu, logvar, sd, beta, mem);
    float sum = 0, kl = 0;
    for (size_t i = 0; i < mat_size(y); i++) sum += (y.a[i] - x.a[i]) * (y.a[i] - x.a[i]) / (2 * sd * sd) + logf(sd) + .918938533f;
    for (size_t i = 0; i < mat_size(mu); i++) kl += .5f * (mu.a[i] * mu.a[i] + expf(logvar.a[i]) - logvar.a[i] - 1);
    b.rec = sum / (float)y.n;
    b.kl = kl / (float)y.n;
    return b;
}
