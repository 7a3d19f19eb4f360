/* expect: cyclegan_g_total | wrong | cycle counts lambda times */
#include "17_cyclegan.h"
#include "slip.h"

CycleganLoss cyclegan_g_total(Net *G, Net *F, Net *D, Mat x, float lambda, float lambda_id,
                              Arena *mem)
{
    Trace there = trace(mem), back = trace(mem), judged = trace(mem);
    Mat fake = net_forward(G, x, &there);
    Loss fool = lsgan_loss(net_forward(D, fake, &judged), 1, mem);
    Loss cycle = cycle_loss(net_forward(F, fake, &back), x, mem);
    mat_scale(cycle.grad, lambda);

    Mat dfake = net_backward(D, fool.grad, &judged, WRT_INPUT);
    mat_add(dfake, net_backward(F, cycle.grad, &back, WRT_BOTH));
    net_backward(G, dfake, &there, WRT_PARAMS);

    CycleganLoss loss = {.gan = fool.value, .cycle = cycle.value, .fake = fake};
    if (lambda_id > 0) loss.identity = identity_loss(F, x, lambda_id, mem);
    loss.value = loss.gan + loss.cycle + lambda_id * loss.identity;
    return loss;
}
