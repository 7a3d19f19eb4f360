/* expect: gradient_penalty | wrong | twice the gradient */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(gradient_penalty);

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    return gradient_penalty_right(D, x, 2 * gamma, mem) / 2;        /* the value is right */
}
