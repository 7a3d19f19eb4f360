/* expect: gradient_penalty | wrong | half the gradient */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(gradient_penalty);

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    return 2 * gradient_penalty_right(D, x, gamma / 2, mem);        /* the value is right */
}
