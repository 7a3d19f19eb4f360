/* expect: cd_k_grad | wrong | not a draw of h */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(cd_k_grad);

Rbm cd_k_grad(const Rbm *r, Mat v, int k, Mat uh, Mat uv, Arena *mem)
{
    Rbm d = cd_k_grad_right(r, v, k, uh, uv, mem);
    Mat p = rbm_p_h_given_v(r, v, mem), off = mat_copy(mem, p);
    for (size_t i = 0; i < mat_size(p); i++) off.a[i] = ((uh.a[i] < p.a[i]) - p.a[i]) / (float)v.n;
    mat_add(d.W, mat_mul_tn(mem, v, off));
    mat_add_column_sums(d.c, off);
    return d;
}
