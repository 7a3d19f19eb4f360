/* loss.c: every loss returns its value and its gradient together. Most sum over features and average over the batch;
 * l1 and lsgan average over all numbers.
 *
 * A summed loss is one small function of an output v and its target t, which returns the loss and sets its slope; the
 * frame below runs it over a matrix.
 */
#include "gen.h"
#include "parallel.h"
#include "vmath.h"

#include <math.h>

/* ---- what each loss is ---- */

static inline float squared(float v, float t, float *slope)
{
    *slope = 2 * (v - t);
    return (v - t) * (v - t);
}

/* -t log sigma(v) - (1-t) log(1 - sigma(v)) = max(v,0) - v t + log(1 + e^-|v|): no overflow, no log 0 */
static inline float bernoulli(float v, float t, float *slope)
{
    float e = vm_exp(-fabsf(v)), sigma = (v >= 0 ? 1 : e) / (1 + e);
    *slope = sigma - t;
    return (v < 0 ? 0 : v) - v * t + vm_log1p(e);
}

/* ---- the frame ----
 * A piece of y at a time, with sixteen partial sums, so that the loop becomes vector code. Pieces have a fixed size and
 * are added up in order: the value has the same bytes for any number of threads. */

typedef float PointLoss(float v, float t, float *slope);
typedef struct {
    const float *v, *t;                             /* t NULL: the target is same */
    float *grad, same, share;                       /* share: 1/B */
    size_t n;
} Piece;

static inline __attribute__((always_inline)) double sum_over(Piece p, PointLoss *at)
{
    const float *restrict v = p.v;
    const float *restrict t = p.t;
    float *restrict grad = p.grad;
    float lane[VM_LANES] = {0}, slope;
    size_t i = 0;
    for (; i + VM_LANES <= p.n; i += VM_LANES)
        for (size_t k = 0; k < VM_LANES; k++) {
            lane[k] += at(v[i + k], t ? t[i + k] : p.same, &slope);
            grad[i + k] = slope * p.share;
        }
    for (; i < p.n; i++) {
        lane[0] += at(v[i], t ? t[i] : p.same, &slope);
        grad[i] = slope * p.share;
    }
    return vm_total(lane);
}

static double squared_sum(Piece p)   { return sum_over(p, squared); }
static double bernoulli_sum(Piece p) { return sum_over(p, bernoulli); }

static Loss over(Mat y, const float *target, float same, double (*sum_of)(Piece), Arena *mem)
{
    check(y.n > 0, "a loss of an empty batch has no mean");
    enum { SIZE = 1 << 13 };
    size_t size = mat_size(y), pieces = (size + SIZE - 1) / SIZE;
    Loss loss = {.grad = mat_new(mem, y.n, y.d)};
    double *part = arena_alloc(mem, (pieces + 1) * sizeof *part), sum = 0;
    PARALLEL_IF(size > WORTH_A_THREAD,
    for (size_t p = 0; p < pieces; p++) {
        size_t i = p * SIZE, n = size - i < SIZE ? size - i : SIZE;
        part[p] = sum_of((Piece){y.a + i, target ? target + i : NULL, loss.grad.a + i, same, 1 / (float)y.n, n});
    })
    for (size_t p = 0; p < pieces; p++) sum += part[p];
    loss.value = (float)(sum / y.n);
    return loss;
}

static void same_shape(const char *who, Mat y, Mat t)
{
    check(y.n == t.n && y.d == t.d, "%s: an output (%d,%d) and a target (%d,%d)", who, y.n, y.d, t.n, t.d);
}

Loss squared_error(Mat y, Mat target, Arena *mem)
{
    same_shape("squared_error", y, target);
    return over(y, target.a, 0, squared_sum, mem);
}

Loss bce_logits(Mat logits, Mat target, Arena *mem)
{
    same_shape("bce_logits", logits, target);
    return over(logits, target.a, 0, bernoulli_sum, mem);
}

Loss bce_logits_to(Mat logits, float target, Arena *mem) { return over(logits, NULL, target, bernoulli_sum, mem); }

Loss softmax_ce(Mat logits, const uint8_t *label, Arena *mem)
{
    check(logits.n > 0, "a loss of an empty batch has no mean");
    Loss loss = {.grad = mat_new(mem, logits.n, logits.d)};
    double sum = 0;
    for (int i = 0; i < logits.n; i++) {
        const float *v = row(logits, i);
        float *g = row(loss.grad, i), top = v[0], total = 0;
        check(label[i] < logits.d, "softmax_ce: label %d of only %d classes", label[i], logits.d);
        for (int j = 1; j < logits.d; j++) top = v[j] > top ? v[j] : top;
        for (int j = 0; j < logits.d; j++) {
            g[j] = vm_exp(v[j] - top);
            total += g[j];
        }
        for (int j = 0; j < logits.d; j++) g[j] *= 1 / (total * (float)logits.n);       /* softmax, over the batch */
        g[label[i]] -= 1 / (float)logits.n;
        sum += (double)(vm_log(total) + top - v[label[i]]);
    }
    loss.value = (float)(sum / logits.n);
    return loss;
}

/* ---- means over all numbers, added up in double: the losses of labs 16 and 17, to the last bit ---- */

Loss l1(Mat y, Mat target, Arena *mem)
{
    same_shape("l1", y, target);
    check(y.n > 0, "a loss of an empty batch has no mean");
    Loss loss = {.grad = mat_new(mem, y.n, y.d)};
    size_t size = mat_size(y);
    double sum = 0;
    for (size_t i = 0; i < size; i++) {
        float off = y.a[i] - target.a[i], sign = (float)((off > 0) - (off < 0));
        sum += fabs((double)off);
        loss.grad.a[i] = sign / (float)size;
    }
    loss.value = (float)(sum / (double)size);
    return loss;
}

Loss lsgan(Mat y, float target, Arena *mem)
{
    check(y.n > 0, "a loss of an empty batch has no mean");
    Loss loss = {.grad = mat_new(mem, y.n, y.d)};
    size_t size = mat_size(y);
    double sum = 0;
    for (size_t i = 0; i < size; i++) {
        float off = y.a[i] - target;
        sum += (double)off * (double)off;
        loss.grad.a[i] = 2 * off / (float)size;
    }
    loss.value = (float)(sum / (double)size);
    return loss;
}

/* ---- a probe for R1 ---- */

Ahead ahead_along(Mat v, Mat x, float step, float gamma, Arena *mem)
{
    check(v.n == x.n && v.d == x.d, "ahead_along: slopes (%d,%d) at (%d,%d)", v.n, v.d, x.n, x.d);
    Ahead ahead = {mat_copy(mem, x), mat_new(mem, x.n, 1)};
    for (int i = 0; i < x.n; i++) {
        Mat slope = mat_rows(v, i, 1);
        float h = step / fmaxf(mat_norm(slope), 1e-12f);
        mat_scale(slope, h);
        ahead.weight.a[i] = gamma / (h * (float)x.n);
    }
    mat_add(ahead.x, v);
    return ahead;
}
