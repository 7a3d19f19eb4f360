/* expect: cvae_loss | wrong | pulled the other */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(cvae_loss);

Bound cvae_loss(Mat y, Mat x, Code q, Code p, float sd, float beta, Arena *mem)
{
    Bound b = cvae_loss_right(y, x, q, p, sd, beta, mem);
    mat_scale(b.dp.mu, -1);
    return b;
}
