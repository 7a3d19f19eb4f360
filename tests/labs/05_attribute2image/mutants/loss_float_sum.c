/* expect: cvae_loss | wrong | add up in a double */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(cvae_loss);

Bound cvae_loss(Mat y, Mat x, Code q, Code p, float sd, float beta, Arena *mem)
{
    Bound b = cvae_loss_right(y, x, q, p, sd, beta, mem);
    float sum = 0, kl = 0;
    for (size_t i = 0; i < mat_size(y); i++) sum += (y.a[i] - x.a[i]) * (y.a[i] - x.a[i]) / (2 * sd * sd) + logf(sd) + .918938533f;
    for (size_t i = 0; i < mat_size(q.mu); i++) {
        float off = q.mu.a[i] - p.mu.a[i], vp = expf(p.logvar.a[i]);
        kl += .5f * (p.logvar.a[i] - q.logvar.a[i] + (expf(q.logvar.a[i]) + off * off) / vp - 1);
    }
    b.rec = sum / (float)y.n;
    b.kl = kl / (float)y.n;
    return b;
}
