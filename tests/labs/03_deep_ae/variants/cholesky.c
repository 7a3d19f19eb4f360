/* A is the Cholesky factor of C, not its eigenvectors; the sweep goes through the nets one sample at a time. */
#include "03_deep_ae.h"
#include "internal.h"
#include "version.h"

Probe hole_probe(Net *dec, Mat codes, Mat eps, Arena *mem)
{
    int k = codes.d;
    Mat z = mat_new(mem, eps.n, k), C = mat_zeros(mem, k, k), mean = mat_zeros(mem, 1, k), A = mat_zeros(mem, k, k);
    for (int i = 0; i < codes.n; i++)
        for (int a = 0; a < k; a++) mean.a[a] += row(codes, i)[a] / (float)codes.n;
    for (int i = 0; i < codes.n; i++)
        for (int a = 0; a < k; a++)
            for (int b = 0; b < k; b++)
                row(C, a)[b] += (row(codes, i)[a] - mean.a[a]) * (row(codes, i)[b] - mean.a[b]) / (float)codes.n;
    for (int a = 0; a < k; a++)
        for (int b = 0; b <= a; b++) {
            float sum = row(C, a)[b];
            for (int j = 0; j < b; j++) sum -= row(A, a)[j] * row(A, b)[j];
            bool none = row(A, b)[b] == 0 && a != b;
            row(A, a)[b] = a == b ? (sum > 1e-5f * row(C, a)[a] ? sqrtf(sum) : 0) : none ? 0 : sum / row(A, b)[b];
        }
    for (int i = 0; i < eps.n; i++)
        for (int a = 0; a < k; a++) {
            row(z, i)[a] = mean.a[a];
            for (int b = 0; b <= a; b++) row(z, i)[a] += row(A, a)[b] * row(eps, i)[b];
        }
    return (Probe){z, ae_picture(dec, z, mem)};
}

Mat encode_sweep(Ae *ae, int n, Mat x, Arena *mem)
{
    Mat table = mat_zeros(mem, n, 3);
    for (int a = 0; a < n; a++) {
        for (int i = 0; i < x.n; i++) {
            Mat z = net_eval(&ae[a].enc, mat_rows(x, i, 1), mem), xhat = ae_picture(&ae[a].dec, z, mem);
            for (int j = 0; j < x.d; j++) row(table, a)[2] += powf(xhat.a[j] - row(x, i)[j], 2) / (float)x.n;
            row(table, a)[0] = (float)z.d;
        }
        int i = 0, j = 0;
        for (Param *p; (p = net_param(&ae[a].enc, &i));) row(table, a)[1] += (float)mat_size(p->v);
        for (Param *p; (p = net_param(&ae[a].dec, &j));) row(table, a)[1] += (float)mat_size(p->v);
    }
    return table;
}
