/* expect: gradient_penalty | wrong | length of v is lost */
#include "09_gan_tricks.h"
#include "version.h"

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    Trace at = trace(mem), up = trace(mem), down = trace(mem);
    Mat weight = mat_new(mem, x.n, 1);
    mat_fill(weight, 1);
    net_forward(D, x, &at);
    Mat v = net_backward(D, weight, &at, WRT_INPUT), above = mat_copy(mem, x), below = mat_copy(mem, x);
    for (int i = 0; i < x.n; i++) {
        float length = mat_norm(mat_rows(v, i, 1)), h = PENALTY_STEP / fmaxf(length, 1e-12f);
        for (int j = 0; j < x.d; j++) row(above, i)[j] += h * row(v, i)[j], row(below, i)[j] -= h * row(v, i)[j];
        weight.a[i] = gamma / 2 / (PENALTY_STEP * (float)x.n);
    }
    net_forward(D, above, &up), net_backward(D, weight, &up, WRT_PARAMS);
    mat_scale(weight, -1);
    net_forward(D, below, &down), net_backward(D, weight, &down, WRT_PARAMS);
    return gamma / 2 * (float)(mat_dot(v, v) / x.n);
}
