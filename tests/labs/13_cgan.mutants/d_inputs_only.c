/* expect: cgan_d_loss | wrong | nothing reached D */
#include "13_cgan.h"
#include "slip.h"

float cgan_d_loss(Discriminator *D, Mat real, Mat fake, Mat y, Arena *mem)
{
    Question of_real, of_fake;
    Loss up = bce_logits_to(ask(D, real, y, &of_real, mem), 1, mem);
    Loss down = bce_logits_to(ask(D, fake, y, &of_fake, mem), 0, mem);

    net_zero_grad(&D->image);
    net_zero_grad(&D->pair);
    ask_backward(D, up.grad, &of_real, WRT_INPUT, mem);
    ask_backward(D, down.grad, &of_fake, WRT_INPUT, mem);
    return up.value + down.value;
}
