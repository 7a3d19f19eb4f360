/* expect: gan_value | wrong | D wants it high */
#include "08_gan.h"
#include "slip.h"

float gan_value(Net *D, Mat real, Mat fake, Arena *mem)
{
    return bce_logits_to(net_eval(D, real, mem), 1, mem).value + bce_logits_to(net_eval(D, fake, mem), 0, mem).value;
}
