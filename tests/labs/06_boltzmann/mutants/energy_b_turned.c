/* expect: rbm_free_energy | wrong | the sign of b.v */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(rbm_free_energy);

Mat rbm_free_energy(const Rbm *r, Mat v, Arena *mem)
{
    Mat b = mat_copy(mem, r->b);
    mat_scale(b, -1);
    Rbm other = {r->W, b, r->c};
    return rbm_free_energy_right(&other, v, mem);
}
