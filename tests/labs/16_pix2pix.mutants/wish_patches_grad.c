/* expect: pix2pix_g_loss | wrong | the mean over patches */
#include "16_pix2pix.h"
#include "slip.h"

Pix2pixLoss pix2pix_g_loss(Mat logit, Mat fake, Mat truth, float lambda, Arena *mem)
{
    Loss fool = bce_logits_to(logit, 1, mem);               // summed over patches
    Loss near = l1_loss(fake, truth, mem);
    float patches = (float)logit.d;
    mat_scale(near.grad, lambda);
    Pix2pixLoss loss = {.dlogit = fool.grad, .dfake = near.grad};
    loss.gan = fool.value / patches;
    loss.l1 = near.value;
    loss.value = loss.gan + lambda * loss.l1;
    return loss;
}
