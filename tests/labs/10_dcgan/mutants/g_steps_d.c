/* expect: dcgan_g_step | wrong | changed its input D.w */
#include "10_dcgan.h"
#include "version.h"

RIGHT(dcgan_g_step);

float dcgan_g_step(Net *G, Net *D, Mat fake, Trace *tg, Adam *opt, Arena *mem)
{
    float loss = dcgan_g_step_right(G, D, fake, tg, opt, mem);
    adam_step(D, opt);
    return loss;
}
