/* expect: g_step | wrong | changed its input D */
#include "08_gan.h"
#include "version.h"

RIGHT(g_step);

float g_step(Net *G, Net *D, Mat z, GLoss loss, Adam *opt, Arena *mem)
{
    float value = g_step_right(G, D, z, loss, opt, mem);
    net_zero_grad(D);
    mat_fill(D->layer[0].w.g, 1);
    sgd_step(D, &(Sgd){.lr = .01f});
    return value;
}
