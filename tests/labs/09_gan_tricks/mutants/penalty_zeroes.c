/* expect: gradient_penalty | wrong | add to .g */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(gradient_penalty);

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    net_zero_grad(D);
    return gradient_penalty_right(D, x, gamma, mem);
}
