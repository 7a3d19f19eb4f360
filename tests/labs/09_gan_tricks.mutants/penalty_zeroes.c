/* expect: gradient_penalty | wrong | add to .g */
#define gradient_penalty gradient_penalty_right
#include "../../../solutions/09_gan_tricks.c"
#undef gradient_penalty

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    net_zero_grad(D);
    return gradient_penalty_right(D, x, gamma, mem);
}
