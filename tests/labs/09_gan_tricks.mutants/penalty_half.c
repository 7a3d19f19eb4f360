/* expect: gradient_penalty | wrong | half the gradient */
#define gradient_penalty gradient_penalty_right
#include "../../../solutions/09_gan_tricks.c"
#undef gradient_penalty

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    return 2 * gradient_penalty_right(D, x, gamma / 2, mem);        /* the value is right */
}
