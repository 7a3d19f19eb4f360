/* expect: cd_k_grad | wrong | batch */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(cd_k_grad);

Rbm cd_k_grad(const Rbm *r, Mat v, int k, Mat uh, Mat uv, Arena *mem)
{
    Rbm d = cd_k_grad_right(r, v, k, uh, uv, mem);
    mat_scale(d.W, (float)v.n);
    mat_scale(d.b, (float)v.n);
    mat_scale(d.c, (float)v.n);
    return d;
}
