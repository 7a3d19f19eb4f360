/* expect: gan_value | wrong | D wants it high */
#define gan_value gan_value_right
#include "../../../solutions/08_gan.c"
#undef gan_value

float gan_value(Net *D, Mat real, Mat fake, Arena *mem)
{
    return bce_logits_to(net_eval(D, real, mem), 1, mem).value + bce_logits_to(net_eval(D, fake, mem), 0, mem).value;
}
