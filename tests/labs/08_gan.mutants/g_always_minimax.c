/* expect: g_step | wrong | FOOLING was asked for|MINIMAX is mean */
#include "08_gan.h"
float g_step_right(Net *G, Net *D, Mat z, GLoss loss, Adam *opt, Arena *mem);
#define g_step(...) g_step_right(__VA_ARGS__)
#include "../../../solutions/08_gan.c"
#undef g_step

float g_step(Net *G, Net *D, Mat z, GLoss loss, Adam *opt, Arena *mem)
{
    return g_step_right(G, D, z, MINIMAX, opt, mem);
}
