/* expect: gradient_penalty | wrong | average over it|mean over samples */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(gradient_penalty);

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    return gradient_penalty_right(D, x, gamma * (float)x.n, mem);
}
