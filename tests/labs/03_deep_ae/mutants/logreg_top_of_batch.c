/* expect: logreg_step | wrong | each row */
#include "03_deep_ae.h"
#include "version.h"

float logreg_step(Param *W, Param *b, Mat x, const uint8_t *label, float decay, const Sgd *opt, Arena *mem)
{
    Mat s = mat_mul(mem, x, W->v), p = mat_new(mem, x.n, W->v.d);
    mat_add_row(s, b->v);
    float top = s.a[0];
    double loss = 0;
    for (size_t i = 0; i < mat_size(s); i++) top = fmaxf(top, s.a[i]);
    for (int i = 0; i < s.n; i++) {
        float sum = 0;
        for (int j = 0; j < s.d; j++) sum += expf(row(s, i)[j] - top);
        loss += log((double)sum) - (double)(row(s, i)[label[i]] - top);
        for (int j = 0; j < s.d; j++)
            row(p, i)[j] = (expf(row(s, i)[j] - top) / sum - (j == label[i] ? 1.f : 0)) / (float)s.n;
    }
    float L = (float)(loss / s.n) + .5f * decay * (float)mat_dot(W->v, W->v);
    mat_set(W->g, W->v);
    mat_gemm(W->g, 1, x, true, p, false, decay);
    mat_fill(b->g, 0), mat_add_column_sums(b->g, p);
    sgd_update(W, opt), sgd_update(b, opt);
    return L;
}
