/* expect: gradient_penalty | wrong | v = 0 */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(gradient_penalty);

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    Trace at = trace(mem);
    Mat weight = mat_new(mem, x.n, 1);
    mat_fill(weight, 1);
    net_forward(D, x, &at);
    Mat v = net_backward(D, weight, &at, WRT_INPUT);
    for (int i = 0; i < x.n; i++)
        if (mat_norm(mat_rows(v, i, 1)) == 0) return gamma / 2 * (float)(mat_dot(v, v) / x.n);       /* and the other rows? */
    return gradient_penalty_right(D, x, gamma, mem);
}
