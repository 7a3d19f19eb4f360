/* expect: cvae_loss | wrong | the constants log sd */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(cvae_loss);

Bound cvae_loss(Mat y, Mat x, Code q, Code p, float sd, float beta, Arena *mem)
{
    Bound b = cvae_loss_right(y, x, q, p, sd, beta, mem);
    b.rec -= (float)y.d * (logf(sd) + .918938533f);
    return b;
}
