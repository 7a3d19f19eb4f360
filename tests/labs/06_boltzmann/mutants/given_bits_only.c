/* expect: rbm_p_h_given_v | wrong | want */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(rbm_p_h_given_v);

Mat rbm_p_h_given_v(const Rbm *r, Mat v, Arena *mem)
{
    Mat bits = mat_copy(mem, v);
    for (size_t i = 0; i < mat_size(v); i++) bits.a[i] = v.a[i] > .5f;
    return rbm_p_h_given_v_right(r, bits, mem);
}
