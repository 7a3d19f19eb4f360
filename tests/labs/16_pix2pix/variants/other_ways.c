/* Patches as a batch of their own, and the library's l1. */
#include "16_pix2pix.h"
#include "version.h"

Pix2pixLoss pix2pix_g_loss(Mat logit, Mat fake, Mat truth, float lambda, Arena *mem)
{
    Loss fool = bce_logits_to(mat_reshape(logit, logit.n * logit.d, 1), 1, mem), near = l1(fake, truth, mem);
    Pix2pixLoss loss = {.gan = fool.value, .l1 = near.value};
    loss.value = loss.gan + lambda * loss.l1;
    loss.dlogit = mat_reshape(fool.grad, logit.n, logit.d);
    loss.dfake = near.grad;
    mat_scale(loss.dfake, lambda);
    return loss;
}

Mat pix2pix_d_input(Mat input, Mat output, int pixels, Arena *mem)
{
    int n = input.n * pixels;
    Mat both = mat_join(mem, mat_reshape(input, n, input.d / pixels), mat_reshape(output, n, output.d / pixels));
    return mat_reshape(both, input.n, input.d + output.d);
}
