/* expect: g_step | wrong | FOOLING was asked for|MINIMAX is mean */
#include "08_gan.h"
#include "version.h"

RIGHT(g_step);

float g_step(Net *G, Net *D, Mat z, GLoss loss, Adam *opt, Arena *mem)
{
    return g_step_right(G, D, z, MINIMAX, opt, mem);
}
