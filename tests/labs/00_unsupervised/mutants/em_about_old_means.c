/* expect: em_step | wrong | about the old means */
#include "00_unsupervised.h"
#include "version.h"

double em_step(Mat x, Gmm m, float floor, Arena *mem)
{
    int K = m.mean.n, d = x.d;
    double ll = 0, *r = arena_alloc(mem, (size_t)x.n * (size_t)K * sizeof *r);
    Mat old = mat_copy(mem, m.mean);
    for (int i = 0; i < x.n; i++) {
        double *ri = r + i * K;
        for (int k = 0; k < K; k++) ri[k] = log((double)m.weight.a[k]) + log_normal(row(x, i), row(m.mean, k), row(m.cov, k), d);
        double log_p = log_sum_exp(ri, K);
        for (int k = 0; k < K; k++) ri[k] = exp(ri[k] - log_p);
        ll += log_p;
    }
    for (int k = 0; k < K; k++) {
        double N = 0;
        for (int i = 0; i < x.n; i++) N += r[i * K + k];
        m.weight.a[k] = (float)(N / x.n);
        if (N == 0) continue;
        for (int a = 0; a < d; a++) {
            double sum = 0;
            for (int i = 0; i < x.n; i++) sum += r[i * K + k] * (double)row(x, i)[a];
            row(m.mean, k)[a] = (float)(sum / N);
        }
        for (int a = 0; a < d * d; a++) {
            const float *about = row(old, k);
            double sum = 0;
            for (int i = 0; i < x.n; i++) sum += r[i * K + k] * (double)(row(x, i)[a / d] - about[a / d]) * (double)(row(x, i)[a % d] - about[a % d]);
            row(m.cov, k)[a] = (float)(sum / N) + (a / d == a % d ? floor : 0);
        }
    }
    return ll / x.n;
}
