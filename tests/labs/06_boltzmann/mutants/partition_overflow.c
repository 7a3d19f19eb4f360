/* expect: log_partition | wrong | take the largest out */
#include "06_boltzmann.h"
#include "version.h"

double log_partition(const Rbm *r)
{
    double total = 0;
    for (unsigned s = 0; s < 1u << r->W.d; s++) {
        double term = 0;
        for (int j = 0; j < r->W.d; j++) term += (s >> j & 1) * (double)r->c.a[j];
        for (int i = 0; i < r->W.n; i++) {
            double x = (double)r->b.a[i];
            for (int j = 0; j < r->W.d; j++) x += (s >> j & 1) * (double)row(r->W, i)[j];
            term += log(1 + exp(x));
        }
        total += exp(term);
    }
    return log(total);
}
