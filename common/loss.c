/* loss.c: every loss returns its value and its gradient together; summed over features, averaged over the batch. */
#include "gen.h"

#include <math.h>

static Loss loss_new(Mat y, Arena *mem)
{
    check(y.n > 0, "a loss of an empty batch has no mean");
    return (Loss){.grad = mat_new(mem, y.n, y.d)};
}

static void same_shape(const char *who, Mat y, Mat t)
{
    check(y.n == t.n && y.d == t.d, "%s: an output (%d,%d) and a target (%d,%d)", who, y.n, y.d, t.n, t.d);
}

Loss mse(Mat y, Mat target, Arena *mem)
{
    same_shape("mse", y, target);
    Loss loss = loss_new(y, mem);
    double sum = 0;
    for (size_t i = 0; i < mat_size(y); i++) {
        float e = y.a[i] - target.a[i];
        sum += (double)(e * e);
        loss.grad.a[i] = 2 * e / (float)y.n;
    }
    loss.value = (float)(sum / y.n);
    return loss;
}

Loss l1(Mat y, Mat target, Arena *mem)
{
    same_shape("l1", y, target);
    Loss loss = loss_new(y, mem);
    double sum = 0;
    for (size_t i = 0; i < mat_size(y); i++) {
        float e = y.a[i] - target.a[i];
        sum += (double)fabsf(e);
        loss.grad.a[i] = (float)((e > 0) - (e < 0)) / (float)y.n;
    }
    loss.value = (float)(sum / y.n);
    return loss;
}

/* -t log sigma(v) - (1-t) log(1 - sigma(v)) = max(v,0) - v t + log(1 + e^-|v|): no overflow, no log 0. Slope: sigma(v) - t. */
static float bce(float v, float t, float *slope)
{
    float e = expf(-fabsf(v)), sigma = v >= 0 ? 1 / (1 + e) : e / (1 + e);
    *slope = sigma - t;
    return fmaxf(v, 0) - v * t + log1pf(e);
}

Loss bce_logits(Mat logits, Mat target, Arena *mem)
{
    same_shape("bce_logits", logits, target);
    Loss loss = loss_new(logits, mem);
    double sum = 0;
    for (size_t i = 0; i < mat_size(logits); i++) {
        float slope;
        sum += (double)bce(logits.a[i], target.a[i], &slope);
        loss.grad.a[i] = slope / (float)logits.n;
    }
    loss.value = (float)(sum / logits.n);
    return loss;
}

Loss bce_logits_to(Mat logits, float target, Arena *mem)
{
    Loss loss = loss_new(logits, mem);
    double sum = 0;
    for (size_t i = 0; i < mat_size(logits); i++) {
        float slope;
        sum += (double)bce(logits.a[i], target, &slope);
        loss.grad.a[i] = slope / (float)logits.n;
    }
    loss.value = (float)(sum / logits.n);
    return loss;
}

Loss lsgan(Mat y, float target, Arena *mem)
{
    Loss loss = loss_new(y, mem);
    double sum = 0;
    for (size_t i = 0; i < mat_size(y); i++) {
        float e = y.a[i] - target;
        sum += .5 * (double)(e * e);
        loss.grad.a[i] = e / (float)y.n;
    }
    loss.value = (float)(sum / y.n);
    return loss;
}
