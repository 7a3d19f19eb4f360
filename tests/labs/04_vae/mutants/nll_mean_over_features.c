/* expect: recon_nll | wrong | sum over features */
#include "04_vae.h"
#include "version.h"

RIGHT(recon_nll);

Loss recon_nll(Mat y, Mat x, Likelihood p, Arena *mem)
{
    Loss loss = recon_nll_right(y, x, p, mem);
    return (Loss){loss.value / (float)y.d, loss.grad};
}
