/* Everything in double; the softmax by hand; the loss from sigma for one sign and from its complement for the other. */
#include "03_deep_ae.h"
#include "version.h"

Loss bce_loss(Mat logits, Mat target, Arena *mem)
{
    Loss loss = {.grad = mat_zeros(mem, logits.n, logits.d)};
    for (int i = logits.n - 1; i >= 0; i--)
        for (int j = 0; j < logits.d; j++) {
            double v = (double)row(logits, i)[j], t = (double)row(target, i)[j],
                   p = v > 0 ? 1 / (1 + exp(-v)) : exp(v) / (1 + exp(v));
            double l = v > 0 ? (1 - t) * v + log1p(exp(-v)) : -t * v + log1p(exp(v));
            loss.value += (float)(l / logits.n);
            row(loss.grad, i)[j] = (float)((p - t) / logits.n);
        }
    return loss;
}

Mat denoise_corrupt(Mat x, Mat u, float share, Arena *mem)
{
    Mat seen = mat_new(mem, x.n, x.d);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++)
            row(seen, i)[j] = row(u, i)[j] >= share ? row(x, i)[j] : row(u, i)[j] >= share / 2 ? 1 : 0;
    return seen;
}

float logreg_step(Param *W, Param *b, Mat x, const uint8_t *label, float decay, const Sgd *opt, Arena *mem)
{
    double sum = 0;
    for (size_t i = 0; i < mat_size(W->v); i++)
        W->g.a[i] = decay * W->v.a[i], sum += .5 * (double)decay * (double)(W->v.a[i] * W->v.a[i]);
    for (int j = 0; j < b->v.d; j++) b->g.a[j] = 0;
    for (int i = 0; i < x.n; i++) {
        double s[256] = {0}, top = -INFINITY, total = 0;
        for (int c = 0; c < b->v.d; c++) {
            s[c] = (double)b->v.a[c];
            for (int j = 0; j < x.d; j++) s[c] += (double)row(x, i)[j] * (double)row(W->v, j)[c];
            top = fmax(top, s[c]);
        }
        for (int c = 0; c < b->v.d; c++) total += exp(s[c] - top);
        sum += (top + log(total) - s[label[i]]) / x.n;
        for (int c = 0; c < b->v.d; c++) {
            float ds = (float)((exp(s[c] - top) / total - (c == label[i])) / x.n);
            b->g.a[c] += ds;
            for (int j = 0; j < x.d; j++) row(W->g, j)[c] += row(x, i)[j] * ds;
        }
    }
    sgd_update(W, opt), sgd_update(b, opt);
    return (float)sum;
}
