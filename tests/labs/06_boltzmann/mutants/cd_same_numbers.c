/* expect: cd_k_grad | wrong | want|one step */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(cd_k_grad);

Rbm cd_k_grad(const Rbm *r, Mat v, int k, Mat uh, Mat uv, Arena *mem)
{
    Mat again_h = mat_copy(mem, uh), again_v = mat_copy(mem, uv);
    for (int s = 1; s < k; s++) {
        mat_set(mat_rows(again_h, s * v.n, v.n), mat_rows(uh, 0, v.n));
        mat_set(mat_rows(again_v, s * v.n, v.n), mat_rows(uv, 0, v.n));
    }
    return cd_k_grad_right(r, v, k, again_h, again_v, mem);
}
