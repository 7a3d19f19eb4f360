/* Whole matrices at once: clusters by a 0/1 membership matrix, all axes together by orthogonal iteration, EM by
 * weighted rows. */
#include "00_unsupervised.h"
#include "version.h"

void kmeans_update(Mat x, const int *which, Mat c)
{
    Arena own = arena_new("own", MB(4));
    Mat member = mat_zeros(&own, x.n, c.n), ones = mat_new(&own, x.n, 1);
    mat_fill(ones, 1);
    for (int i = 0; i < x.n; i++) row(member, i)[which[i]] = 1;
    Mat sum = mat_mul_tn(&own, member, x), count = mat_mul_tn(&own, member, ones);
    for (int k = 0; k < c.n; k++) {
        if (count.a[k] == 0) continue;
        mat_set(mat_rows(c, k, 1), mat_rows(sum, k, 1));
        mat_scale(mat_rows(c, k, 1), 1 / count.a[k]);
    }
    arena_free(&own);
}

Mat covariance(Mat x, Arena *mem) /* shifted by the first sample, then by what is left of the mean */
{
    Mat y = mat_copy(mem, x), mean = mat_zeros(mem, 1, x.d);
    mat_sub_row(y, mat_rows(x, 0, 1));
    for (int i = 0; i < y.n; i++)
        for (int j = 0; j < y.d; j++) mean.a[j] += row(y, i)[j] / (float)y.n;
    mat_sub_row(y, mean);
    Mat C = mat_mul_tn(mem, y, y);
    mat_scale(C, 1 / (float)y.n);
    return C;
}

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
    Mat V = mat_new(mem, cov.d, k), C = mat_copy(mem, cov), value = mat_new(mem, 1, k);
    float shift = 0;
    for (int i = 0; i < cov.d; i++) shift += 1e-3f * row(cov, i)[i];
    for (int i = 0; i < cov.d; i++) row(C, i)[i] += shift; /* so that no direction has nothing */
    mat_normal(V, 1, rng);
    size_t mark = mem->used;
    for (int step = 0; step < steps; step++) {
        mat_set(V, mat_orthonormal(mem, mat_mul(mem, C, V)));
        arena_rewind(mem, mark);
    }
    Mat R = mat_mul_tn(mem, V, mat_mul(mem, cov, V));
    for (int j = 0; j < k; j++) value.a[j] = row(R, j)[j];
    return (Eig){value, V};
}

double em_step(Mat x, Gmm m, float floor, Arena *mem)
{
    int K = m.mean.n, d = x.d;
    Mat r = mat_new(mem, K, x.n), y = mat_new(mem, x.n, d), ry = mat_new(mem, x.n, d);
    double sum = 0, term[64];
    for (int i = 0; i < x.n; i++) {
        for (int k = 0; k < K; k++)
            term[k] = log((double)m.weight.a[k]) + log_normal(row(x, i), row(m.mean, k), row(m.cov, k), d);
        for (int k = 0; k < K; k++) row(r, k)[i] = (float)exp(term[k] - log_sum_exp(term, K));
        sum += log_sum_exp(term, K);
    }
    for (int k = 0; k < K; k++) {
        Mat rk = mat_rows(r, k, 1), mean = mat_rows(m.mean, k, 1), cov = mat_reshape(mat_rows(m.cov, k, 1), d, d);
        float share = mat_mean(rk), N = share * (float)x.n;
        m.weight.a[k] = share;
        if (N == 0) continue;
        mat_gemm(mean, 1 / N, rk, false, x, false, 0);    // (1,n) (n,d)
        mat_set(y, x);
        mat_sub_row(y, mean);
        for (int i = 0; i < x.n * d; i++) ry.a[i] = y.a[i] * rk.a[i / d];
        mat_gemm(cov, 1 / N, ry, true, y, false, 0);    // (d,n) (n,d)
        for (int a = 0; a < d; a++) row(cov, a)[a] += floor;
    }
    return sum / x.n;
}
