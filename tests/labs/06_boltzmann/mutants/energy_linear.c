/* expect: rbm_free_energy | wrong | the hidden units are summed out */
#include "06_boltzmann.h"
#include "version.h"

Mat rbm_free_energy(const Rbm *r, Mat v, Arena *mem)
{
    Mat F = mat_zeros(mem, v.n, 1), x = mat_mul(mem, v, r->W);
    for (int i = 0; i < v.n; i++) {
        for (int k = 0; k < v.d; k++) F.a[i] -= r->b.a[k] * row(v, i)[k];
        for (int j = 0; j < x.d; j++) F.a[i] -= r->c.a[j] + row(x, i)[j];
    }
    return F;
}
