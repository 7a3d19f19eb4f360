/* expect: cgan_g_loss | wrong | not log(1 - sigma) */
#include "13_cgan.h"
#include "slip.h"

Loss cgan_g_loss(Discriminator *D, Mat fake, Mat y, Arena *mem)
{
    Question q;
    Loss fool = bce_logits_to(ask(D, fake, y, &q, mem), 0, mem);
    fool.value = -fool.value;
    mat_scale(fool.grad, -1);
    fool.grad = ask_backward(D, fool.grad, &q, WRT_INPUT, mem);     // (B, h*w); D gets none
    return fool;
}
