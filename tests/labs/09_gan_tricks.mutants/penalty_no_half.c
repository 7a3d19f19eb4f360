/* expect: gradient_penalty | wrong | gamma/2, not gamma */
#define gradient_penalty gradient_penalty_right
#include "../../../solutions/09_gan_tricks.c"
#undef gradient_penalty

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    return 2 * gradient_penalty_right(D, x, gamma, mem);            /* the gradient is right */
}
