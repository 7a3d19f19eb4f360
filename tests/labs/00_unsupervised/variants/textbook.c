/* Sums in double the other way round, one pass over the samples; Hotelling's deflation, which subtracts from C;
 * logarithms taken out by hand. */
#include "00_unsupervised.h"
#include "version.h"

double kmeans_assign(Mat x, Mat c, int *which)
{
    double inertia = 0;
    for (int i = x.n - 1; i >= 0; i--) {
        double least = 1e300;
        for (int k = c.n - 1; k >= 0; k--) {
            double square = 0;
            for (int j = x.d - 1; j >= 0; j--) square += pow((double)row(c, k)[j] - (double)row(x, i)[j], 2);
            if (square <= least) least = square, which[i] = k;
        }
        inertia += least / x.n;
    }
    return inertia;
}

void kmeans_update(Mat x, const int *which, Mat c)
{
    double sum[c.n][x.d];
    int members[c.n];
    memset(sum, 0, sizeof sum), memset(members, 0, sizeof members);
    for (int i = 0; i < x.n; i++) {
        members[which[i]]++;
        for (int j = 0; j < x.d; j++) sum[which[i]][j] += (double)row(x, i)[j];
    }
    for (int k = 0; k < c.n; k++)
        for (int j = 0; j < x.d && members[k]; j++) row(c, k)[j] = (float)(sum[k][j] / members[k]);
}

Mat covariance(Mat x, Arena *mem)
{
    Mat C = mat_new(mem, x.d, x.d);
    double mean[x.d];
    memset(mean, 0, sizeof mean);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++) mean[j] += (double)row(x, i)[j] / x.n;
    for (int a = 0; a < x.d; a++)
        for (int b = 0; b < x.d; b++) {
            double sum = 0;
            for (int i = 0; i < x.n; i++) sum += ((double)row(x, i)[a] - mean[a]) * ((double)row(x, i)[b] - mean[b]);
            row(C, a)[b] = (float)(sum / x.n);
        }
    return C;
}

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
    int d = cov.d;
    double C[d][d], v[d], w[d], trace = 0, axis[k][d];
    Eig e = {mat_zeros(mem, 1, k), mat_new(mem, d, k)};
    for (int i = 0; i < d; i++)
        for (int j = 0; j < d; j++) C[i][j] = (double)row(cov, i)[j];
    for (int i = 0; i < d; i++) trace += C[i][i];
    for (int j = 0; j < k; j++) {
        double lambda = 0;
        for (int i = 0; i < d; i++) v[i] = (double)rng_uniform(rng) - .5;
        for (int step = 0; step <= steps; step++) {
            double length = 0, along = 0;
            for (int b = 0; b < j; b++, along = 0) {
                for (int i = 0; i < d; i++) along += v[i] * axis[b][i];
                for (int i = 0; i < d; i++) v[i] -= along * axis[b][i];
            }
            for (int i = 0; i < d; i++) length += v[i] * v[i];
            for (int i = 0; i < d; i++) v[i] /= sqrt(length);
            length = lambda = 0;
            for (int i = 0; i < d; i++) {
                w[i] = 0;
                for (int b = 0; b < d; b++) w[i] += C[i][b] * v[b];
                length += w[i] * w[i], lambda += v[i] * w[i];
            }
            if (sqrt(length) < 1e-6 * trace) break;
            if (step < steps) memcpy(v, w, sizeof v);
        }
        e.value.a[j] = (float)lambda;
        memcpy(axis[j], v, sizeof v);
        for (int i = 0; i < d; i++) row(e.vec, i)[j] = (float)v[i];
        for (int a = 0; a < d; a++)
            for (int b = 0; b < d; b++) C[a][b] -= lambda * v[a] * v[b];
    }
    return e;
}

Mat kde_eval(Mat x, Mat q, float h, Arena *mem)
{
    Mat out = mat_new(mem, q.n, 1);
    double var = (double)h * (double)h;
    for (int i = 0; i < q.n; i++) {
        double least = INFINITY, sum = 0;
        for (int pass = 0; pass < 2; pass++)
            for (int s = 0; s < x.n; s++) {
                double square = 0;
                for (int j = 0; j < x.d; j++) square += pow((double)row(q, i)[j] - (double)row(x, s)[j], 2);
                if (pass == 0)
                    least = fmin(least, square);
                else
                    sum += exp((least - square) / (2 * var));
            }
        out.a[i] = (float)(log(sum / x.n) - least / (2 * var) - x.d * log((double)h * sqrt(6.283185307179586)));
    }
    return out;
}

double em_step(Mat x, Gmm m, float floor, Arena *mem)
{
    int K = m.mean.n, d = x.d;
    double total = 0, N[64] = {0}, sx[64][2] = {{0}};
    double(*r)[64] = arena_alloc(mem, (size_t)x.n * sizeof *r);
    for (int i = x.n - 1; i >= 0; i--) {
        double top = -INFINITY, sum = 0;
        for (int k = 0; k < K; k++) {
            r[i][k] = log_normal(row(x, i), row(m.mean, k), row(m.cov, k), d) +
                      (m.weight.a[k] > 0 ? log((double)m.weight.a[k]) : -INFINITY);
            top = fmax(top, r[i][k]);
        }
        for (int k = 0; k < K; k++) sum += r[i][k] = exp(r[i][k] - top);
        total += top + log(sum);
        for (int k = 0; k < K; k++) {
            N[k] += r[i][k] /= sum;
            for (int a = 0; a < d; a++) sx[k][a] += r[i][k] * (double)row(x, i)[a];
        }
    }
    for (int k = 0; k < K; k++) {
        double c[4] = {0};
        m.weight.a[k] = (float)(N[k] / x.n);
        if (!(N[k] > 0)) continue;
        for (int a = 0; a < d; a++) row(m.mean, k)[a] = (float)(sx[k][a] / N[k]);
        for (int i = 0; i < x.n; i++)
            for (int a = 0; a < d; a++)
                for (int b = 0; b < d; b++)
                    c[a * d + b] +=
                        r[i][k] * (double)((row(x, i)[a] - row(m.mean, k)[a]) * (row(x, i)[b] - row(m.mean, k)[b]));
        for (int a = 0; a < d * d; a++) row(m.cov, k)[a] = (float)(c[a] / N[k] + (a % (d + 1) ? 0 : (double)floor));
    }
    return total / x.n;
}
