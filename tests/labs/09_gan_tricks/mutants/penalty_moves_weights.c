/* expect: gradient_penalty | wrong | only their .g changes */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(gradient_penalty);

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    float r1 = gradient_penalty_right(D, x, gamma, mem);
    sgd_step(D, &(Sgd){.lr = .01f});
    return r1;
}
