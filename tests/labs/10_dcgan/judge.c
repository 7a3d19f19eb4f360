/* The judge of lab 10: naive convolutions in double, hand cases, finite differences, closed forms of two steps with linear nets. */
#include "judge.h"

#include <math.h>
#include <string.h>

/* ---- 1. conv_forward, 2. convt_forward ---- */

typedef struct { int B, h, w, c, sh, sw, out, k, stride, pad; } Size;

static Size size(int h, int w, int c, int out, int k, int stride, int pad)
{
    return (Size){2, h, w, c, (h + 2 * pad - k) / stride + 1, (w + 2 * pad - k) / stride + 1, out, k, stride, pad};
}

/* Calls f for every pair of a big and a small number that meet through a weight. */
typedef struct { const double *W, *from; double *to; bool transposed; } Work;
static void pairs(Size s, bool mirrored, Work k)
{
    for (int i = 0; i < s.B; i++)
        for (int y = 0; y < s.sh; y++)
            for (int x = 0; x < s.sw; x++)
                for (int ky = 0; ky < s.k; ky++)
                    for (int kx = 0; kx < s.k; kx++) {
                        int by = y * s.stride + ky - s.pad, bx = x * s.stride + kx - s.pad;
                        if (by < 0 || by >= s.h || bx < 0 || bx >= s.w) continue;
                        int place = mirrored ? (s.k - 1 - ky) * s.k + s.k - 1 - kx : ky * s.k + kx;
                        for (int c = 0; c < s.c; c++)
                            for (int o = 0; o < s.out; o++) {
                                int big = ((i * s.h + by) * s.w + bx) * s.c + c, small = ((i * s.sh + y) * s.sw + x) * s.out + o;
                                double w = k.W[(place * s.c + c) * s.out + o];
                                if (k.transposed) k.to[big] += w * k.from[small];
                                else k.to[small] += w * k.from[big];
                            }
                    }
}

static double *convolved(Size s, bool transposed, bool mirrored, const Run *r, bool bias)
{
    int channels = transposed ? s.c : s.out, n = transposed ? s.B * s.h * s.w * s.c : s.B * s.sh * s.sw * s.out;
    double *y = numbers(n);
    for (int i = 0; i < n && bias; i++) y[i] = value(r, "b").a[i % channels];
    pairs(s, mirrored, (Work){value(r, "W").a, value(r, "x").a, y, transposed});
    return y;
}

#define NO_BIAS "the bias is missing: every output channel starts from its own b"
#define MIRRORED "the kernel is turned by 180 degrees; in these nets `convolution' slides it as it is"

static void expect_conv(const char *test_case, Size s, bool transposed)
{
    Run got = student(test_case), want = reference(test_case);
    int d = transposed ? s.h * s.w * s.c : s.sh * s.sw * s.out;
    expect(
        value(&got, "y"), convolved(s, transposed, false, &want, true), s.B, d, 1e-4, 1e-4, 0,
        (Slip[]){{convolved(s, transposed, false, &want, false), NO_BIAS}, {convolved(s, transposed, true, &want, true), MIRRORED}, {0}});
}

START_TEST(conv_by_hand)                            /* kernel (1 0; 2 -1), bias 10: at the first place 1*1 + 2*4 - 5 + 10 */
{
    Run got = student("conv_by_hand");
    expect(value(&got, "y"), (double[]){14, 16, 20, 22}, 1, 4, 1e-6, 0, 0,
           (Slip[]){{(double[]){4, 6, 10, 12}, NO_BIAS}, {(double[]){18, 20, 24, 26}, MIRRORED}, {0}});
}
END_TEST

START_TEST(conv_padded) { expect_conv("conv_padded", size(5, 6, 2, 3, 4, 2, 1), false); } END_TEST
START_TEST(conv_plain) { expect_conv("conv_plain", size(5, 4, 3, 2, 3, 1, 0), false); } END_TEST

START_TEST(convt_by_hand)                           /* every number of (1 2; 3 4) lays its multiple of (1 0; 2 -1) on a map of tens */
{
    Run got = student("convt_by_hand");
    expect(
        value(&got, "y"), (double[]){11, 12, 10, 15, 17, 8, 16, 15, 6}, 1, 9, 1e-6, 0, 0,
        (Slip[]){{(double[]){1, 2, 0, 5, 7, -2, 6, 5, -4}, NO_BIAS},
                 {(double[]){1, 2, 0, 3, 4, 0, 6, 8, -4}, "later pixels overwrite what earlier ones laid down; where windows overlap, add"},
                 {0}});
}
END_TEST

START_TEST(convt_padded) { expect_conv("convt_padded", size(6, 4, 2, 3, 4, 2, 1), true); } END_TEST
START_TEST(convt_plain) { expect_conv("convt_plain", size(7, 5, 2, 3, 3, 2, 0), true); } END_TEST

/* ---- 3. batchnorm_forward ---- */

START_TEST(norm_by_hand)
{
    Run got = student("norm_by_hand");
    double a = 3 / sqrt(5 + 1e-5), b = 1 / sqrt(5 + 1e-5), c = 2 / sqrt(4 + 1e-5);
    double xhat[8] = {-a, -c, -b, c, b, -c, a, c}, y[8];
    for (int i = 0; i < 8; i++) y[i] = i % 2 ? 3 * xhat[i] - 1 : xhat[i];
    double un[8];                                   /* with n - 1 */
    for (int i = 0; i < 8; i++) un[i] = xhat[i] * sqrt(.75);
    expect(value(&got, "xhat"), xhat, 4, 2, 1e-4, 1e-5, 0,
           (Slip[]){{un, "the variance that normalises has 1/n; 1/(n-1) is for the running one"}, {0}});
    expect(value(&got, "y"), y, 4, 2, 1e-4, 1e-5, 0, (Slip[]){{xhat, "gain and shift are missing"}, {0}});
    expect(value(&got, "rsd"), (double[]){b, c / 2}, 1, 2, 1e-4, 0, 0,
           (Slip[]){{(double[]){1 / b, 2 / c}, "that is the sd; rsd is 1 / sd"},
                    {(double[]){b * b, c * c / 4}, "that is 1 / variance; take the root"},
                    {0}});
    /* started at means 1, 0 and variances 1, 1 */
    expect(value(&got, "run"), (double[]){1.4, 1, 1 + .1 * (20. / 3 - 1), 1 + .1 * (16. / 3 - 1)}, 2, 2, 1e-5, 0, 0,
           (Slip[]){{(double[]){1.4, 1, 1.4, 1.3}, "the running variance has 1/(n-1): the batch's own is a little too small"},
                    {(double[]){1, 0, 1, 1}, "run was not updated"},
                    {(double[]){4.6, 9, .1 + .9 * 20 / 3, .1 + .9 * 16 / 3}, "the other way round: 0.9 of what run was, 0.1 of the batch"},
                    {(double[]){5, 10, 20. / 3, 16. / 3}, "run was replaced by the batch; it moves a tenth of the way"}, {0}});
}
END_TEST

START_TEST(norm_eval)                               /* running means 4, 10, variances 4, 16 */
{
    Run got = student("norm_eval");
    double xhat[6] = {-1, -.5, 0, .5, 1, -.5}, y[6], own[6];
    double s = sqrt(8. / 3), t = sqrt(32. / 9);
    for (int i = 0; i < 6; i++) y[i] = i % 2 ? 3 * xhat[i] - 1 : xhat[i];
    for (int i = 0; i < 6; i++) own[i] = i % 2 ? 3 * ((i == 3 ? 8. : -4.) / 3 / t) - 1 : (i == 0 ? -2 : i == 2 ? 0 : 2) / s;
    expect(value(&got, "y"), y, 3, 2, 1e-4, 1e-5, 0,
           (Slip[]){{own, "not training: mean and variance come from run, not from this batch"}, {0}});
    expect(value(&got, "run"), (double[]){4, 10, 4, 16}, 2, 2, 1e-6, 0, 0, NULL);
}
END_TEST

START_TEST(norm_random)
{
    Run got = student("norm_random"), want = reference("norm_random");
    expect(value(&got, "y"), value(&want, "y").a, 50, 3, 1e-4, 1e-4, 50, NULL);
    expect(value(&got, "run"), value(&want, "run").a, 2, 3, 1e-4, 1e-5, 0, NULL);
    Value xhat = value(&got, "xhat");
    for (int j = 0; j < 3; j++) {
        double m = 0, s = 0;
        for (int i = 0; i < 50; i++) m += xhat.a[3 * i + j] / 50, s += xhat.a[3 * i + j] * xhat.a[3 * i + j] / 50;
        expect_that(fabs(m) < 1e-4 && fabs(s - 1) < 1e-3, "column %d of xhat has mean %.4g and variance %.4g, want 0 and 1", j, m, s);
    }
}
END_TEST

START_TEST(norm_far)
{
    Run got = student("norm_far"), want = reference("norm_far");
    Value rsd = value(&got, "rsd");
    for (int j = 0; j < 4; j++) {
        double right = value(&want, "rsd").a[j];
        expect_that(rsd.n == 1 && rsd.d == 4 && fabs(rsd.a[j] / right - 1) < 1e-3,
                    "rsd of a column of mean 1000 and sd 1: want %.5f, got %.5f\n"
                    "hint: mean of squares minus square of mean loses every digit here; subtract the mean first, or add up in double",
                    right, rsd.a[j]);
    }
    expect(value(&got, "xhat"), value(&want, "xhat").a, 500, 4, 1e-3, 1e-2, 0, NULL);       /* a mean that was added up in float will do */
}
END_TEST

/* ---- 4. batchnorm_backward ---- */

static double weighted(const double *x, const double *dy, double gain, int n) /* sum of dy y, one column; the shift does not matter */
{
    double m = 0, v = 0, sum = 0;
    for (int i = 0; i < n; i++) m += x[i] / n;
    for (int i = 0; i < n; i++) v += (x[i] - m) * (x[i] - m) / n;
    for (int i = 0; i < n; i++) sum += dy[i] * gain * (x[i] - m) / sqrt(v + 1e-5);
    return sum;
}

START_TEST(back_by_hand)                            /* x = (-1, 1): whatever dy says, two rows can only be normalised to -1 and 1 */
{
    Run got = student("back_by_hand");
    double g = 2 / sqrt(1 + 1e-5);
    expect(value(&got, "dshift"), (double[]){4}, 1, 1, 1e-5, 0, 2, NULL);
    expect(value(&got, "dgain"), (double[]){-2}, 1, 1, 1e-3, 0, 2, NULL);
    expect(value(&got, "dx"), (double[]){0, 0}, 2, 1, 0, 1e-3, 0,
           (Slip[]){{(double[]){3 * g, g}, "mean and sd depend on x as well: subtract mean(dy) and xhat mean(dy xhat)"},
                    {(double[]){g, -g}, "the sd depends on x as well: subtract xhat mean(dy xhat)"},
                    {(double[]){2 * g, 2 * g}, "the mean depends on x as well: subtract mean(dy)"}, {0}});
}
END_TEST

START_TEST(back_random)
{
    enum { N = 7, C = 3 };
    Run got = student("back_random"), want = reference("back_random");
    const double *x = value(&want, "x").a, *dy = value(&want, "dy").a, *gain = value(&want, "gain").a, *xhat = value(&want, "xhat").a,
                 *rsd = value(&want, "rsd").a, h = 1e-5;
    double *dx = numbers(N * C), *dgain = numbers(C), *dshift = numbers(C), *naive = numbers(N * C), *no_sd = numbers(N * C),
           *no_mean = numbers(N * C), *no_gain = numbers(N * C);
    for (int j = 0; j < C; j++) {
        double column[N], up[N];
        for (int i = 0; i < N; i++)
            column[i] = x[i * C + j], up[i] = dy[i * C + j], dshift[j] += up[i], dgain[j] += up[i] * xhat[i * C + j];
        for (int i = 0; i < N; i++) {
            column[i] += h;
            double more = weighted(column, up, gain[j], N);
            column[i] -= 2 * h;
            int k = i * C + j;
            dx[k] = (more - weighted(column, up, gain[j], N)) / (2 * h);
            column[i] += h;
            naive[k] = gain[j] * rsd[j] * up[i];
            no_sd[k] = gain[j] * rsd[j] * (up[i] - dshift[j] / N);
            no_mean[k] = gain[j] * rsd[j] * (up[i] - xhat[k] * dgain[j] / N);
            no_gain[k] = dx[k] / gain[j];
        }
    }
    expect(value(&got, "dshift"), dshift, 1, C, 1e-4, 1e-5, N, NULL);
    expect(value(&got, "dgain"), dgain, 1, C, 1e-4, 1e-4, N, NULL);
    expect(value(&got, "dx"), dx, N, C, 1e-3, 1e-4, N,
           (Slip[]){{naive, "mean and sd depend on x as well: subtract mean(dy) and xhat mean(dy xhat)"},
                    {no_sd, "the sd depends on x as well: subtract xhat mean(dy xhat)"},
                    {no_mean, "the mean depends on x as well: subtract mean(dy)"},
                    {no_gain, "the factor gain is missing"},
                    {0}});
}
END_TEST

/* ---- 5. dcgan_d_step, 6. dcgan_g_step ---- */

static double sigmoid(double v) { return 1 / (1 + exp(-v)); }
static double softplus(double v) { return log1p(exp(-fabs(v))) + (v > 0 ? v : 0); }

/* Adam's first step. */
static double *stepped(const double *w, const double *g, int n)
{
    double *after = numbers(n);
    for (int i = 0; i < n; i++) after[i] = w[i] - .01 * g[i] / (fabs(g[i]) + 1e-8);
    return after;
}

static void expect_one_step(const Run *got, const char *who)
{
    double steps = value(got, "steps").a[0];
    expect_that(steps == 1, "adam_step ran %g times on %s, want once", steps, who);
}

static void expect_d_step(const char *test_case, int B, int d)
{
    Run got = student(test_case), want = reference(test_case);
    const double *w = value(&want, "w").a, *batch[2] = {value(&want, "real").a, value(&want, "fake").a};
    double loss[2] = {0}, *part[2] = {numbers(d), numbers(d)}, *g = numbers(d), *swapped = numbers(d), *junk = numbers(d),
           *swap_loss = numbers(1), *halves = numbers(d);
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < B; i++) {
            double v = *product(batch[k] + i * d, false, w, false, 1, d, 1), target = k == 0;
            loss[k] += (k == 0 ? softplus(-v) : softplus(v)) / B;
            swap_loss[0] += (k == 0 ? softplus(v) : softplus(-v)) / B;
            for (int j = 0; j < d; j++) {
                part[k][j] += (sigmoid(v) - target) * batch[k][i * d + j] / B;
                swapped[j] += (sigmoid(v) - (1 - target)) * batch[k][i * d + j] / B;
            }
        }
    for (int j = 0; j < d; j++) g[j] = part[0][j] + part[1][j], junk[j] = g[j] + 7, halves[j] = g[j] / 2;
    Value changed = value(&got, "w_after");
    expect(value(&got, "gradient"), g, 1 * d, 1, 1e-4, 1e-5, B,
           (Slip[]){{part[0], "only the real batch's gradient is there; the fakes' is added to it"},
                    {part[1], "only the fakes' gradient is there; the real batch's is added to it"},
                    {swapped, "real and fake are exchanged: real images go to 1, fakes to 0"},
                    {halves, "the mean over real and fake together; the contract adds two means"},
                    {junk, "an old gradient is still in it: net_zero_grad(D) before the first net_backward"},
                    {0}});
    expect(value(&got, "loss"), (double[]){loss[0] + loss[1]}, 1, 1, 1e-5, 1e-6, B,
           (Slip[]){{(double[]){(loss[0] + loss[1]) / 2}, "that is the mean of the two; the contract wants their sum"},
                    {&loss[0], "that is the real half only"},
                    {&loss[1], "that is the fake half only"},
                    {swap_loss, "real and fake are exchanged"},
                    {0}});
    expect(changed, stepped(w, g, d), d, 1, 1e-4, 1e-5, 0, (Slip[]){{w, "D did not move: adam_step(D, opt)"}, {0}});
    expect_one_step(&got, "D");
}

START_TEST(d_step_zero)
{
    Run got = student("d_step_zero");
    expect(value(&got, "loss"), (double[]){2 * log(2)}, 1, 1, 1e-5, 0, 0,
           (Slip[]){{(double[]){log(2)}, "D knows nothing: ln 2 for the real batch and ln 2 for the fakes"}, {0}});
    expect_d_step("d_step_zero", 2, 2);
}
END_TEST

START_TEST(d_step_random) { expect_d_step("d_step_random", 5, 3); } END_TEST

START_TEST(d_step_norm)
{
    Run got = student("d_step_norm"), want = reference("d_step_norm");
    double loss = value(&got, "loss").a[0], right = value(&want, "loss").a[0];
    expect_that(fabs(loss - right) < 1e-4 * fabs(right),
                "with batch norm in D the loss is %.5f, want %.5f\nhint: real and fake go through D separately, "
                "each with a trace of its own: together they would be normalised together",
                loss, right);
    expect(value(&got, "gradient"), value(&want, "gradient").a, 2, 1, 1e-3, 1e-4, 6, NULL);
}
END_TEST

static void expect_g_step(const char *test_case, int B, int in, int d)
{
    Run got = student(test_case), want = reference(test_case);
    const double *z = value(&want, "z").a, *w = value(&want, "G.w").a, *u = value(&want, "D.w").a;
    double *fake = product(z, false, w, false, B, in, d), *logit = product(fake, false, u, false, B, d, 1), loss = 0, saturating = 0;
    double *dv = numbers(B), *dsat = numbers(B), *dreal = numbers(B);
    for (int i = 0; i < B; i++) {
        loss += softplus(-logit[i]) / B, saturating += softplus(logit[i]) / B;
        dv[i] = (sigmoid(logit[i]) - 1) / B, dsat[i] = -sigmoid(logit[i]) / B, dreal[i] = sigmoid(logit[i]) / B;
    }
    double *g[3], *junk = numbers(in * d);
    const double *dl[3] = {dv, dsat, dreal};
    for (int k = 0; k < 3; k++) g[k] = product(z, true, product(dl[k], false, u, true, B, 1, d), false, in, B, d);
    for (int i = 0; i < in * d; i++) junk[i] = g[0][i] + 7;
    bool moot = !memcmp(test_case, "g_step_zero", 11);          /* D is flat: every gradient is 0 */
    expect(value(&got, "gradient"), g[0], in, d, 1e-4, 1e-5, B,
           (Slip[]){{moot ? NULL : g[1], "that is the saturating loss, log(1 - D(fake)) going down; the contract wants -log D(fake)"},
                    {moot ? NULL : g[2], "G helps D: fakes should be called real, target 1"},
                    {junk, "an old gradient is still in it: net_zero_grad(G) before net_backward"}, {0}});
    expect(value(&got, "loss"), &loss, 1, 1, 1e-5, 1e-6, B,
           (Slip[]){{moot ? NULL : &saturating, "that is -log(1 - D(fake)): the fakes' target here is 1"}, {0}});
    if (!moot)
        expect(value(&got, "w_after"), stepped(w, g[0], in * d), in, d, 1e-4, 1e-5, 0,
               (Slip[]){{w, "G did not move: adam_step(G, opt)"}, {0}});
    expect_one_step(&got, "G");
}

START_TEST(g_step_zero)
{
    Run got = student("g_step_zero");
    expect(value(&got, "loss"), (double[]){log(2)}, 1, 1, 1e-5, 0, 0, NULL);
    expect_g_step("g_step_zero", 2, 2, 2);
}
END_TEST

START_TEST(g_step_random) { expect_g_step("g_step_random", 5, 2, 3); } END_TEST

/* ---- all together ---- */

START_TEST(adjoint)
{
    Run got = student("adjoint");
    double a = value(&got, "conv_x_y").a[0], b = value(&got, "x_convt_y").a[0];
    expect_that(
        fabs(a - b) < 1e-4 * (1 + fabs(a)),
        "<conv(x), y> = %.6g, <x, convt(y)> = %.6g; they should be equal\nhint: the same pairs of big and small pixels, the same weight?",
        a, b);
}
END_TEST

START_TEST(play)
{
    Run got = student("play");
    Value mean = value(&got, "mean");
    expect_that(hypot(mean.a[0] - 2, mean.a[1] + 1) < .35, "real points lie around (2, -1); after 400 rounds G's lie around (%.2f, %.2f)",
                mean.a[0], mean.a[1]);
}
END_TEST

/* ---- sizes and numbers from the seed ---- */

AS_REFERENCE(conv_sizes, 1e-4, 1e-4)
AS_REFERENCE(convt_sizes, 1e-4, 1e-4)
AS_REFERENCE(norm_sizes, 1e-3, 1e-4)
AS_REFERENCE(norm_nearly_equal, 1e-3, 1e-4)
AS_REFERENCE(back_sizes, 1e-3, 1e-4)
AS_REFERENCE(d_step_sizes, 1e-3, 1e-4)
AS_REFERENCE(g_step_sizes, 1e-3, 1e-4)

int main(void)
{
    Suite *s = suite_create("10_dcgan");
    TCase *t = exercise(s, "conv_forward");
    tcase_add_test(t, conv_by_hand), tcase_add_test(t, conv_padded), tcase_add_test(t, conv_plain);
    tcase_add_test(t, conv_sizes);
    t = exercise(s, "convt_forward");
    tcase_add_test(t, convt_by_hand), tcase_add_test(t, convt_padded), tcase_add_test(t, convt_plain);
    tcase_add_test(t, convt_sizes);
    t = exercise(s, "batchnorm_forward");
    tcase_add_test(t, norm_by_hand), tcase_add_test(t, norm_eval), tcase_add_test(t, norm_random), tcase_add_test(t, norm_far);
    tcase_add_test(t, norm_nearly_equal);
    tcase_add_test(t, norm_sizes);
    t = exercise(s, "batchnorm_backward");
    tcase_add_test(t, back_by_hand), tcase_add_test(t, back_random);
    tcase_add_test(t, back_sizes);
    t = exercise(s, "dcgan_d_step");
    tcase_add_test(t, d_step_zero), tcase_add_test(t, d_step_random), tcase_add_test(t, d_step_norm);
    tcase_add_test(t, d_step_sizes);
    t = exercise(s, "dcgan_g_step");
    tcase_add_test(t, g_step_zero), tcase_add_test(t, g_step_random);
    tcase_add_test(t, g_step_sizes);
    t = exercise(s, "together");
    tcase_add_test(t, adjoint), tcase_add_test(t, play);
    return judge_main(s);
}
