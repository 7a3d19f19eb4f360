/* The judge of lab 10: naive convolutions in double, hand cases, finite differences, closed forms of two steps with
 * linear nets. */
#include "gan_steps.h"
#include "judge.h"

#include <math.h>
#include <string.h>

/* ---- 1. conv_forward, 2. convt_forward ---- */

typedef struct {
    int B, h, w, c, sh, sw, out, k, stride, pad;
} Size;

static Size size(int h, int w, int c, int out, int k, int stride, int pad)
{
    Size size = {2, h, w, c, (h + 2 * pad - k) / stride + 1, (w + 2 * pad - k) / stride + 1, out, k, stride, pad};
    return size;
}

/* Calls f for every pair of a big and a small number that meet through a weight. */
typedef struct {
    const double *W, *from;
    double *to;
    bool transposed;
} Work;
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
                                int big = ((i * s.h + by) * s.w + bx) * s.c + c,
                                    small = ((i * s.sh + y) * s.sw + x) * s.out + o;
                                double w = k.W[(place * s.c + c) * s.out + o];
                                if (k.transposed)
                                    k.to[big] += w * k.from[small];
                                else
                                    k.to[small] += w * k.from[big];
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
    expect(value(&got, "y"), ARRAY(s.B, d, convolved(s, transposed, false, &want, true)), .rtol = 1e-4, .atol = 1e-4,
           .slips = SLIPS(
        SLIP_ARRAY(NO_BIAS, convolved(s, transposed, false, &want, false)),
        SLIP_ARRAY(MIRRORED, convolved(s, transposed, true, &want, true))));
}

START_TEST(conv_by_hand) /* kernel (1 0; 2 -1), bias 10: at the first place 1*1 + 2*4 - 5 + 10 */
{
    Run got = student("conv_by_hand");
    expect(value(&got, "y"), MATRIX(1, 4, 14, 16, 20, 22), .rtol = 1e-6, .slips = SLIPS(
        SLIP(NO_BIAS, 4, 6, 10, 12),
        SLIP(MIRRORED, 18, 20, 24, 26)));
}
END_TEST

START_TEST(conv_padded) { expect_conv("conv_padded", size(5, 6, 2, 3, 4, 2, 1), false); }
END_TEST
START_TEST(conv_plain) { expect_conv("conv_plain", size(5, 4, 3, 2, 3, 1, 0), false); }
END_TEST

#define OVERWRITES "later pixels overwrite what earlier ones laid down; where windows overlap, add"

START_TEST(convt_by_hand) /* every number of (1 2; 3 4) lays its multiple of (1 0; 2 -1) on a map of tens */
{
    Run got = student("convt_by_hand");
    expect(value(&got, "y"), MATRIX(1, 9, 11, 12, 10, 15, 17, 8, 16, 15, 6), .rtol = 1e-6, .slips = SLIPS(
        SLIP(NO_BIAS, 1, 2, 0, 5, 7, -2, 6, 5, -4),
        SLIP(OVERWRITES, 1, 2, 0, 3, 4, 0, 6, 8, -4),
        SLIP(OVERWRITES, 11, 12, 10, 13, 14, 10, 16, 18, 6)));
}
END_TEST

START_TEST(convt_padded) { expect_conv("convt_padded", size(6, 4, 2, 3, 4, 2, 1), true); }
END_TEST
START_TEST(convt_plain) { expect_conv("convt_plain", size(7, 5, 2, 3, 3, 2, 0), true); }
END_TEST

/* ---- 3. batchnorm_forward ---- */

START_TEST(norm_by_hand)
{
    Run got = student("norm_by_hand");
    double a = 3 / sqrt(5 + 1e-5), b = 1 / sqrt(5 + 1e-5), c = 2 / sqrt(4 + 1e-5);
    double xhat[8] = {-a, -c, -b, c, b, -c, a, c}, y[8];
    for (int i = 0; i < 8; i++) y[i] = i % 2 ? 3 * xhat[i] - 1 : xhat[i];
    double un[8]; /* with n - 1 */
    for (int i = 0; i < 8; i++) un[i] = xhat[i] * sqrt(.75);
    expect(value(&got, "xhat"), ARRAY(4, 2, xhat), .rtol = 1e-4, .atol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY("the variance that normalises has 1/n; 1/(n-1) is for the running one", un)));
    expect(value(&got, "y"), ARRAY(4, 2, y), .rtol = 1e-4, .atol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY("gain and shift are missing", xhat)));
    expect(value(&got, "rsd"), MATRIX(1, 2, b, c / 2), .rtol = 1e-4, .slips = SLIPS(
        SLIP("that is the sd; rsd is 1 / sd", 1 / b, 2 / c),
        SLIP("that is 1 / variance; take the root", b * b, c * c / 4)));
    /* started at means 1, 0 and variances 1, 1 */
    expect(value(&got, "run"), MATRIX(2, 2, 1.4, 1, 1 + .1 * (20. / 3 - 1), 1 + .1 * (16. / 3 - 1)), .rtol = 1e-5,
           .slips = SLIPS(
        SLIP("the running variance has 1/(n-1): the batch's own is a little too small", 1.4, 1, 1.4, 1.3),
        SLIP("run was not updated", 1, 0, 1, 1),
        SLIP("the other way round: 0.9 of what run was, 0.1 of the batch", 4.6, 9, .1 + .9 * 20 / 3, .1 + .9 * 16 / 3),
        SLIP("run was replaced by the batch; it moves a tenth of the way", 5, 10, 20. / 3, 16. / 3)));
}
END_TEST

START_TEST(norm_eval) /* running means 4, 10, variances 4, 16 */
{
    Run got = student("norm_eval");
    double xhat[6] = {-1, -.5, 0, .5, 1, -.5}, y[6], own[6];
    double s = sqrt(8. / 3), t = sqrt(32. / 9);
    for (int i = 0; i < 6; i++) y[i] = i % 2 ? 3 * xhat[i] - 1 : xhat[i];
    const double off[6] = {-2, -4. / 3, 0, 8. / 3, 2, -4. / 3};          /* from the batch's own means */
    for (int i = 0; i < 6; i++) own[i] = i % 2 ? 3 * (off[i] / t) - 1 : off[i] / s;
    expect(value(&got, "y"), ARRAY(3, 2, y), .rtol = 1e-4, .atol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY("not training: mean and variance come from run, not from this batch", own)));
    expect(value(&got, "run"), MATRIX(2, 2, 4, 10, 4, 16), .rtol = 1e-6);
}
END_TEST

START_TEST(norm_random)
{
    Run got = student("norm_random"), want = reference("norm_random");
    expect(value(&got, "y"), ARRAY(50, 3, value(&want, "y").a), .rtol = 1e-4, .atol = 1e-4, .batch = 50);
    expect(value(&got, "run"), ARRAY(2, 3, value(&want, "run").a), .rtol = 1e-4, .atol = 1e-5);
    Value xhat = value(&got, "xhat");
    for (int j = 0; j < 3; j++) {
        double m = 0, s = 0;
        for (int i = 0; i < 50; i++) {
            m += xhat.a[3 * i + j] / 50;
            s += xhat.a[3 * i + j] * xhat.a[3 * i + j] / 50;
        }
        expect_that(fabs(m) < 1e-4 && fabs(s - 1) < 1e-3,
                    "column %d of xhat has mean %.4g and variance %.4g, want 0 and 1", j, m, s);
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
                    "hint: mean of squares minus square of mean loses every digit here; subtract the mean first, or "
                    "add up in double",
                    right, rsd.a[j]);
    }
    /* a mean that was added up in float will do */
    expect(value(&got, "xhat"), ARRAY(500, 4, value(&want, "xhat").a), .rtol = 1e-3, .atol = 1e-2);
}
END_TEST

/* ---- 4. batchnorm_backward ---- */

static double weighted(const double *x, const double *dy, double gain,
                       int n) /* sum of dy y, one column; the shift does not matter */
{
    double m = 0, v = 0, sum = 0;
    for (int i = 0; i < n; i++) m += x[i] / n;
    for (int i = 0; i < n; i++) v += (x[i] - m) * (x[i] - m) / n;
    for (int i = 0; i < n; i++) sum += dy[i] * gain * (x[i] - m) / sqrt(v + 1e-5);
    return sum;
}

START_TEST(back_by_hand) /* x = (-1, 1): whatever dy says, two rows can only be normalised to -1 and 1 */
{
    Run got = student("back_by_hand");
    double g = 2 / sqrt(1 + 1e-5);
    expect(value(&got, "dshift"), SCALAR(4), .rtol = 1e-5, .batch = 2);
    expect(value(&got, "dgain"), SCALAR(-2), .rtol = 1e-3, .batch = 2);
    expect(value(&got, "dx"), MATRIX(2, 1, 0, 0), .atol = 1e-3, .slips = SLIPS(
        SLIP("mean and sd depend on x as well: subtract mean(dy) and xhat mean(dy xhat)", 3 * g, g),
        SLIP("the sd depends on x as well: subtract xhat mean(dy xhat)", g, -g),
        SLIP("the mean depends on x as well: subtract mean(dy)", 2 * g, 2 * g)));
}
END_TEST

START_TEST(back_random)
{
    enum { N = 7, C = 3 };
    Run got = student("back_random"), want = reference("back_random");
    const double *x = value(&want, "x").a, *dy = value(&want, "dy").a, *gain = value(&want, "gain").a,
                 *xhat = value(&want, "xhat").a, *rsd = value(&want, "rsd").a, h = 1e-5;
    double *dx = numbers(N * C), *dgain = numbers(C), *dshift = numbers(C), *naive = numbers(N * C),
           *no_sd = numbers(N * C), *no_mean = numbers(N * C), *no_gain = numbers(N * C);
    for (int j = 0; j < C; j++) {
        double column[N], up[N];
        for (int i = 0; i < N; i++) {
            column[i] = x[i * C + j];
            up[i] = dy[i * C + j];
            dshift[j] += up[i];
            dgain[j] += up[i] * xhat[i * C + j];
        }
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
    expect(value(&got, "dshift"), ARRAY(1, C, dshift), .rtol = 1e-4, .atol = 1e-5, .batch = N);
    expect(value(&got, "dgain"), ARRAY(1, C, dgain), .rtol = 1e-4, .atol = 1e-4, .batch = N);
    expect(value(&got, "dx"), ARRAY(N, C, dx), .rtol = 1e-3, .atol = 1e-4, .batch = N, .slips = SLIPS(
        SLIP_ARRAY("mean and sd depend on x as well: subtract mean(dy) and xhat mean(dy xhat)", naive),
        SLIP_ARRAY("the sd depends on x as well: subtract xhat mean(dy xhat)", no_sd),
        SLIP_ARRAY("the mean depends on x as well: subtract mean(dy)", no_mean),
        SLIP_ARRAY("the factor gain is missing", no_gain)));
}
END_TEST

/* ---- 5. dcgan_d_step, 6. dcgan_g_step ---- */


START_TEST(d_step_zero)
{
    Run got = student("d_step_zero");
    expect(value(&got, "loss"), SCALAR(2 * log(2)), .rtol = 1e-5, .slips = SLIPS(
        SLIP("D knows nothing: ln 2 for the real batch and ln 2 for the fakes", log(2))));
    expect_d_step("d_step_zero", 2, 2, "images");
}
END_TEST

START_TEST(d_step_random) { expect_d_step("d_step_random", 5, 3, "images"); }
END_TEST

START_TEST(d_step_norm)
{
    Run got = student("d_step_norm"), want = reference("d_step_norm");
    double loss = value(&got, "loss").a[0], right = value(&want, "loss").a[0];
    expect_that(fabs(loss - right) < 1e-4 * fabs(right),
                "with batch norm in D the loss is %.5f, want %.5f\nhint: real and fake go through D separately, "
                "each with a trace of its own: together they would be normalised together",
                loss, right);
    expect(value(&got, "gradient"), ARRAY(2, 1, value(&want, "gradient").a), .rtol = 1e-3, .atol = 1e-4, .batch = 6);
}
END_TEST

static const GeneratorLoss fooling = {
    .other_gradient = "that is the saturating loss, log(1 - D(fake)) going down; the contract wants -log D(fake)",
    .other_loss = "that is log(1 - D(fake)): the fakes' target here is 1",
    .negative_loss = "right but for the sign: G's loss is -mean log D(fake)",
};

START_TEST(g_step_zero)
{
    Run got = student("g_step_zero");
    expect(value(&got, "loss"), SCALAR(log(2)), .rtol = 1e-5);
    expect_g_step("g_step_zero", 2, 2, 2, fooling);
}
END_TEST

START_TEST(g_step_random) { expect_g_step("g_step_random", 5, 2, 3, fooling); }
END_TEST

/* ---- all together ---- */

START_TEST(adjoint)
{
    Run got = student("adjoint");
    double a = value(&got, "conv_x_y").a[0], b = value(&got, "x_convt_y").a[0];
    expect_that(fabs(a - b) < 1e-4 * (1 + fabs(a)),
                "<conv(x), y> = %.6g, <x, convt(y)> = %.6g; they should be equal\nhint: the same pairs of big and "
                "small pixels, the same weight?",
                a, b);
}
END_TEST

START_TEST(play)
{
    Run got = student("play");
    Value mean = value(&got, "mean");
    expect_that(hypot(mean.a[0] - 2, mean.a[1] + 1) < .35,
                "real points lie around (2, -1); after 400 rounds G's lie around (%.2f, %.2f)", mean.a[0], mean.a[1]);
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
    return judge_main("10_dcgan", EXERCISES(
        EXERCISE("conv_forward", conv_by_hand, conv_padded, conv_plain, conv_sizes),
        EXERCISE("convt_forward", convt_by_hand, convt_padded, convt_plain, convt_sizes),
        EXERCISE("batchnorm_forward", norm_by_hand, norm_eval, norm_random, norm_far, norm_nearly_equal, norm_sizes),
        EXERCISE("batchnorm_backward", back_by_hand, back_random, back_sizes),
        EXERCISE("dcgan_d_step", d_step_zero, d_step_random, d_step_norm, d_step_sizes),
        EXERCISE("dcgan_g_step", g_step_zero, g_step_random, g_step_sizes),
        EXERCISE("together", adjoint, play)));
}
