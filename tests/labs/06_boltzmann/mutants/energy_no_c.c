/* expect: rbm_free_energy | wrong | the hidden biases are missing */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(rbm_free_energy);

Mat rbm_free_energy(const Rbm *r, Mat v, Arena *mem)
{
    Rbm other = {r->W, r->b, mat_zeros(mem, 1, r->c.d)};
    return rbm_free_energy_right(&other, v, mem);
}
