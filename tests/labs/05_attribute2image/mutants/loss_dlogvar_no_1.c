/* expect: cvae_loss | wrong | the KL also has - logvar_q */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(cvae_loss);

Bound cvae_loss(Mat y, Mat x, Code q, Code p, float sd, float beta, Arena *mem)
{
    Bound b = cvae_loss_right(y, x, q, p, sd, beta, mem);
    for (size_t i = 0; i < mat_size(q.mu); i++) b.dq.logvar.a[i] += .5f * beta / (float)q.mu.n;
    return b;
}
