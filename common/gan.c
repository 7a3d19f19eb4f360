/* gan.c: one step of each player of a plain GAN (Goodfellow et al. 2014), and the R1 penalty. Lab 08 derives the steps
 * and lab 09 the penalty; later labs call these. */
#include "gen.h"

Loss gan_g_loss(Net *D, Mat fake, Arena *mem)
{
    Trace at_fake = trace(mem, TRAIN);
    Loss loss = bce_logits_to(net_forward(D, fake, &at_fake), 1, mem);
    loss.grad = net_backward(D, loss.grad, &at_fake, WRT_INPUT);
    return loss;
}

float gan_g_step(Net *G, Net *D, Mat fake, Trace *at_z, const Adam *opt, Arena *mem)
{
    Loss loss = gan_g_loss(D, fake, mem);
    net_zero_grad(G);
    net_backward(G, loss.grad, at_z, WRT_PARAMS);
    adam_step(G, opt);
    return loss.value;
}

void r1_penalty(Net *D, Mat x, Trace *at_x, float gamma, float step, Arena *mem)
{
    Trace at_probe = trace(mem, TRAIN);
    Mat one = mat_new(mem, x.n, 1);
    mat_fill(one, 1);
    Mat v = net_backward(D, one, at_x, WRT_INPUT);
    Ahead probe = ahead_along(v, x, step, gamma, mem);
    net_forward(D, probe.x, &at_probe);
    net_backward(D, probe.weight, &at_probe, WRT_PARAMS);
    mat_scale(probe.weight, -1);
    net_backward(D, probe.weight, at_x, WRT_PARAMS);
}

float gan_d_step(Net *D, Mat real, Mat fake, Penalty r1, const Adam *opt, Arena *mem)
{
    Trace at_real = trace(mem, TRAIN), at_fake = trace(mem, TRAIN);
    Loss loss_real = bce_logits_to(net_forward(D, real, &at_real), 1, mem);
    Loss loss_fake = bce_logits_to(net_forward(D, fake, &at_fake), 0, mem);
    net_zero_grad(D);
    net_backward(D, loss_real.grad, &at_real, WRT_PARAMS);
    net_backward(D, loss_fake.grad, &at_fake, WRT_PARAMS);
    if (r1.gamma > 0 && D->steps % r1.every == 0)
        r1_penalty(D, real, &at_real, (float)r1.every * r1.gamma, r1.step, mem);
    adam_step(D, opt);
    return loss_real.value + loss_fake.value;
}
