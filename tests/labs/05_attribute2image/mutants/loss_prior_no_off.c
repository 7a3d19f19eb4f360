/* expect: cvae_loss | wrong | v_p also stands under */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(cvae_loss);

Bound cvae_loss(Mat y, Mat x, Code q, Code p, float sd, float beta, Arena *mem)
{
    Bound b = cvae_loss_right(y, x, q, p, sd, beta, mem);
    for (size_t i = 0; i < mat_size(q.mu); i++)
        b.dp.logvar.a[i] = .5f * beta / (float)q.mu.n * (1 - expf(q.logvar.a[i] - p.logvar.a[i]));
    return b;
}
