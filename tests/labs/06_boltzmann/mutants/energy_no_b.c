/* expect: rbm_free_energy | wrong | the visible biases are missing */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(rbm_free_energy);

Mat rbm_free_energy(const Rbm *r, Mat v, Arena *mem)
{
    Rbm other = {r->W, mat_zeros(mem, 1, r->b.d), r->c};
    return rbm_free_energy_right(&other, v, mem);
}
