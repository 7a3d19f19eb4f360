/* expect: dcgan_d_step | wrong | exchanged */
#include "10_dcgan.h"
#include "version.h"

RIGHT(dcgan_d_step);

float dcgan_d_step(Net *D, Mat real, Mat fake, Adam *opt, Arena *mem)
{
    return dcgan_d_step_right(D, fake, real, opt, mem);
}
