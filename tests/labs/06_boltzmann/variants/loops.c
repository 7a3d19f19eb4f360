/* Loops in double in place of matrix products, and a sum over pictures of the hidden states in Gray's order. */
#include "06_boltzmann.h"
#include "version.h"

static double softplus(double x) { return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)); }

static double input(const Rbm *r, const float *v, int j)
{
    double x = (double)r->c.a[j];
    for (int i = 0; i < r->W.n; i++) x += (double)v[i] * (double)row(r->W, i)[j];
    return x;
}

Mat rbm_free_energy(const Rbm *r, Mat v, Arena *mem)
{
    Mat F = mat_new(mem, v.n, 1);
    for (int i = 0; i < v.n; i++) {
        double sum = 0;
        for (int j = 0; j < r->W.d; j++) sum += softplus(input(r, row(v, i), j));
        for (int k = 0; k < v.d; k++) sum += (double)r->b.a[k] * (double)row(v, i)[k];
        F.a[i] = (float)-sum;
    }
    return F;
}

Mat rbm_p_h_given_v(const Rbm *r, Mat v, Arena *mem)
{
    Mat p = mat_new(mem, v.n, r->W.d);
    for (int i = 0; i < v.n; i++)
        for (int j = 0; j < p.d; j++) row(p, i)[j] = (float)(.5 + .5 * tanh(input(r, row(v, i), j) / 2));
    return p;
}

Mat gibbs_step(const Rbm *r, Mat v, Mat uh, Mat uv, Arena *mem)
{
    Mat next = mat_zeros(mem, v.n, v.d);
    for (int i = 0; i < v.n; i++) {
        int h[256];
        for (int j = 0; j < r->W.d; j++)
            h[j] = log((double)row(uh, i)[j]) - log1p(-(double)row(uh, i)[j]) < input(r, row(v, i), j);
        for (int k = 0; k < v.d; k++) {
            double x = (double)r->b.a[k];
            for (int j = 0; j < r->W.d; j++) x += h[j] * (double)row(r->W, k)[j];
            if ((double)row(uv, i)[k] < 1 / (1 + exp(-x))) row(next, i)[k] = 1;
        }
    }
    return next;
}

double log_partition(const Rbm *r)
{
    int d = r->W.n, H = r->W.d;
    double x[1024], field = 0, top = -1e300, total = 0;
    for (int i = 0; i < d; i++) x[i] = (double)r->b.a[i];
    for (unsigned s = 0; s < 1u << H; s++) {
        double term = field;
        for (int i = 0; i < d; i++) term += softplus(x[i]);
        if (term > top)
            total = total * exp(top - term) + 1, top = term;
        else
            total += exp(term - top);
        unsigned change = ~s & (s + 1); /* from one Gray code to the next a single bit changes */
        int j = __builtin_ctz(change);
        if (j >= H) break;
        double sign = (s ^ s >> 1) >> j & 1 ? -1 : 1;
        field += sign * (double)r->c.a[j];
        for (int i = 0; i < d; i++) x[i] += sign * (double)row(r->W, i)[j];
    }
    return top + log(total);
}
