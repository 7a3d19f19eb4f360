/* expect: dcgan_g_step | wrong | changed its input D.w */
#define dcgan_g_step dcgan_g_step_right
#include "../../../solutions/10_dcgan.c"
#undef dcgan_g_step

float dcgan_g_step(Net *G, Net *D, Mat fake, Trace *tg, Adam *opt, Arena *mem)
{
    float loss = dcgan_g_step_right(G, D, fake, tg, opt, mem);
    adam_step(D, opt);
    return loss;
}
