/* expect: dcgan_g_step | wrong | changed its input D.g */
#include "10_dcgan.h"
#include "slip.h"

float dcgan_g_step(Net *G, Net *D, Mat fake, Trace *tg, Adam *opt, Arena *mem)
{
    Trace td = trace(mem);
    Loss fool = bce_logits_to(net_forward(D, fake, &td), 1, mem);
    net_zero_grad(G);
    net_backward(G, net_backward(D, fool.grad, &td, WRT_BOTH), tg, WRT_PARAMS);
    adam_step(G, opt);
    return fool.value;
}
