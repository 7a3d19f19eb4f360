/* expect: cd_k_grad | wrong | want */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(cd_k_grad);

Rbm cd_k_grad(const Rbm *r, Mat v, int k, Mat uh, Mat uv, Arena *mem)
{
    Rbm d = cd_k_grad_right(r, v, k, uh, uv, mem);
    mat_fill(d.b, 0);
    mat_fill(d.c, 0);
    return d;
}
