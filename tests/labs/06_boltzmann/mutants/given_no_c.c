/* expect: rbm_p_h_given_v | wrong | the hidden biases are missing */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(rbm_p_h_given_v);

Mat rbm_p_h_given_v(const Rbm *r, Mat v, Arena *mem)
{
    Rbm other = {r->W, r->b, mat_zeros(mem, 1, r->c.d)};
    return rbm_p_h_given_v_right(&other, v, mem);
}
