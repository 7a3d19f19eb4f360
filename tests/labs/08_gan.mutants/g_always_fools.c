/* expect: g_step | wrong | MINIMAX was asked for */
#define g_step g_step_right
#include "../../../solutions/08_gan.c"
#undef g_step

float g_step(Net *G, Net *D, Mat z, GLoss loss, Adam *opt, Arena *mem)
{
    return g_step_right(G, D, z, FOOLING, opt, mem);
}
