/* expect: cgan_d_loss | wrong | the same y for both */
#include "13_cgan.h"
#include "slip.h"

float cgan_d_loss(Discriminator *D, Mat real, Mat fake, Mat y, Arena *mem)
{
    Mat other = mat_copy(mem, y);
    for (int i = 0; i < y.n; i++) mat_set(mat_rows(other, i, 1), mat_rows(y, y.n - 1 - i, 1));
    Question of_real, of_fake;
    Loss up = bce_logits_to(ask(D, real, y, &of_real, mem), 1, mem);
    Loss down = bce_logits_to(ask(D, fake, other, &of_fake, mem), 0, mem);

    net_zero_grad(&D->image);
    net_zero_grad(&D->pair);
    ask_backward(D, up.grad, &of_real, WRT_PARAMS, mem);
    ask_backward(D, down.grad, &of_fake, WRT_PARAMS, mem);
    return up.value + down.value;
}
