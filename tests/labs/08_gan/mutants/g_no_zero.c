/* expect: g_step | wrong | net_zero_grad(G) */
#include "08_gan.h"
#include "version.h"

float g_step(Net *G, Net *D, Mat z, GLoss loss, Adam *opt, Arena *mem)
{
    Trace tg = trace(mem), td = trace(mem);
    Loss L = bce_logits_to(net_forward(D, net_forward(G, z, &tg), &td), loss == FOOLING, mem);
    if (loss == MINIMAX) L.value = -L.value, mat_scale(L.grad, -1);
    net_backward(G, net_backward(D, L.grad, &td, WRT_INPUT), &tg, WRT_PARAMS);
    adam_step(G, opt);
    return L.value;
}
