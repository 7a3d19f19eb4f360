/* expect: ais_log_partition | wrong | log_sum_exp knows */
#include "06_boltzmann.h"
#include "version.h"

static Rbm between(const Rbm *r, Mat base, float beta, bool with_base, Arena *mem)
{
    Rbm m = {mat_copy(mem, r->W), mat_copy(mem, r->b), mat_copy(mem, r->c)};
    mat_scale(m.W, beta);
    mat_scale(m.c, beta);
    for (int i = 0; i < base.d; i++) m.b.a[i] = (with_base ? (1 - beta) * base.a[i] : 0) + beta * r->b.a[i];
    return m;
}

double ais_log_partition(const Rbm *r, Mat base, Mat beta, Mat v, Mat uh, Mat uv, Arena *mem)
{
    int n = v.n, K = beta.d - 1;
    double *logw = arena_alloc(mem, (size_t)n * sizeof *logw), z0 = r->c.d * log(2);
    for (int i = 0; i < n; i++) logw[i] = 0;
    for (int i = 0; i < base.d; i++) z0 += log1p(exp((double)base.a[i]));
    for (int k = 1; k <= K; k++) {
        Rbm below = between(r, base, beta.a[k - 1], true, mem), here = between(r, base, beta.a[k], true, mem);
        Mat before = rbm_free_energy(&below, v, mem), after = rbm_free_energy(&here, v, mem);
        for (int i = 0; i < n; i++) logw[i] += (double)before.a[i] - (double)after.a[i];
        if (k < K) v = gibbs_step(&here, v, mat_rows(uh, (k - 1) * n, n), mat_rows(uv, (k - 1) * n, n), mem);
    }
    double mean = 0;
    for (int i = 0; i < n; i++) mean += exp(logw[i]) / n;
    return z0 + log(mean);
}
