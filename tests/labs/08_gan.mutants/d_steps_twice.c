/* expect: d_step | wrong | want once|want */
#define d_step d_step_right
#include "../../../solutions/08_gan.c"
#undef d_step

float d_step(Net *D, Mat real, Mat fake, Adam *opt, Arena *mem)
{
    float loss = d_step_right(D, real, fake, opt, mem);
    adam_step(D, opt);
    return loss;
}
