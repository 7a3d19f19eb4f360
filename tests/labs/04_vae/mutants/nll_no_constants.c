/* expect: recon_nll | wrong | constants */
#include "04_vae.h"
#include "version.h"

RIGHT(recon_nll);

Loss recon_nll(Mat y, Mat x, Likelihood p, Arena *mem)
{
    Loss loss = recon_nll_right(y, x, p, mem);
    if (p.family == GAUSSIAN) loss.value -= (float)y.d * (logf(p.sd) + .918938533f);
    return loss;
}
