/* expect: gradient_penalty | wrong | gamma/2, not gamma */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(gradient_penalty);

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    return 2 * gradient_penalty_right(D, x, gamma, mem);            /* the gradient is right */
}
