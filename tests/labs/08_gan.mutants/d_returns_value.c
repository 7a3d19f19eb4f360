/* expect: d_step | wrong | return the loss */
#define d_step d_step_right
#include "../../../solutions/08_gan.c"
#undef d_step

float d_step(Net *D, Mat real, Mat fake, Adam *opt, Arena *mem)
{
    return -d_step_right(D, real, fake, opt, mem);
}
