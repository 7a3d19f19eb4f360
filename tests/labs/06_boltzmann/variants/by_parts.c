/* Contrastive divergence sample by sample; the ladder's free energies without building its machines. */
#include "06_boltzmann.h"
#include "version.h"

Rbm cd_k_grad(const Rbm *r, Mat v, int k, Mat uh, Mat uv, Arena *mem)
{
    int n = v.n;
    Mat end = mat_copy(mem, v);
    for (int s = 0; s < k; s++) mat_set(end, gibbs_step(r, end, mat_rows(uh, s * n, n), mat_rows(uv, s * n, n), mem));
    Rbm d = {mat_zeros(mem, v.d, r->c.d), mat_zeros(mem, 1, v.d), mat_zeros(mem, 1, r->c.d)};
    for (int i = 0; i < n; i++) {
        Mat p = rbm_p_h_given_v(r, mat_rows(v, i, 1), mem), q = rbm_p_h_given_v(r, mat_rows(end, i, 1), mem);
        for (int j = 0; j < p.d; j++) {
            d.c.a[j] += (p.a[j] - q.a[j]) / (float)n;
            for (int m = 0; m < v.d; m++)
                row(d.W, m)[j] += (row(v, i)[m] * p.a[j] - row(end, i)[m] * q.a[j]) / (float)n;
        }
        for (int m = 0; m < v.d; m++) d.b.a[m] += (row(v, i)[m] - row(end, i)[m]) / (float)n;
    }
    return d;
}

/* -F of the machine at beta. */
static double log_weight(const Rbm *r, Mat base, double beta, const float *v)
{
    double sum = 0;
    for (int i = 0; i < base.d; i++) sum += (double)v[i] * ((1 - beta) * (double)base.a[i] + beta * (double)r->b.a[i]);
    for (int j = 0; j < r->c.d; j++) {
        double x = (double)r->c.a[j];
        for (int i = 0; i < base.d; i++) x += (double)v[i] * (double)row(r->W, i)[j];
        sum += fmax(beta * x, 0) + log1p(exp(-fabs(beta * x)));
    }
    return sum;
}

double ais_log_partition(const Rbm *r, Mat base, Mat beta, Mat v, Mat uh, Mat uv, Arena *mem)
{
    int n = v.n;
    double logw[256] = {0}, z = (double)r->c.d * log(2) - log(n);
    for (int i = 0; i < base.d; i++) z += log1p(exp((double)base.a[i]));
    for (int k = 0; k + 1 < beta.d; k++) {
        for (int i = 0; i < n; i++)
            logw[i] += log_weight(r, base, (double)beta.a[k + 1], row(v, i)) -
                       log_weight(r, base, (double)beta.a[k], row(v, i));
        if (k + 2 == beta.d) break;
        float here = beta.a[k + 1];
        Rbm m = {mat_copy(mem, r->W), mat_copy(mem, base), mat_copy(mem, r->c)};
        mat_scale(m.W, here), mat_scale(m.c, here), mat_scale(m.b, 1 - here);
        for (int i = 0; i < base.d; i++) m.b.a[i] += here * r->b.a[i];
        v = gibbs_step(&m, v, mat_rows(uh, k * n, n), mat_rows(uv, k * n, n), mem);
    }
    return z + log_sum_exp(logw, n);
}
