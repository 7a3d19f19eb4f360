/* The judge of lab 02: hand cases, closed forms in double, finite differences layer by layer and through the whole net,
 * who was called with what, and the outcome of a short training. */
#include "judge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { IDENTITY, TANH, SIGMOID, LRELU, ACTS }; /* the judge shares no header with the student's code */
static const char *const act_name[ACTS] = {"identity", "tanh", "sigmoid", "lrelu"};
static const double slope_below = .1;

static double bent(int act, double a)
{
    switch (act) {
    case TANH: return tanh(a);
    case SIGMOID: return sigmoid(a);
    case LRELU: return a < 0 ? slope_below * a : a;
    default: return a;
    }
}

/* ---- 1. act_forward ---- */

static void expect_acts(const char *test_case, int n, int d)
{
    Run got = student(test_case), want = reference(test_case);
    const double *a = value(&want, "a").a;
    for (int act = 0; act < ACTS; act++) {
        double *right = numbers(n * d);
        for (int i = 0; i < n * d; i++) right[i] = bent(act, a[i]);
        expect(value(&got, act_name[act]), ARRAY(n, d, right), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
            SLIP_ARRAY("a came back as it was; is this act looked at?", act ? a : NULL)));
    }
}

START_TEST(act_by_hand)
{
    Run got = student("act_by_hand");
    expect(value(&got, "identity"), MATRIX(2, 3, 0, M_LN2, -log(3), 2, -2, .5), .rtol = 1e-5, .atol = 1e-6);
    expect(value(&got, "tanh"), MATRIX(2, 3, 0, .6, -.8, tanh(2), -tanh(2), tanh(.5)), .rtol = 1e-5, .atol = 1e-6);
    expect(value(&got, "sigmoid"),
           MATRIX(2, 3, .5, 2. / 3, .25, 1 / (1 + exp(-2)), 1 / (1 + exp(2)), 1 / (1 + exp(-.5))), .rtol = 1e-5,
           .atol = 1e-6, .slips = SLIPS(
        SLIP("that is 1/(1 + e^a); the exponent is -a",
             .5, 1. / 3, .75, 1 / (1 + exp(2)), 1 / (1 + exp(-2)), 1 / (1 + exp(.5)))));
    expect(value(&got, "lrelu"), MATRIX(2, 3, 0, M_LN2, -.1 * log(3), 2, -.2, .5), .rtol = 1e-5, .atol = 1e-6,
           .slips = SLIPS(
        SLIP("that is the ReLU; the leaky one lets SLOPE a through below 0", 0, M_LN2, 0, 2, 0, .5),
        SLIP("the slope is on the wrong side; it belongs below 0", 0, .1 * M_LN2, -log(3), .2, -2, .05)));
}
END_TEST

START_TEST(act_large)
{
    Run got = student("act_large");
    for (int act = TANH; act <= SIGMOID; act++) {
        Value h = value(&got, act_name[act]);
        for (int i = 0; i < h.n * h.d; i++)
            expect_that(!isnan(h.a[i]),
                        "%s of 1000, -1000, 60, -60 has a NaN"
                        "\nhint: infinity over infinity: e^1000 does not fit; use tanhf, and 1/(1 + expf(-a))",
                        act_name[act]);
    }
    expect_acts("act_large", 1, 4);
}
END_TEST

START_TEST(act_random) { expect_acts("act_random", 7, 5); }
END_TEST

/* ---- 2. act_backward ---- */

/* dh times the central difference of the act at a. */
static void expect_slopes(const char *test_case, int n, int d)
{
    Run got = student(test_case), want = reference(test_case);
    const double *a = value(&want, "a").a, *dh = value(&want, "dh").a, eps = 1e-5;
    for (int act = 0; act < ACTS; act++) {
        char da[24];
        snprintf(da, sizeof da, "da_%s", act_name[act]);
        double *right = numbers(n * d), *at_h = numbers(n * d);
        for (int i = 0; i < n * d; i++) {
            double y = bent(act, a[i]), slope = (bent(act, a[i] + eps) - bent(act, a[i] - eps)) / (2 * eps);
            if (act == LRELU && a[i] == 0) slope = slope_below; /* the contract's choice at the corner */
            right[i] = dh[i] * slope;
            at_h[i] = dh[i] * (bent(act, y + eps) - bent(act, y - eps)) / (2 * eps);
        }
        expect(value(&got, da), ARRAY(n, d, right), .rtol = 1e-3, .atol = 1e-5, .slips = SLIPS(
            SLIP_ARRAY("dh came back as it was; multiply by the derivative", act ? dh : NULL),
            SLIP_ARRAY("h is the output already: the derivative of tanh is 1 - h^2, not 1 - tanh(h)^2",
                       act ? at_h : NULL)));
    }
}

START_TEST(slope_by_hand)
{
    Run got = student("slope_by_hand");
    expect(value(&got, "da_tanh"), MATRIX(1, 3, 1, .64, .36), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP("1 - h; the derivative of tanh is 1 - h^2", 1, .4, 1.8),
        SLIP("that is the sigmoid's derivative", 0, .24, -1.44)));
    expect(value(&got, "da_sigmoid"), MATRIX(1, 3, .25, 2. / 9, 3. / 16), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP("that is tanh's derivative; the sigmoid's is h (1 - h)", .75, 5. / 9, 15. / 16)));
    expect(value(&got, "da_lrelu"), MATRIX(1, 3, .1, 1, .1), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP("that is the ReLU's; below 0 the slope is SLOPE", 0, 1, 0),
        SLIP("at h = 0 exactly the contract takes SLOPE", 1, 1, .1)));
    expect(value(&got, "da_identity"), MATRIX(1, 3, 1, 1, 1), .rtol = 1e-5, .atol = 1e-6);
}
END_TEST

START_TEST(slope_random) { expect_slopes("slope_random", 7, 5); }
END_TEST

/* ---- 3. dense_forward, 4. dense_backward ---- */

START_TEST(dense_by_hand)
{
    Run got = student("dense_by_hand");
    expect(value(&got, "a"), MATRIX(2, 3, 9, 30, 34, 11, 22, 30), .rtol = 1e-6, .slips = SLIPS(
        SLIP("the bias is missing", -1, 10, 4, 1, 2, 0),
        SLIP("the bias belongs to every sample, not to the first alone", 9, 30, 34, 1, 2, 0)));
}
END_TEST

START_TEST(dense_random)
{
    Run got = student("dense_random"), want = reference("dense_random");
    double *a = product(value(&want, "x").a, false, value(&want, "W").a, false, 7, 5, 3), *bare = numbers(21);
    for (int i = 0; i < 21; i++) {
        bare[i] = a[i];
        a[i] += value(&want, "b").a[i % 3];
    }
    expect(value(&got, "a"), ARRAY(7, 3, a), .rtol = 1e-5, .atol = 1e-5, .batch = 7, .slips = SLIPS(
        SLIP_ARRAY("the bias is missing", bare)));
}
END_TEST

/* What stands in the gradients must be the former plus the new; known slips are named. */
static void expect_back(const char *test_case, int B, int d, int e)
{
    Run got = student(test_case), want = reference(test_case);
    const double *da = value(&want, "da").a, *x = value(&want, "x").a, *W = value(&want, "W").a;
    const double *Wg = value(&want, "dW_before").a, *bg = value(&want, "db_before").a;
    double *dW = product(x, true, da, false, d, B, e), *db = numbers(e), *sum_W = numbers(d * e),
           *mean_W = numbers(d * e), *sum_b = numbers(e);
    double *mean_b = numbers(e), *first_b = numbers(e);
    for (int i = 0; i < B * e; i++) db[i % e] += da[i];
    for (int i = 0; i < d * e; i++) {
        sum_W[i] = Wg[i] + dW[i];
        mean_W[i] = Wg[i] + dW[i] / B;
    }
    for (int i = 0; i < e; i++) {
        sum_b[i] = bg[i] + db[i];
        mean_b[i] = bg[i] + db[i] / B;
        first_b[i] = bg[i] + da[i];
    }
    expect(value(&got, "dx"), ARRAY(B, d, product(da, false, W, true, B, e, d)), .rtol = 1e-4, .atol = 1e-5,
           .batch = B);
    expect(value(&got, "dW"), ARRAY(d, e, sum_W), .rtol = 1e-4, .atol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY("the former gradient is gone: ADD to W->g (mat_gemm with beta 1); the step sets it to 0, not the "
                   "layer", dW),
        SLIP_ARRAY("divided by the batch size; the 1/B of the loss is in da already", mean_W),
        SLIP_ARRAY("W->g is as it was: add x^T da", Wg)));
    expect(value(&got, "db"), ARRAY(1, e, sum_b), .rtol = 1e-4, .atol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY("the former gradient is gone: ADD to b->g; the step sets it to 0, not the layer", db),
        SLIP_ARRAY("divided by the batch size; the 1/B of the loss is in da already", mean_b),
        SLIP_ARRAY("b->g is as it was: add the sum of da's rows", bg),
        SLIP_ARRAY("the first sample only; add up all rows of da", first_b)));
}

START_TEST(back_by_hand)
{
    /* x = (1 2 3; 4 5 6), da = (1 0; 2 1): x^T da = (1+8 4; 2+10 5; 3+12 6), column sums (3 1), da W^T = (1 2 3; 2+10
     * 4+20 6+30) */
    Run got = student("back_by_hand");
    expect(value(&got, "dx"), MATRIX(2, 3, 1, 2, 3, 12, 24, 36), .rtol = 1e-6, .batch = 2);
    expect(value(&got, "dW"), MATRIX(3, 2, 9, 4, 12, 5, 15, 6), .rtol = 1e-6, .batch = 2);
    expect(value(&got, "db"), MATRIX(1, 2, 3, 1), .rtol = 1e-6, .batch = 2, .slips = SLIPS(
        SLIP("b->g is as it was: add the sum of da's rows", 0, 0),
        SLIP("the first sample only; add up all rows of da", 1, 0)));
}
END_TEST

START_TEST(back_adds) { expect_back("back_adds", 2, 1, 2); }
END_TEST

/* Against central differences of L = sum of c o (x W + b), for which da = c. */
START_TEST(back_random)
{
    enum { B = 7, D = 5, E = 3 };
    expect_back("back_random", B, D, E);
    Run got = student("back_random"), want = reference("back_random");
    const double *c = value(&want, "da").a, *x = value(&want, "x").a, *W = value(&want, "W").a,
                 *before = value(&want, "dW_before").a, h = 1e-5;
    double *moved = numbers(D * E), *right = numbers(D * E);
    memcpy(moved, W, D * E * sizeof *W);
    for (int i = 0; i < D * E; i++) {
        for (int sign = 1; sign >= -1; sign -= 2) {
            moved[i] = W[i] + sign * h;
            const double *a = product(x, false, moved, false, B, D, E);
            for (int k = 0; k < B * E; k++) right[i] += sign * c[k] * a[k] / (2 * h);
        }
        moved[i] = W[i];
        right[i] += before[i];
    }
    expect(value(&got, "dW"), ARRAY(D, E, right), .rtol = 1e-3, .atol = 1e-4);
}
END_TEST

/* ---- 5. adam_apply ---- */

typedef struct {
    bool no_fix, no_root, eps_inside, climb, square_once;
} Twist; /* ways to get it wrong */

static double *adam_done(const Value v, const Value g, int steps, Twist w)
{
    double *out = numbers(v.n * v.d);
    for (int i = 0; i < v.n * v.d; i++) {
        double m = 0, s = 0, b1 = .9f, b2 = .999f, lr = .1f, eps = 1e-8f, x = v.a[i];
        for (int t = 1; t <= steps; t++) {
            double gt = (float)(g.a[i] * (float)((t % 2 ? 1. : -1.) / t));
            m = b1 * m + (1 - b1) * gt;
            s = b2 * s + (1 - b2) * (w.square_once ? fabs(gt) : gt * gt);
            double mhat = w.no_fix ? m : m / (1 - pow(b1, t)), shat = w.no_fix ? s : s / (1 - pow(b2, t));
            x -= (w.climb ? -lr : lr) * mhat /
                 (w.no_root      ? shat + eps
                  : w.eps_inside ? sqrt(shat + eps)
                                 : sqrt(shat) + eps);
        }
        out[i] = x;
    }
    return out;
}

static void expect_adam(Run *got, Run *want, int steps)
{
    Value v = value(want, "v"), g = value(want, "g"), m = value(want, "m_after"), s = value(want, "s_after");
    expect(value(got, "v_after"), ARRAY(v.n, v.d, adam_done(v, g, steps, (Twist){0})), .rtol = 1e-4, .atol = 2e-5,
           .slips = SLIPS(
        SLIP_ARRAY("the means start at 0: divide m by 1 - beta1^t and s by 1 - beta2^t",
                   adam_done(v, g, steps, (Twist){.no_fix = true})),
        SLIP_ARRAY("divide by the square root of shat", adam_done(v, g, steps, (Twist){.no_root = true})),
        SLIP_ARRAY("it climbs: v -= ..., down the gradient", adam_done(v, g, steps, (Twist){.climb = true})),
        SLIP_ARRAY("eps stands outside of the root: sqrt(shat) + eps",
                   adam_done(v, g, steps, (Twist){.eps_inside = true})),
        SLIP_ARRAY("s is the mean of g squared", adam_done(v, g, steps, (Twist){.square_once = true})),
        SLIP_ARRAY("v has not moved", v.a)));
    expect(value(got, "m_after"), ARRAY(v.n, v.d, m.a), .rtol = 1e-4, .atol = 1e-7, .slips = SLIPS(
        SLIP_ARRAY("p->m is still 0: it is kept there, or the next step has no memory", numbers(v.n * v.d))));
    expect(value(got, "s_after"), ARRAY(v.n, v.d, s.a), .rtol = 1e-4, .atol = 1e-7, .slips = SLIPS(
        SLIP_ARRAY("p->s is still 0: it is kept there, or the next step has no memory", numbers(v.n * v.d))));
}

START_TEST(adam_first)
{
    Run got = student("adam_first"), want = reference("adam_first");
    Value v = value(&got, "v_after");
    expect_that(v.n != 2 || v.d != 2 || v.a[2] == 3,
                "v_after[1][0]: the gradient is 0 there and the weight moved from 3 to %.6g"
                "\nhint: 0/0? eps keeps the quotient 0",
                v.a[2]);
    expect_adam(&got, &want, 1);
    /* lr sign(g), whatever the size of g */
    expect(v, MATRIX(2, 2, 1 - .1, 2 + .1, 3, 4 - .1), .rtol = 1e-4);
}
END_TEST

START_TEST(adam_later)
{
    Run got = student("adam_later"), want = reference("adam_later");
    expect_adam(&got, &want, 5);
}
END_TEST

/* ---- 6. ae_step ---- */

START_TEST(step_loss)
{
    enum { B = 5, D = 4 };
    Run got = student("step_heard"), want = reference("step_heard");
    const double *x = value(&want, "x").a, *xhat = value(&want, "xhat").a;
    double sum = 0, *dxhat = numbers(B * D);
    for (int i = 0; i < B * D; i++) {
        sum += (xhat[i] - x[i]) * (xhat[i] - x[i]);
        dxhat[i] = 2. / B * (xhat[i] - x[i]);
    }
    expect(value(&got, "loss"), SCALAR(sum / B), .rtol = 1e-5, .batch = B, .slips = SLIPS(
        SLIP("that is the mean over features too; sum over features, average over samples", sum / (B * D)),
        SLIP("the contract's loss has no factor 1/2", .5 * sum / B)));
    expect(value(&got, "dxhat"), ARRAY(B, D, dxhat), .rtol = 1e-4, .atol = 1e-6, .batch = B);
}
END_TEST

static const double *call(const Value *calls, int kind, int nth) /* the nth call of that kind, or NULL */
{
    int found = -1;
    for (int i = 0; i < calls->n; i++) {
        found += calls->a[5 * i] == kind;
        if (found == nth) return calls->a + 5 * i;
    }
    return NULL;
}

static int count(const Value *calls, int kind)
{
    int n = 0;
    while (call(calls, kind, n)) n++;
    return n;
}

enum { NET = 3 };
START_TEST(step_forward)
{
    Run got = student("step_heard"), want = reference("step_heard");
    Value calls = value(&got, "calls");
    const double *x = value(&want, "x").a;
    expect_that(count(&calls, 1) == NET,
                "use->forward was called %d times, want %d"
                "\nhint: once per layer, and through `use`",
                count(&calls, 1), NET);
    for (int l = 0; l < NET; l++) {
        const double *c = call(&calls, 1, l), from = l ? 10 * l : x[0];
        expect_that(c[1] == l, "call %d of use->forward is for layer %d\nhint: first to last", l, (int)c[1]);
        expect_that(c[2] == from,
                    "layer %d does not get what %s"
                    "\nhint: h goes through the layers one after the other",
                    l, l ? "the layer below gave" : "the net got");
    }
}
END_TEST

START_TEST(step_backward)
{
    Run got = student("step_heard"), want = reference("step_heard");
    Value calls = value(&got, "calls");
    const double *x = value(&want, "x").a, *last = value(&want, "xhat").a;
    expect_that(count(&calls, 2) == NET,
                "use->backward was called %d times, want %d"
                "\nhint: once per layer, and through `use`",
                count(&calls, 2), NET);
    for (int k = 0; k < NET; k++) {
        int l = NET - 1 - k;
        const double *c = call(&calls, 2, k), in = l ? 10 * l : x[0], out = l < NET - 1 ? 10 * (l + 1) : last[0];
        expect_that(c[1] == l, "call %d of use->backward is for layer %d\nhint: last to first", k, (int)c[1]);
        expect_that(l == NET - 1 || c[2] == -(l + 2),
                    "layer %d does not get the gradient that layer %d handed back"
                    "\nhint: dh = use->backward(..., dh, ...)",
                    l, l + 1);
        expect_that(c[3] != out || c[4] != in,
                    "layer %d gets its output as x and its input as h\nhint: the order is dh, x, h", l);
        expect_that(c[3] == in,
                    "layer %d: its x is not what went into it forward"
                    "\nhint: keep every h: layer l got h[l] and gave h[l+1]",
                    l);
        expect_that(c[4] == out,
                    "layer %d: its h is not what it gave forward\nhint: keep every h: layer l got h[l] and gave h[l+1]",
                    l);
    }
}
END_TEST

START_TEST(step_update)
{
    Run got = student("step_heard");
    Value calls = value(&got, "calls");
    expect_that(count(&calls, 3) == 2 * NET,
                "use->update was called %d times, want %d"
                "\nhint: for w and for b of every layer, through `use`",
                count(&calls, 3), 2 * NET);
    bool seen[2 * NET] = {false};
    for (int k = 0; k < 2 * NET; k++) {
        const double *c = call(&calls, 3, k);
        int i = (int)c[1];
        const char *which = i % 2 ? "b" : "w";
        expect_that(!seen[i], "%s of layer %d is updated twice", which, i / 2);
        seen[i] = true;
        expect_that(c[3] != 8 && c[4] != 8,
                    "%s of layer %d: the gradient of an earlier step is still in it"
                    "\nhint: set every gradient to 0 before the backward pass",
                    which, i / 2);
        expect_that(c[3] == 1 && c[4] == 1,
                    "%s of layer %d is updated with a gradient that backward has not made"
                    "\nhint: gradients to 0, backward, update: in this order",
                    which, i / 2);
        expect_that(c[2] != 4,
                    "t is still that of the step before when %s of layer %d is updated"
                    "\nhint: count the step before the updates",
                    which, i / 2);
        expect_that(c[2] == 5,
                    "t is %d at an update, want 5\nhint: it counts steps, not updates: once per ae_step",
                    (int)c[2]);
    }
    expect_that(value(&got, "t").a[0] == 5, "net->steps goes from 4 to %d, want 5", (int)value(&got, "t").a[0]);
}
END_TEST

/* ---- all together ---- */

enum { LAYERS = 4 };
static const int width[LAYERS + 1] = {3, 4, 2, 4, 3}, net_act[LAYERS] = {TANH, IDENTITY, SIGMOID, LRELU};

static double loss_of(const double *x, double *const *W, double *const *b, int B)
{
    const double *h = x;
    double sum = 0;
    for (int l = 0; l < LAYERS; l++) {
        double *a = product(h, false, W[l], false, B, width[l], width[l + 1]);
        for (int i = 0; i < B * width[l + 1]; i++) a[i] = bent(net_act[l], a[i] + b[l][i % width[l + 1]]);
        h = a;
    }
    for (int i = 0; i < B * width[LAYERS]; i++) sum += (h[i] - x[i]) * (h[i] - x[i]) / B;
    return sum;
}

START_TEST(whole_gradient)
{
    enum { B = 6 };
    Run got = student("whole_gradient"), want = reference("whole_gradient");
    const double *x = value(&want, "x").a, h = 1e-5;
    double *W[LAYERS], *b[LAYERS];
    char key[8];
    for (int l = 0; l < LAYERS; l++) {
        key[1] = (char)('0' + l);
        key[2] = 0;
        key[0] = 'W';
        W[l] = value(&want, key).a;
        key[0] = 'b';
        b[l] = value(&want, key).a;
    }
    expect(value(&got, "loss"), SCALAR(loss_of(x, W, b, B)), .rtol = 1e-4, .batch = B);
    for (int i = 0; i < 2 * LAYERS; i++) {
        int l = i / 2, n = i % 2 ? 1 : width[l], d = width[l + 1];
        double *p = i % 2 ? b[l] : W[l], *right = numbers(n * d);
        for (int k = 0; k < n * d; k++) { /* central differences of the loss */
            double v = p[k];
            p[k] = v + h;
            double up = loss_of(x, W, b, B);
            p[k] = v - h;
            right[k] = (up - loss_of(x, W, b, B)) / (2 * h);
            p[k] = v;
        }
        key[0] = 'd';
        key[1] = i % 2 ? 'b' : 'W';
        key[2] = (char)('0' + l);
        key[3] = 0;
        expect(value(&got, key), ARRAY(n, d, right), .rtol = 1e-3, .atol = 1e-4, .batch = B);
    }
}
END_TEST

/* Without a bend and with V = W^T this is lab 01: its loss, and the two places' gradients add up to its gradient. */
START_TEST(identity_is_lab_01)
{
    enum { B = 7, D = 5, K = 2 };
    Run got = student("identity_is_lab_01"), want = reference("identity_is_lab_01");
    const double *x = value(&want, "x").a, *W = value(&want, "W").a;
    const double *z = product(x, false, W, false, B, D, K);
    double *r = product(z, false, W, true, B, K, D), sum = 0;
    for (int i = 0; i < B * D; i++) {
        r[i] -= x[i];
        sum += r[i] * r[i] / B;
        r[i] *= 2. / B;
    }
    expect(value(&got, "loss"), SCALAR(sum), .rtol = 1e-5, .batch = B);
    const double *decoder = product(r, true, z, false, D, B, K),
                 *encoder = product(x, true, product(r, false, W, false, B, D, K), false, D, B, K);
    Value dW = value(&got, "dW0"), dV = value(&got, "dW1");
    expect_that(dW.n == D && dW.d == K && dV.n == K && dV.d == D, "the gradients have the shapes (%d,%d) and (%d,%d)",
                dW.n, dW.d, dV.n, dV.d);
    double *both = numbers(D * K), *tied = numbers(D * K);
    for (int i = 0; i < D * K; i++) {
        both[i] = dW.a[i] + dV.a[i % K * D + i / K];
        tied[i] = decoder[i] + encoder[i];
    }
    expect(((Value){.name = "dW0 + dW1^T", .n = D, .d = K, .a = both}), ARRAY(D, K, tied), .rtol = 1e-3, .atol = 1e-4,
           .batch = B);
}
END_TEST

START_TEST(permuted)
{
    enum { B = 6, D = 3, H = 4 };
    Run got = student("permuted"), want = reference("permuted");
    double *a = product(value(&want, "x").a, false, value(&want, "W0").a, false, B, D, H);
    for (int i = 0; i < B * H; i++) a[i] = tanh(a[i] + value(&want, "b0").a[i % H]);
    double *y = product(a, false, value(&want, "W1").a, false, B, H, D);
    for (int i = 0; i < B * D; i++) y[i] += value(&want, "b1").a[i % D];
    expect(value(&got, "y"), ARRAY(B, D, y), .rtol = 1e-4, .atol = 1e-5, .batch = B);
    expect(value(&got, "y_permuted"), ARRAY(B, D, y), .rtol = 1e-4, .atol = 1e-5, .batch = B);
}
END_TEST

START_TEST(half_circle)
{
    Run got = student("half_circle"), want = reference("half_circle");
    double first = value(&got, "loss_first").a[0], loss = value(&got, "loss").a[0], pca = value(&want, "pca").a[0];
    expect_that(fabs(first - value(&want, "loss_first").a[0]) < 1e-3 * first, "the first loss is %.6g, want %.6g",
                first, value(&want, "loss_first").a[0]);
    expect_that(loss < .1 * pca,
                "after 500 steps on the half circle the loss is %.4g, and PCA's line has %.4g"
                "\nhint: does every part pass alone? then look at "
                "what ae_step does between them",
                loss, pca);
    expect_that(loss > 1e-4, "a loss of %.3g lies below the noise, which one number cannot hold", loss);
    expect_that(value(&got, "t").a[0] == 500, "500 steps, and net->steps is %d", (int)value(&got, "t").a[0]);
}
END_TEST

/* ---- sizes and numbers from the seed ---- */

AS_REFERENCE(act_sizes, 1e-5, 1e-6)
AS_REFERENCE(slope_sizes, 1e-4, 1e-5)
AS_REFERENCE(dense_sizes, 1e-4, 1e-4)
AS_REFERENCE(back_sizes, 1e-4, 1e-4)
AS_REFERENCE(adam_numbers, 1e-4, 1e-5)
AS_REFERENCE(step_sizes, 1e-3, 1e-4)

int main(void)
{
    return judge_main("02_nonlinear_ae", EXERCISES(
        EXERCISE("act_forward", act_by_hand, act_large, act_random, act_sizes),
        EXERCISE("act_backward", slope_by_hand, slope_random, slope_sizes),
        EXERCISE("dense_forward", dense_by_hand, dense_random, dense_sizes),
        EXERCISE("dense_backward", back_by_hand, back_adds, back_random, back_sizes),
        EXERCISE("adam_apply", adam_first, adam_later, adam_numbers),
        EXERCISE("ae_step", step_forward, step_loss, step_backward, step_update, step_sizes),
        EXERCISE("together", whole_gradient, identity_is_lab_01, permuted, half_circle)));
}
