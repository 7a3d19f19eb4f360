/* expect: cd_k_grad | wrong | the sign: up where the data are */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(cd_k_grad);

Rbm cd_k_grad(const Rbm *r, Mat v, int k, Mat uh, Mat uv, Arena *mem)
{
    Rbm d = cd_k_grad_right(r, v, k, uh, uv, mem);
    mat_scale(d.W, -1);
    mat_scale(d.b, -1);
    mat_scale(d.c, -1);
    return d;
}
