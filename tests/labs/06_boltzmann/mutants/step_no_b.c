/* expect: gibbs_step | wrong | the visible biases are missing */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(gibbs_step);

Mat gibbs_step(const Rbm *r, Mat v, Mat uh, Mat uv, Arena *mem)
{
    Rbm other = {r->W, mat_zeros(mem, 1, r->b.d), r->c};
    return gibbs_step_right(&other, v, uh, uv, mem);
}
