/* expect: gradient_penalty | wrong | square the length */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(gradient_penalty);

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    float r1 = gradient_penalty_right(D, x, gamma, mem);
    return gamma / 2 * sqrtf(r1 / (gamma / 2));
}
