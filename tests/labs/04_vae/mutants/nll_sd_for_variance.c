/* expect: recon_nll | wrong | the variance is sd^2 | not average over it */
#include "04_vae.h"
#include "version.h"

RIGHT(recon_nll);

Loss recon_nll(Mat y, Mat x, Likelihood p, Arena *mem)
{
    Loss loss = recon_nll_right(y, x, p, mem);
    if (p.family == GAUSSIAN) mat_scale(loss.grad, p.sd);
    return loss;
}
