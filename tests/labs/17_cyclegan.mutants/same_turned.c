/* expect: identity_loss | wrong | not y - net(y) */
#include "17_cyclegan.h"
#include "slip.h"

float identity_loss(Net *net, Mat y, float weight, Arena *mem)
{
    Trace pass = trace(mem);
    Loss same = cycle_loss(y, net_forward(net, y, &pass), mem);
    mat_scale(same.grad, weight);
    net_backward(net, same.grad, &pass, WRT_PARAMS);
    return same.value;
}
