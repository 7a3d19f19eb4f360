/* expect: gradient_penalty | wrong | nothing was added */
#include "09_gan_tricks.h"
#include "version.h"

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    Trace t = trace(mem);
    Mat ones = mat_new(mem, x.n, 1);
    mat_fill(ones, 1);
    net_forward(D, x, &t);
    Mat v = net_backward(D, ones, &t, WRT_INPUT);
    return gamma / 2 * (float)(mat_dot(v, v) / x.n);
}
