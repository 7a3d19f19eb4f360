/* expect: log_partition | wrong | which bound, stride or constant fits only */
#include "06_boltzmann.h"
#include "version.h"

static double softplus(double x) { return fmax(x, 0) + log1p(exp(-fabs(x))); }

double log_partition(const Rbm *r)
{
    double top = -INFINITY, total = 0;
    for (unsigned s = 0; s < 1u << (r->W.d < 16 ? r->W.d : 16); s++) {
        double term = 0;
        for (int j = 0; j < r->W.d; j++) term += (s >> j & 1) * (double)r->c.a[j];
        for (int i = 0; i < r->W.n; i++) {
            double x = (double)r->b.a[i];
            for (int j = 0; j < r->W.d; j++) x += (s >> j & 1) * (double)row(r->W, i)[j];
            term += softplus(x);
        }
        double higher = fmax(top, term);
        total = total * exp(top - higher) + exp(term - higher);
        top = higher;
    }
    return top + log(total);
}
