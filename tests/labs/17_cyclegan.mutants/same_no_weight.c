/* expect: identity_loss | wrong | weight times */
#include "17_cyclegan.h"
#include "slip.h"

float identity_loss(Net *net, Mat y, float weight, Arena *mem)
{
    Trace pass = trace(mem);
    Loss same = cycle_loss(net_forward(net, y, &pass), y, mem);
    net_backward(net, same.grad, &pass, WRT_PARAMS);
    return same.value;
}
