/* expect: dcgan_d_step | wrong | exchanged */
#define dcgan_d_step dcgan_d_step_right
#include "../../../solutions/10_dcgan.c"
#undef dcgan_d_step

float dcgan_d_step(Net *D, Mat real, Mat fake, Adam *opt, Arena *mem)
{
    return dcgan_d_step_right(D, fake, real, opt, mem);
}
