/* expect: cd_k_grad | wrong | the data's part alone */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(cd_k_grad);

Rbm cd_k_grad(const Rbm *r, Mat v, int k, Mat uh, Mat uv, Arena *mem)
{
    Rbm d = {mat_mul_tn(mem, v, rbm_p_h_given_v(r, v, mem)), mat_zeros(mem, 1, v.d), mat_zeros(mem, 1, r->c.d)};
    mat_add_column_sums(d.b, v);
    mat_add_column_sums(d.c, rbm_p_h_given_v(r, v, mem));
    mat_scale(d.W, 1 / (float)v.n);
    mat_scale(d.b, 1 / (float)v.n);
    mat_scale(d.c, 1 / (float)v.n);
    return d;
}
