/* expect: gradient_penalty | wrong | WRT_INPUT alone */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(gradient_penalty);

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    Trace t = trace(mem);
    Mat ones = mat_new(mem, x.n, 1);
    mat_fill(ones, 1);
    net_forward(D, x, &t), net_backward(D, ones, &t, WRT_PARAMS);      /* as WRT_BOTH on the way to v does */
    return gradient_penalty_right(D, x, gamma, mem);
}
