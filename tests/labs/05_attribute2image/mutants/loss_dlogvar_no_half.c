/* expect: cvae_loss | wrong | the factor 1/2 of the KL */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(cvae_loss);

Bound cvae_loss(Mat y, Mat x, Code q, Code p, float sd, float beta, Arena *mem)
{
    Bound b = cvae_loss_right(y, x, q, p, sd, beta, mem);
    mat_scale(b.dq.logvar, 2);
    return b;
}
