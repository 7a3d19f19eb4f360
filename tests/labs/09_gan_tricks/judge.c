/* The judge of lab 09: hand cases, closed forms in double, finite differences of the penalty and of the batch's
 * deviation, a known spectrum. */
#include "judge.h"

#include <math.h>
#include <string.h>

/* ---- 1. smooth_target ---- */

START_TEST(target_by_hand)
{
    Run got = student("target_by_hand");
    expect(value(&got, "one_side"), MATRIX(4, 1, .9, 0, 0, .9), .rtol = 1e-6, .atol = 1e-7, .slips = SLIPS(
        SLIP("a and b are swapped: a is what real samples (y = 1) get", 0, .9, .9, 0),
        SLIP("that is y itself, not smoothed", 1, 0, 0, 1),
        SLIP("fakes get b, not 1 - a", .9, .1, .1, .9)));
    expect(value(&got, "two_sides"), MATRIX(4, 1, .9, .2, .2, .9), .rtol = 1e-6, .atol = 1e-7, .slips = SLIPS(
        SLIP("only one side: fakes (y = 0) get b", .9, 0, 0, .9),
        SLIP("fakes get b, not 1 - a", .9, .1, .1, .9),
        SLIP("where y is 1 nothing of b is left: b + y (a - b)", 1.1, .2, .2, 1.1)));
}
END_TEST

START_TEST(target_between)
{
    Run got = student("target_between"), want = reference("target_between");
    double *t = numbers(9), *rounded = numbers(9);
    const double *y = value(&want, "y").a;
    for (int i = 0; i < 9; i++) {
        t[i] = .3 + y[i] * (.8 - .3);
        rounded[i] = y[i] > .5 ? .8 : .3;
    }
    expect(value(&got, "t"), ARRAY(9, 1, t), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP_ARRAY("between 0 and 1 along a line: b + y (a - b)", rounded)));
}
END_TEST

START_TEST(best_d)
{
    Run got = student("best_d"), want = reference("best_d");
    double *D = numbers(24), *raw = numbers(24), *one = numbers(24);
    const double *p = value(&want, "p").a, *q = value(&want, "q").a;
    for (int i = 0; i < 12; i++)
        for (int k = 0; k < 2; k++) {
            D[2 * i + k] = (.9 * p[i] + (k ? .1 : 0) * q[i]) / (p[i] + q[i]);
            raw[2 * i + k] = p[i] / (p[i] + q[i]);
            one[2 * i + k] = .9 * raw[2 * i + k];
        }
    expect(value(&got, "D"), ARRAY(12, 2, D), .rtol = 1e-3, .atol = 1e-4, .slips = SLIPS(
        SLIP_ARRAY("the best D came out as p / (p + q): nothing is smoothed", raw),
        SLIP_ARRAY("the best D came out as a p / (p + q) both times: b is not used", one)));
}
END_TEST

/* ---- 2. instance_noise ---- */

#define NOT_FADED "the noise does not fade: at step n its sd is sd (1 - n/last), in floats: n/last of two longs is 0"

START_TEST(noise_by_hand)
{
    Run got = student("noise_by_hand");
    static const double x[] = {1, 2, 3, 4}, eps[] = {1, -1, .5, 0}, scale[] = {2, 1.2, 0, 0};
    static const char *const name[] = {"start", "middle", "end", "after"};
    for (int k = 0; k < 4; k++) {
        double *right = numbers(4), *full = numbers(4), *var = numbers(4), *rise = numbers(4), *below = numbers(4);
        for (int i = 0; i < 4; i++) {
            right[i] = x[i] + scale[k] * eps[i];
            full[i] = x[i] + 2 * eps[i];
            var[i] = x[i] + sqrt(scale[k]) * eps[i];
            rise[i] = x[i] + (2 - scale[k]) * eps[i];
            below[i] = x[i] + 2 * (1 - 1.5) * eps[i];
        }
        expect(value(&got, name[k]), ARRAY(2, 2, right), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
            SLIP_ARRAY(NOT_FADED, full),
            SLIP_ARRAY("after step last the sd is 0, not negative", k == 3 ? below : full),
            SLIP_ARRAY(k == 0 ? "at step 0 there is no noise yet in your x: its sd should be sd"
                              : "the noise rises; it should fall from sd to 0",
                       k == 0 ? x : rise),
            SLIP_ARRAY("sd is a standard deviation: no square root", var)));
    }
}
END_TEST

START_TEST(noise_random)
{
    Run got = student("noise_random"), want = reference("noise_random");
    const double *x = value(&want, "x").a, *eps = value(&want, "eps").a;
    double *right = numbers(24), *whole = numbers(24);
    for (int i = 0; i < 24; i++) {
        right[i] = x[i] + .7 * (1 - 333 / 1000.) * eps[i];
        whole[i] = x[i] + .7 * eps[i];
    }
    expect(value(&got, "y"), ARRAY(8, 3, right), .rtol = 1e-5, .atol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY("no noise at all: 333/1000 and 1 - 333/1000 of two longs are 0 and 1, divide floats", x),
        SLIP_ARRAY(NOT_FADED, whole)));
}
END_TEST

/* ---- 3. minibatch_std ---- */

/* 1/d sum_j sd_j of x (n,d), with 1/div under the root. */
static double mean_sd(const double *x, int n, int d, int div)
{
    double s = 0;
    for (int j = 0; j < d; j++) {
        double mean = 0, square = 0;
        for (int i = 0; i < n; i++) mean += x[i * d + j] / n;
        for (int i = 0; i < n; i++) square += pow(x[i * d + j] - mean, 2) / div;
        s += sqrt(square) / d;
    }
    return s;
}

static const double *with_column(const double *x, int n, int d, double s)
{
    double *y = numbers(n * (d + 1));
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < d; j++) y[i * (d + 1) + j] = x[i * d + j];
        y[i * (d + 1) + d] = s;
    }
    return y;
}

static double rows_sd(const double *x, int n, int d) /* the slip: sd over the features of each sample, then the mean */
{
    double *t = numbers(n * d);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < d; j++) t[j * n + i] = x[i * d + j];
    return mean_sd(t, d, n, d);
}

static void expect_std(Value y, const double *x, int n, int d)
{
    double s = mean_sd(x, n, d, n), var = 0;
    for (int j = 0; j < d; j++) {
        double *c = numbers(n);
        for (int i = 0; i < n; i++) c[i] = x[i * d + j];
        var += pow(mean_sd(c, n, 1, n), 2) / d;
    }
    expect(y, ARRAY(n, d + 1, with_column(x, n, d, s)), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP_ARRAY("divided by B - 1; here it is 1/B", with_column(x, n, d, mean_sd(x, n, d, n - 1))),
        SLIP_ARRAY("that is the sum over features; take their mean", with_column(x, n, d, s * d)),
        SLIP_ARRAY("that is the mean variance: a root is missing", with_column(x, n, d, var)),
        SLIP_ARRAY("the root of the mean variance; take the mean of the roots", with_column(x, n, d, sqrt(var))),
        SLIP_ARRAY("the deviation over the features of each sample; take it over the batch, per feature",
                   with_column(x, n, d, rows_sd(x, n, d)))));
}

START_TEST(std_by_hand)
{
    Run got = student("std_by_hand"); /* sd 1 and 3: their mean is 2 */
    expect_std(value(&got, "y"), (double[]){1, 5, 3, 5, 1, 11, 3, 11}, 4, 2);
}
END_TEST

START_TEST(std_identical)
{
    Run got = student("std_identical");
    expect(value(&got, "y"), MATRIX(3, 3, 7, -2, 0, 7, -2, 0, 7, -2, 0), .rtol = 1e-6, .atol = 1e-5);
    Value dx = value(&got, "dx");
    expect_that(dx.d < 1 || !isnan(dx.a[0]), "dx[0][0] is nan\nhint: where all samples are the same, x - mean and the "
                                             "deviation are both 0: 0/0. Skip such a feature");
    expect(dx, MATRIX(3, 2, 1, 2, 3, 4, 5, 6), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP_ARRAY("only the deviation's part is there; the first d columns hand their gradient back as it is",
                   numbers(6))));
}
END_TEST

START_TEST(std_random)
{
    Run got = student("std_random"), want = reference("std_random");
    expect_std(value(&got, "y"), value(&want, "x").a, 9, 5);
}
END_TEST

static double weighted(const double *x, const double *dy, int n, int d) /* the number whose gradient is asked for */
{
    double sum = 0, s = mean_sd(x, n, d, n);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < d; j++) sum += x[i * d + j] * dy[i * (d + 1) + j];
        sum += s * dy[i * (d + 1) + d];
    }
    return sum;
}

START_TEST(std_back_random)
{
    enum { N = 6, D = 4 };
    Run got = student("std_back_random"), want = reference("std_back_random");
    const double *x = value(&want, "x").a, *dy = value(&want, "dy").a;
    double *right = numbers(N * D), *moved = numbers(N * D), *copy = numbers(N * D), *own = numbers(N * D),
           *only = numbers(N * D), h = 1e-6, ds = 0;
    for (int i = 0; i < N * D; i++) {
        moved[i] = x[i];
        copy[i] = dy[i / D * (D + 1) + i % D];
    }
    for (int i = 0; i < N; i++) ds += dy[i * (D + 1) + D];
    for (int i = 0; i < N * D; i++) { /* central differences */
        moved[i] = x[i] + h;
        double up = weighted(moved, dy, N, D), s = mean_sd(moved, N, D, N);
        moved[i] = x[i] - h;
        right[i] = (up - weighted(moved, dy, N, D)) / (2 * h);
        double slope = (s - mean_sd(moved, N, D, N)) / (2 * h);
        moved[i] = x[i];
        own[i] = copy[i] + slope * dy[i / D * (D + 1) + D];
        only[i] = slope * ds;
    }
    expect(value(&got, "dx"), ARRAY(N, D, right), .rtol = 1e-3, .atol = 1e-4, .batch = N, .slips = SLIPS(
        SLIP_ARRAY("only the copy's part is there; the last column's gradient flows back through the deviation", copy),
        SLIP_ARRAY("only the deviation's part is there; the first d columns hand their gradient back as it is", only),
        SLIP_ARRAY("each row used its own entry of the last column; all rows got the same s, so their gradients add up "
                   "first", own)));
}
END_TEST

/* ---- 4. pack ---- */

START_TEST(pack_by_hand)
{
    Run got = student("pack_by_hand");
    expect(value(&got, "pairs"), MATRIX(2, 4, 1, 2, 3, 4, 5, 6, 7, 8), .slips = SLIPS(
        SLIP("rows i and i + B/m are packed together; a pack holds m rows that follow each other",
             1, 2, 5, 6, 3, 4, 7, 8),
        SLIP("feature by feature; a pack is one whole sample after the other", 1, 3, 2, 4, 5, 7, 6, 8)));
    expect(value(&got, "single"), MATRIX(4, 2, 1, 2, 3, 4, 5, 6, 7, 8), .rtol = 0);
    expect(value(&got, "all"), MATRIX(1, 8, 1, 2, 3, 4, 5, 6, 7, 8), .rtol = 0);
}
END_TEST

START_TEST(pack_and_back)
{
    Run got = student("pack_and_back"), want = reference("pack_and_back");
    const double *x = value(&want, "x").a;
    expect(value(&got, "p"), ARRAY(4, 9, x), .rtol = 1e-6, .atol = 1e-6);
    expect(value(&got, "back"), ARRAY(12, 3, x), .rtol = 1e-6, .atol = 1e-6);
}
END_TEST

/* ---- 5. gradient_penalty ---- */

#define ADDS "add to .g what is there already: the gradients of the loss stand in it"

START_TEST(penalty_by_hand)
{
    Run got = student("penalty_by_hand"); /* |v|^2 = 25 everywhere: R1 = 25/4, its gradient gamma w = (1.5, 2) */
    expect(value(&got, "R1"), SCALAR(6.25), .rtol = 1e-5, .batch = 3, .slips = SLIPS(
        SLIP("gamma/2, not gamma", 12.5),
        SLIP("that is gamma/2 |v|; square the length", 1.25),
        SLIP("|v|^2 = 25 is summed over the two features; then gamma/2 times the mean over samples", 1.5625),
        SLIP("times gamma/2", 25)));
    expect(value(&got, "dW"), MATRIX(2, 1, 11.5, 12), .rtol = 2e-3, .slips = SLIPS(
        SLIP(ADDS, 1.5, 2),
        SLIP("nothing was added to D's .g", 10, 10),
        SLIP("the backward pass of ones that gives v must not add to .g: WRT_INPUT alone", 11.5, 15),
        SLIP("three times too much: average over the batch", 14.5, 16),
        SLIP("twice the gradient: R1 has gamma/2, and a central difference divides by 2h", 13, 14),
        SLIP("half the gradient: of |v|^2 it is 2 v . dv", 10.75, 11),
        SLIP("the sign: the gradient at x + h v minus the one at x - h v", 8.5, 8),
        SLIP("the length of v is lost: its weight is 1/h, with h = PENALTY_STEP / |v|", 10.3, 10.4),
        SLIP("a one-sided difference?", 11.75, 12)));
    double db = value(&got, "db").a[0];
    expect_that(fabs(db - 10) < .01, "db: want 10, got %.6g\nhint: %s", db,
                db > 12.5 && db < 13.5 ? "the backward pass of ones that gives v must not add to .g: WRT_INPUT alone"
                                       : "D's bias has no influence on its slope");
}
END_TEST

START_TEST(penalty_flat)
{
    Run got = student("penalty_flat");
    expect(value(&got, "R1"), SCALAR(0), .atol = 1e-6);
    Value dW = value(&got, "dW");
    expect_that(
        dW.d < 1 || !isnan(dW.a[0]),
        "dW[0][0]: want 0, got nan\nhint: |v| is 0 there: h = PENALTY_STEP / |v| needs a floor, or skip the row");
    expect(dW, ARRAY(4, 4, numbers(16)), .atol = 1e-5);
}
END_TEST

/* R1 of a tanh net 2-5-5-1 in double: weights W0 b0 W1 b1 W2 b2 one after the other in theta. */
enum { H = 5, PLACES = 2 * H + H + H * H + H + H + 1 };
static double r1(const double *theta, const double *x, int n, double gamma)
{
    const double *W0 = theta, *b0 = W0 + 2 * H, *W1 = b0 + H, *b1 = W1 + H * H, *W2 = b1 + H;
    double sum = 0;
    for (int i = 0; i < n; i++) {
        double h[H], k[H], dk[H], dh[H];
        for (int j = 0; j < H; j++) h[j] = tanh(x[2 * i] * W0[j] + x[2 * i + 1] * W0[H + j] + b0[j]);
        for (int j = 0; j < H; j++) {
            double a = b1[j];
            for (int l = 0; l < H; l++) a += h[l] * W1[l * H + j];
            k[j] = tanh(a);
            dk[j] = W2[j] * (1 - k[j] * k[j]);
        }
        for (int l = 0; l < H; l++) {
            dh[l] = 0;
            for (int j = 0; j < H; j++) dh[l] += W1[l * H + j] * dk[j];
            dh[l] *= 1 - h[l] * h[l];
        }
        for (int c = 0; c < 2; c++) {
            double v = 0;
            for (int l = 0; l < H; l++) v += W0[c * H + l] * dh[l];
            sum += v * v;
        }
    }
    return gamma / 2 * sum / n;
}

START_TEST(penalty_random)
{
    static const char *const weight[] = {"W0", "b0", "W1", "b1", "W2", "b2"}, *const gradient[] = {"g0", "h0", "g1",
                                                                                                   "h1", "g2", "h2"};
    Run got = student("penalty_random"), want = reference("penalty_random");
    const double *x = value(&want, "x").a;
    double theta[PLACES], right[PLACES], doubled[PLACES], per_batch[PLACES], h = 1e-5;
    for (int k = 0, at = 0; k < 6; k++) {
        Value v = value(&want, weight[k]);
        for (int i = 0; i < v.n * v.d; i++) theta[at++] = v.a[i];
    }
    expect(value(&got, "R1"), SCALAR(r1(theta, x, 4, 2)), .rtol = 1e-4, .atol = 1e-6, .batch = 4);
    for (int i = 0; i < PLACES; i++) { /* brute force: differences of R1 itself */
        double now = theta[i];
        theta[i] = now + h;
        double up = r1(theta, x, 4, 2);
        theta[i] = now - h;
        right[i] = (up - r1(theta, x, 4, 2)) / (2 * h);
        theta[i] = now;
        doubled[i] = 2 * right[i];
        per_batch[i] = 4 * right[i];
    }
    for (int k = 0, at = 0; k < 6; k++) {
        Value g = value(&got, gradient[k]), w = value(&want, weight[k]);
        expect(g, ARRAY(w.n, w.d, right + at), .rtol = 5e-3, .atol = 2e-3, .batch = 4, .slips = SLIPS(
            SLIP_ARRAY("twice the gradient: R1 has gamma/2, and a central difference divides by 2h", doubled + at),
            SLIP_ARRAY("the mean over the batch is missing", per_batch + at)));
        at += w.n * w.d;
    }
    expect_that(!memcmp(value(&got, "W0_after").a, value(&got, "W0").a, 2 * H * sizeof(double)),
                "D's weights moved\nhint: only their .g changes here");
}
END_TEST

/* ---- 6. spectral_norm ---- */

START_TEST(norm_by_hand)
{
    /* u = (1,1): u W = (3,4,0), v = (.6,.8,0), v W^T = (1.8,3.2) of length sqrt(13.48) */
    Run got = student("norm_by_hand");
    double l = sqrt(13.48);
    expect(value(&got, "first"), SCALAR(l), .rtol = 1e-5, .slips = SLIPS(
        SLIP("that is |u W|, with a u of length sqrt 2; sigma is |v W^T|", 5),
        SLIP("that is sigma squared: a root is missing", 13.48),
        SLIP("that is |u W|; the contract's sigma is |v W^T|, a half round later", 5 / sqrt(2))));
    expect(value(&got, "u_first"), MATRIX(1, 2, 1.8 / l, 3.2 / l), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP("u came back as it was: write the new u into it (mat_set), the next call goes on from it", 1, 1),
        SLIP("u is not divided by its length", 1.8, 3.2)));
    expect(value(&got, "sigma"), SCALAR(4), .rtol = 1e-5, .slips = SLIPS(
        SLIP("that is the Frobenius norm", 5)));
    expect(value(&got, "u"), MATRIX(1, 2, 0, 1), .rtol = 1e-5, .atol = 1e-5);
}
END_TEST

START_TEST(norm_zero)
{
    Run got = student("norm_zero");
    expect_that(!isnan(value(&got, "sigma").a[0]),
                "sigma: want 0, got nan\nhint: W = 0 makes |u W| zero: return 0 before dividing by it");
    expect(value(&got, "sigma"), SCALAR(0), .atol = 1e-6);
    Value u = value(&got, "u");
    expect_that(u.d == 2 && fabs(u.a[0] - .6) < 1e-6 && fabs(u.a[1] - .8) < 1e-6,
                "u: want [0.6 0.8] as before, got [%.4g %.4g]\nhint: W = 0 leaves u alone: return "
                "before dividing by 0",
                u.a[0], u.d > 1 ? u.a[1] : 0);
}
END_TEST

START_TEST(norm_known)
{
    Run got = student("norm_known"), want = reference("norm_known");
    const double *P = value(&want, "P").a;
    expect(value(&got, "sigma"), SCALAR(5), .rtol = 1e-4, .slips = SLIPS(
        SLIP("that is sigma squared: a root is missing", 25),
        SLIP("that is the Frobenius norm", sqrt(30))));
    Value u = value(&got, "u");
    double along = 0;
    for (int i = 0; i < 6 && u.d == 6; i++) along += u.a[i] * P[3 * i];
    expect_that(fabs(fabs(along) - 1) < 1e-4,
                "after 30 calls of one round each, u is not the leading left singular vector (cosine %.4f)\n"
                "hint: u is changed in place; the next call goes on from it",
                along);
}
END_TEST

/* ---- all together ---- */

START_TEST(slopes)
{
    Run got = student("slopes"), want = reference("slopes");
    double free_ = value(&got, "free").a[0], penalised = value(&got, "penalised").a[0],
           bounded = value(&got, "bounded").a[0];
    expect_that(penalised < .5 * free_,
                "D's slope on the data is %.3f with the penalty, %.3f without\nhint: R1 should flatten D at the data",
                penalised, free_);
    expect_that(bounded < 1.2,
                "D's slope is %.3f with three layers bound to 1\nhint: leaky ReLUs stretch nothing, so it is the "
                "product of the sigmas at most",
                bounded);
    expect(value(&got, "free"), ARRAY(1, 1, value(&want, "free").a), .rtol = .05);
}
END_TEST

/* ---- sizes and numbers from the seed ---- */

AS_REFERENCE(target_sizes, 1e-5, 1e-6)
AS_REFERENCE(noise_sizes, 1e-5, 1e-5)
AS_REFERENCE(std_sizes, 1e-4, 1e-5)
AS_REFERENCE(std_back_sizes, 1e-3, 1e-4)
AS_REFERENCE(pack_sizes, 1e-6, 1e-6)
AS_REFERENCE(penalty_sizes, 1e-2, 1e-2)

START_TEST(penalty_flat_row)
{
    Run got = student("penalty_flat_row"), want = reference("penalty_flat_row");
    Value dW = value(&got, "dW0");
    double sum = 0;
    for (int i = 0; i < dW.n * dW.d; i++) sum += fabs(dW.a[i]);
    expect_that(isfinite(sum) && sum > 0,
                "one row of several has no slope: |dW| adds up to %g\nhint: a row with v = 0 adds nothing: no 0/0, "
                "and the other rows count",
                sum);
    for (int i = 0; i < want.values; i++)
        expect(value(&got, want.value[i].name), ARRAY(want.value[i].n, want.value[i].d, want.value[i].a), .rtol = 1e-2,
               .atol = 1e-2);
}
END_TEST

AS_REFERENCE(norm_sizes, 1e-4, 1e-4)

int main(void)
{
    return judge_main("09_gan_tricks", EXERCISES(
        EXERCISE("smooth_target", target_by_hand, target_between, best_d, target_sizes),
        EXERCISE("instance_noise", noise_by_hand, noise_random, noise_sizes),
        EXERCISE("minibatch_std", std_by_hand, std_identical, std_random, std_back_random, std_sizes, std_back_sizes),
        EXERCISE("pack", pack_by_hand, pack_and_back, pack_sizes),
        EXERCISE("gradient_penalty", penalty_by_hand, penalty_flat, penalty_random, penalty_sizes, penalty_flat_row),
        EXERCISE("spectral_norm", norm_by_hand, norm_zero, norm_known, norm_sizes),
        EXERCISE("together", slopes)));
}
