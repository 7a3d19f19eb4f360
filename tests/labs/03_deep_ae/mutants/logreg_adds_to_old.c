/* expect: logreg_step | wrong | earlier step */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(logreg_step);

float logreg_step(Param *W, Param *b, Mat x, const uint8_t *label, float decay, const Sgd *opt, Arena *mem)
{
    Mat s = mat_mul(mem, x, W->v);
    mat_add_row(s, b->v);
    double sum = 0;
    for (int i = 0; i < s.n; i++) {
        double total = 0;
        for (int j = 0; j < s.d; j++) total += exp((double)row(s, i)[j]);
        sum += log(total) - (double)row(s, i)[label[i]];
        for (int j = 0; j < s.d; j++) row(s, i)[j] = (float)(exp((double)row(s, i)[j]) / total) / (float)s.n;
        row(s, i)[label[i]] -= 1 / (float)s.n;
    }
    float loss = (float)(sum / s.n + .5 * (double)decay * mat_dot(W->v, W->v));
    if (decay == 0) return logreg_step_right(W, b, x, label, decay, opt, mem);
    mat_scale(W->v, decay);
    mat_add(W->g, W->v);
    mat_scale(W->v, 1 / decay);
    mat_gemm(W->g, 1, x, true, s, false, 1);
    mat_add_column_sums(b->g, s);
    sgd_update(W, opt), sgd_update(b, opt);
    return loss;
}
