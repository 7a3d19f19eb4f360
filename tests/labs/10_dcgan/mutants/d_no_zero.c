/* expect: dcgan_d_step | wrong | net_zero_grad(D) */
#include "10_dcgan.h"
#include "version.h"

float dcgan_d_step(Net *D, Mat real, Mat fake, Adam *opt, Arena *mem)
{
    Trace tr = trace(mem), tf = trace(mem);
    Loss up = bce_logits_to(net_forward(D, real, &tr), 1, mem), down = bce_logits_to(net_forward(D, fake, &tf), 0, mem);
    net_backward(D, up.grad, &tr, WRT_PARAMS), net_backward(D, down.grad, &tf, WRT_PARAMS);
    adam_step(D, opt);
    return up.value + down.value;
}
