/* expect: d_step | wrong | exchanged */
#include "08_gan.h"
#include "version.h"

RIGHT(d_step);

float d_step(Net *D, Mat real, Mat fake, Adam *opt, Arena *mem)
{
    return d_step_right(D, fake, real, opt, mem);
}
