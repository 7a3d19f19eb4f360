/* expect: cgan_g_loss | wrong | nothing is zeroed */
#include "13_cgan.h"
#include "slip.h"

Loss cgan_g_loss(Discriminator *D, Mat fake, Mat y, Arena *mem)
{
    net_zero_grad(&D->image);
    net_zero_grad(&D->pair);
    Question q;
    Loss fool = bce_logits_to(ask(D, fake, y, &q, mem), 1, mem);
    fool.grad = ask_backward(D, fool.grad, &q, WRT_INPUT, mem);     // (B, h*w); D gets none
    return fool;
}
