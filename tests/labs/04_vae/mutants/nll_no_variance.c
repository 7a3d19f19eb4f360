/* expect: recon_nll | wrong | divide by the variance */
#include "04_vae.h"
#include "version.h"

RIGHT(recon_nll);

Loss recon_nll(Mat y, Mat x, Likelihood p, Arena *mem)
{
    Loss loss = recon_nll_right(y, x, p, mem);
    if (p.family == GAUSSIAN) mat_scale(loss.grad, p.sd * p.sd);
    return loss;
}
