/* expect: recon_nll | wrong | average over it */
#include "04_vae.h"
#include "version.h"

RIGHT(recon_nll);

Loss recon_nll(Mat y, Mat x, Likelihood p, Arena *mem)
{
    Loss loss = recon_nll_right(y, x, p, mem);
    mat_scale(loss.grad, (float)y.n);
    return loss;
}
