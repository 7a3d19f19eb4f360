/* expect: cd_k_grad | wrong | one step of the chain */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(cd_k_grad);

Rbm cd_k_grad(const Rbm *r, Mat v, int k, Mat uh, Mat uv, Arena *mem)
{
    return cd_k_grad_right(r, v, 1, uh, uv, mem);
}
