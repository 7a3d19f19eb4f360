/* expect: g_step | wrong | changed its input D */
#define g_step g_step_right
#include "../../../solutions/08_gan.c"
#undef g_step

float g_step(Net *G, Net *D, Mat z, GLoss loss, Adam *opt, Arena *mem)
{
    float value = g_step_right(G, D, z, loss, opt, mem);
    net_zero_grad(D);
    mat_fill(D->layer[0].w.g, 1);
    sgd_step(D, &(Sgd){.lr = .01f});
    return value;
}
