/* expect: d_step | wrong | want once|want */
#include "08_gan.h"
float d_step_right(Net *D, Mat real, Mat fake, Adam *opt, Arena *mem);
#define d_step(...) d_step_right(__VA_ARGS__)
#include "../../../solutions/08_gan.c"
#undef d_step

float d_step(Net *D, Mat real, Mat fake, Adam *opt, Arena *mem)
{
    float loss = d_step_right(D, real, fake, opt, mem);
    adam_step(D, opt);
    return loss;
}
