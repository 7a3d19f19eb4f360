/* Everything by exp and log in double, backwards through the batch; D from the ratio, the ratio from the logit. */
#include "07_gan_1d.h"
#include "version.h"

Mat optimal_d(Mat p, Mat q, Arena *mem)
{
    Mat d = mat_new(mem, p.n, 1);
    for (int i = 0; i < p.n; i++) d.a[i] = p.a[i] > 0 ? 1 / (1 + q.a[i] / p.a[i]) : q.a[i] > 0 ? 0 : .5f;
    return d;
}

Mat ratio_from_d(Mat d, Arena *mem)
{
    Mat ratio = mat_new(mem, d.n, 1);
    for (int i = 0; i < d.n; i++) ratio.a[i] = (float)exp(log((double)d.a[i]) - log1p(-(double)d.a[i]));
    return ratio;
}

/* log sigma(v): for v far below 0 it is v itself. */
static double log_sigma(double v) { return v < -30 ? v : -log(1 + exp(-v)); }

DLoss d_loss(Mat real, Mat fake, Arena *mem)
{
    DLoss loss = {0, mat_new(mem, real.n, 1), mat_new(mem, fake.n, 1)};
    double value = 0;
    for (int i = real.n - 1; i >= 0; i--) {
        double v = (double)real.a[i];
        value -= log_sigma(v) / real.n;
        loss.dreal.a[i] = (float)((1 / (1 + exp(-v)) - 1) / real.n);
    }
    for (int i = fake.n - 1; i >= 0; i--) {
        double v = (double)fake.a[i];
        value -= log_sigma(-v) / fake.n;
        loss.dfake.a[i] = (float)(1 / (1 + exp(-v)) / fake.n);
    }
    loss.value = (float)value;
    return loss;
}

Loss g_loss(Mat fake, bool saturating, Arena *mem)
{
    Loss loss = {.grad = mat_new(mem, fake.n, 1)};
    double value = 0;
    for (int i = fake.n - 1; i >= 0; i--) {
        double v = (double)fake.a[i], D = 1 / (1 + exp(-v));
        value += saturating ? log_sigma(-v) : -log_sigma(v);
        loss.grad.a[i] = (float)((saturating ? -D : D - 1) / fake.n);
    }
    loss.value = (float)(value / fake.n);
    return loss;
}

void game_step(float *x, float *y, float eta, bool alternating)
{
    float dx = -eta * *y, dy = eta * *x;
    if (alternating) dx -= eta * dy;
    *x += dx, *y += dy;
}
