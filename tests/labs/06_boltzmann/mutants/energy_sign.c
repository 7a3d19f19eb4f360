/* expect: rbm_free_energy | wrong | the sign: p(v) */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(rbm_free_energy);

Mat rbm_free_energy(const Rbm *r, Mat v, Arena *mem)
{
    Mat F = rbm_free_energy_right(r, v, mem);
    mat_scale(F, -1);
    return F;
}
