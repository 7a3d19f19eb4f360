/* expect: rbm_p_h_given_v | wrong | what goes into sigma */
#include "06_boltzmann.h"
#include "version.h"

Mat rbm_p_h_given_v(const Rbm *r, Mat v, Arena *mem)
{
    Mat x = mat_mul(mem, v, r->W);
    mat_add_row(x, r->c);
    return x;
}
