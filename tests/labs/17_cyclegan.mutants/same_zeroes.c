/* expect: identity_loss | wrong | add to the gradients */
#include "17_cyclegan.h"
#include "slip.h"

float identity_loss(Net *net, Mat y, float weight, Arena *mem)
{
    Trace pass = trace(mem);
    Loss same = cycle_loss(net_forward(net, y, &pass), y, mem);
    mat_scale(same.grad, weight);
    net_zero_grad(net);
    net_backward(net, same.grad, &pass, WRT_PARAMS);
    return same.value;
}
