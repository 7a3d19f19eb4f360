/* expect: d_step | wrong | want once|want */
#include "08_gan.h"
#include "version.h"

RIGHT(d_step);

float d_step(Net *D, Mat real, Mat fake, Adam *opt, Arena *mem)
{
    float loss = d_step_right(D, real, fake, opt, mem);
    adam_step(D, opt);
    return loss;
}
