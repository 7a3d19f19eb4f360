/* expect: dcgan_g_step | wrong | saturating loss */
#include "10_dcgan.h"
#include "version.h"

float dcgan_g_step(Net *G, Net *D, Mat fake, Trace *tg, Adam *opt, Arena *mem)
{
    Trace td = trace(mem);
    Loss down = bce_logits_to(net_forward(D, fake, &td), 0, mem);
    mat_scale(down.grad, -1);
    net_zero_grad(G);
    net_backward(G, net_backward(D, down.grad, &td, WRT_INPUT), tg, WRT_PARAMS);
    adam_step(G, opt);
    return bce_logits_to(td.slot[D->n - 1].y, 1, mem).value;
}
