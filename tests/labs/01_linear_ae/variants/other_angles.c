/* Angles by another road: Gram-Schmidt twice, sines for the small ones, cosines for the large ones. */
#include "01_linear_ae.h"
#include "version.h"

static Mat gram_schmidt(Mat x, Arena *mem)
{
    Mat q = mat_transpose(mem, x);    // (k,d): columns as rows
    for (int i = 0; i < q.n; i++)
        for (int pass = 0; pass < 2; pass++) {
            for (int p = 0; p < i; p++) {
                double dot = 0;
                for (int j = 0; j < q.d; j++) dot += (double)row(q, p)[j] * (double)row(q, i)[j];
                for (int j = 0; j < q.d; j++) row(q, i)[j] -= (float)dot * row(q, p)[j];
            }
            double square = 0;
            for (int j = 0; j < q.d; j++) square += (double)row(q, i)[j] * (double)row(q, i)[j];
            mat_scale(mat_rows(q, i, 1), (float)(1 / sqrt(square)));
        }
    return mat_transpose(mem, q);
}

Mat principal_angles(Mat U, Mat V, Arena *mem)
{
    Mat P = gram_schmidt(U, mem), Q = gram_schmidt(V, mem), inner = mat_mul_tn(mem, P, Q);
    Mat cosine = mat_singular_values(mem, inner), angle = mat_copy(mem, cosine);
    mat_sub(Q, mat_mul(mem, P, inner));
    Mat sine = mat_singular_values(mem, Q);
    int k = angle.d;
    for (int i = 0; i < k; i++) {
        float s = fminf(sine.a[i], 1), c = fminf(cosine.a[k - 1 - i], 1);
        angle.a[i] = 180 / 3.14159265f * (s < .7f ? asinf(s) : acosf(c));
    }
    return angle;
}
