/* expect: recon_nll | wrong | max(y,0) */
#include "04_vae.h"
#include "version.h"

RIGHT(recon_nll);

Loss recon_nll(Mat y, Mat x, Likelihood p, Arena *mem)
{
    if (p.family == GAUSSIAN) return recon_nll_right(y, x, p, mem);
    Loss loss = recon_nll_right(y, x, p, mem);
    double sum = 0;
    for (size_t i = 0; i < mat_size(y); i++) sum += log(1 + exp(y.a[i])) - x.a[i] * y.a[i];
    loss.value = (float)(sum / y.n);
    return loss;
}
