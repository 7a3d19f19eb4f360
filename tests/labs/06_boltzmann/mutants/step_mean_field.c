/* expect: gibbs_step | wrong | h is drawn too */
#include "06_boltzmann.h"
#include "version.h"

Mat gibbs_step(const Rbm *r, Mat v, Mat uh, Mat uv, Arena *mem)
{
    Mat h = rbm_p_h_given_v(r, v, mem), p = mat_mul_nt(mem, h, r->W);
    mat_add_row(p, r->b);
    for (size_t i = 0; i < mat_size(p); i++) p.a[i] = uv.a[i] < 1 / (1 + expf(-p.a[i]));
    return p;
}
