/* expect: rbm_free_energy | wrong | exp(1000) is infinite */
#include "06_boltzmann.h"
#include "slip.h"

Mat rbm_free_energy(const Rbm *r, Mat v, Arena *mem)
{
    Mat F = mat_zeros(mem, v.n, 1), x = mat_mul(mem, v, r->W);
    for (int i = 0; i < v.n; i++) {
        double sum = 0;
        for (int k = 0; k < v.d; k++) sum -= r->b.a[k] * row(v, i)[k];
        for (int j = 0; j < x.d; j++) sum -= log(1 + exp((double)(r->c.a[j] + row(x, i)[j])));
        F.a[i] = (float)sum;
    }
    return F;
}
