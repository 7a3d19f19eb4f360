/* expect: pix2pix_g_loss | wrong | finite for any logit */
#include "16_pix2pix.h"
#include "slip.h"

Pix2pixLoss pix2pix_g_loss(Mat logit, Mat fake, Mat truth, float lambda, Arena *mem)
{
    Loss fool = bce_logits_to(logit, 1, mem);
    double sum = 0;
    for (size_t i = 0; i < mat_size(logit); i++) sum -= log(1 / (1 + (double)expf(-logit.a[i])));
    fool.value = (float)(sum / logit.n);
    Loss near = l1_loss(fake, truth, mem);
    float patches = (float)logit.d;
    mat_scale(fool.grad, 1 / patches);
    mat_scale(near.grad, lambda);
    Pix2pixLoss loss = {.dlogit = fool.grad, .dfake = near.grad};
    loss.gan = fool.value / patches;
    loss.l1 = near.value;
    loss.value = loss.gan + lambda * loss.l1;
    return loss;
}
