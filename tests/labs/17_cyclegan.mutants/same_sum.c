/* expect: identity_loss | wrong | over B*d */
#include "17_cyclegan.h"
#include "slip.h"

float identity_loss(Net *net, Mat y, float weight, Arena *mem)
{
    Trace pass = trace(mem);
    Loss same = cycle_loss(net_forward(net, y, &pass), y, mem);
    mat_scale(same.grad, weight * (float)mat_size(y));
    net_backward(net, same.grad, &pass, WRT_PARAMS);
    return same.value;
}
