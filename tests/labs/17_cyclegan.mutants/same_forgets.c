/* expect: identity_loss | wrong | goes back through the net */
#include "17_cyclegan.h"
#include "slip.h"

float identity_loss(Net *net, Mat y, float weight, Arena *mem)
{
    Trace pass = trace(mem);
    Loss same = cycle_loss(net_forward(net, y, &pass), y, mem);
    mat_scale(same.grad, weight);
    return same.value;
}
