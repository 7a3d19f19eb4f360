/* expect: rbm_p_h_given_v | wrong | the probability of 1, not of 0 */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(rbm_p_h_given_v);

Mat rbm_p_h_given_v(const Rbm *r, Mat v, Arena *mem)
{
    Mat p = rbm_p_h_given_v_right(r, v, mem);
    for (size_t i = 0; i < mat_size(p); i++) p.a[i] = 1 - p.a[i];
    return p;
}
