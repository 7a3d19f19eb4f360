/* expect: gradient_penalty | wrong | average over it|mean over samples */
#define gradient_penalty gradient_penalty_right
#include "../../../solutions/09_gan_tricks.c"
#undef gradient_penalty

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    return gradient_penalty_right(D, x, gamma * (float)x.n, mem);
}
