/* The judge of lab 09: hand cases, closed forms in double, finite differences of the penalty and of the batch's deviation, a known spectrum. */
#include "judge.h"

#include <math.h>
#include <string.h>

/* ---- 1. smooth_target ---- */

START_TEST(target_by_hand)
{
    Run got = student("target_by_hand");
    expect(value(&got, "one_side"), (double[]){.9, 0, 0, .9}, 4, 1, 1e-6, 1e-7, 0,
           (Slip[]){{(double[]){0, .9, .9, 0}, "a and b are swapped: a is what real samples (y = 1) get"},
                    {(double[]){1, 0, 0, 1}, "that is y itself, not smoothed"},
                    {(double[]){.9, .1, .1, .9}, "fakes get b, not 1 - a"}, {0}});
    expect(value(&got, "two_sides"), (double[]){.9, .2, .2, .9}, 4, 1, 1e-6, 1e-7, 0,
           (Slip[]){{(double[]){.9, 0, 0, .9}, "only one side: fakes (y = 0) get b"},
                    {(double[]){.9, .1, .1, .9}, "fakes get b, not 1 - a"},
                    {(double[]){1.1, .2, .2, 1.1}, "where y is 1 nothing of b is left: b + y (a - b)"}, {0}});
}
END_TEST

START_TEST(target_between)
{
    Run got = student("target_between"), want = reference("target_between");
    double *t = numbers(9), *rounded = numbers(9);
    const double *y = value(&want, "y").a;
    for (int i = 0; i < 9; i++) t[i] = .3 + y[i] * (.8 - .3), rounded[i] = y[i] > .5 ? .8 : .3;
    expect(value(&got, "t"), t, 9, 1, 1e-5, 1e-6, 0, (Slip[]){{rounded, "between 0 and 1 along a line: b + y (a - b)"}, {0}});
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
            raw[2 * i + k] = p[i] / (p[i] + q[i]), one[2 * i + k] = .9 * raw[2 * i + k];
        }
    expect(value(&got, "D"), D, 12, 2, 1e-3, 1e-4, 0,
           (Slip[]){{raw, "the best D came out as p / (p + q): nothing is smoothed"}, {one, "the best D came out as a p / (p + q) both times: b is not used"}, {0}});
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
            right[i] = x[i] + scale[k] * eps[i], full[i] = x[i] + 2 * eps[i], var[i] = x[i] + sqrt(scale[k]) * eps[i];
            rise[i] = x[i] + (2 - scale[k]) * eps[i], below[i] = x[i] + 2 * (1 - 1.5) * eps[i];
        }
        expect(value(&got, name[k]), right, 2, 2, 1e-5, 1e-6, 0,
               (Slip[]){{full, NOT_FADED}, {k == 3 ? below : full, "after step last the sd is 0, not negative"},
                        {k == 0 ? x : rise, k == 0 ? "at step 0 there is no noise yet in your x: its sd should be sd" : "the noise rises; it should fall from sd to 0"},
                        {var, "sd is a standard deviation: no square root"}, {0}});
    }
}
END_TEST

START_TEST(noise_random)
{
    Run got = student("noise_random"), want = reference("noise_random");
    const double *x = value(&want, "x").a, *eps = value(&want, "eps").a;
    double *right = numbers(24), *whole = numbers(24);
    for (int i = 0; i < 24; i++) right[i] = x[i] + .7 * (1 - 333 / 1000.) * eps[i], whole[i] = x[i] + .7 * eps[i];
    expect(value(&got, "y"), right, 8, 3, 1e-5, 1e-5, 0,
           (Slip[]){{x, "no noise at all: 333/1000 and 1 - 333/1000 of two longs are 0 and 1, divide floats"},
                    {whole, NOT_FADED}, {0}});
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

static double rows_sd(const double *x, int n, int d)        /* the slip: sd over the features of each sample, then the mean */
{
    double *t = numbers(n * d);
    for (int i = 0; i < n; i++) for (int j = 0; j < d; j++) t[j * n + i] = x[i * d + j];
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
    expect(y, with_column(x, n, d, s), n, d + 1, 1e-5, 1e-6, 0,
           (Slip[]){{with_column(x, n, d, mean_sd(x, n, d, n - 1)), "divided by B - 1; here it is 1/B"},
                    {with_column(x, n, d, s * d), "that is the sum over features; take their mean"},
                    {with_column(x, n, d, var), "that is the mean variance: a root is missing"},
                    {with_column(x, n, d, sqrt(var)), "the root of the mean variance; take the mean of the roots"},
                    {with_column(x, n, d, rows_sd(x, n, d)), "the deviation over the features of each sample; take it over the batch, per feature"}, {0}});
}

START_TEST(std_by_hand)
{
    Run got = student("std_by_hand");               /* sd 1 and 3: their mean is 2 */
    expect_std(value(&got, "y"), (double[]){1, 5, 3, 5, 1, 11, 3, 11}, 4, 2);
}
END_TEST

START_TEST(std_identical)
{
    Run got = student("std_identical");
    expect(value(&got, "y"), (double[]){7, -2, 0, 7, -2, 0, 7, -2, 0}, 3, 3, 1e-6, 1e-5, 0, NULL);
    Value dx = value(&got, "dx");
    expect_that(dx.d < 1 || !isnan(dx.a[0]), "dx[0][0] is nan\nhint: where all samples are the same, x - mean and the deviation are both 0: 0/0. Skip such a feature");
    expect(dx, (double[]){1, 2, 3, 4, 5, 6}, 3, 2, 1e-6, 1e-6, 0,
           (Slip[]){{numbers(6), "only the deviation's part is there; the first d columns hand their gradient back as it is"}, {0}});
}
END_TEST

START_TEST(std_random)
{
    Run got = student("std_random"), want = reference("std_random");
    expect_std(value(&got, "y"), value(&want, "x").a, 9, 5);
}
END_TEST

static double weighted(const double *x, const double *dy, int n, int d)      /* the number whose gradient is asked for */
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
    double *right = numbers(N * D), *moved = numbers(N * D), *copy = numbers(N * D), *own = numbers(N * D), *only = numbers(N * D), h = 1e-6, ds = 0;
    for (int i = 0; i < N * D; i++) moved[i] = x[i], copy[i] = dy[i / D * (D + 1) + i % D];
    for (int i = 0; i < N; i++) ds += dy[i * (D + 1) + D];
    for (int i = 0; i < N * D; i++) {               /* central differences */
        moved[i] = x[i] + h;
        double up = weighted(moved, dy, N, D), s = mean_sd(moved, N, D, N);
        moved[i] = x[i] - h;
        right[i] = (up - weighted(moved, dy, N, D)) / (2 * h);
        double slope = (s - mean_sd(moved, N, D, N)) / (2 * h);
        moved[i] = x[i];
        own[i] = copy[i] + slope * dy[i / D * (D + 1) + D], only[i] = slope * ds;
    }
    expect(value(&got, "dx"), right, N, D, 1e-3, 1e-4, N,
           (Slip[]){{copy, "only the copy's part is there; the last column's gradient flows back through the deviation"},
                    {only, "only the deviation's part is there; the first d columns hand their gradient back as it is"},
                    {own, "each row used its own entry of the last column; all rows got the same s, so their gradients add up first"}, {0}});
}
END_TEST

/* ---- 4. pack ---- */

START_TEST(pack_by_hand)
{
    Run got = student("pack_by_hand");
    expect(value(&got, "pairs"), (double[]){1, 2, 3, 4, 5, 6, 7, 8}, 2, 4, 0, 0, 0,
           (Slip[]){{(double[]){1, 2, 5, 6, 3, 4, 7, 8}, "rows i and i + B/m are packed together; a pack holds m rows that follow each other"},
                    {(double[]){1, 3, 2, 4, 5, 7, 6, 8}, "feature by feature; a pack is one whole sample after the other"}, {0}});
    expect(value(&got, "single"), (double[]){1, 2, 3, 4, 5, 6, 7, 8}, 4, 2, 0, 0, 0, NULL);
    expect(value(&got, "all"), (double[]){1, 2, 3, 4, 5, 6, 7, 8}, 1, 8, 0, 0, 0, NULL);
}
END_TEST

START_TEST(pack_and_back)
{
    Run got = student("pack_and_back"), want = reference("pack_and_back");
    const double *x = value(&want, "x").a;
    expect(value(&got, "p"), x, 4, 9, 1e-6, 1e-6, 0, NULL);
    expect(value(&got, "back"), x, 12, 3, 1e-6, 1e-6, 0, NULL);
}
END_TEST

/* ---- 5. gradient_penalty ---- */

#define ADDS "add to .g what is there already: the gradients of the loss stand in it"

START_TEST(penalty_by_hand)
{
    Run got = student("penalty_by_hand");           /* |v|^2 = 25 everywhere: R1 = 25/4, its gradient gamma w = (1.5, 2) */
    expect(value(&got, "R1"), (double[]){6.25}, 1, 1, 1e-5, 0, 3,
           (Slip[]){{(double[]){12.5}, "gamma/2, not gamma"}, {(double[]){1.25}, "that is gamma/2 |v|; square the length"},
                    {(double[]){1.5625}, "|v|^2 = 25 is summed over the two features; then gamma/2 times the mean over samples"},
                    {(double[]){25}, "times gamma/2"}, {0}});
    expect(value(&got, "dW"), (double[]){11.5, 12}, 2, 1, 2e-3, 0, 0,
           (Slip[]){{(double[]){1.5, 2}, ADDS}, {(double[]){10, 10}, "nothing was added to D's .g"},
                    {(double[]){11.5, 15}, "the backward pass of ones that gives v must not add to .g: WRT_INPUT alone"},
                    {(double[]){14.5, 16}, "three times too much: average over the batch"},
                    {(double[]){13, 14}, "twice the gradient: R1 has gamma/2, and a central difference divides by 2h"},
                    {(double[]){10.75, 11}, "half the gradient: of |v|^2 it is 2 v . dv"},
                    {(double[]){8.5, 8}, "the sign: the gradient at x + h v minus the one at x - h v"},
                    {(double[]){10.3, 10.4}, "the length of v is lost: its weight is 1/h, with h = PENALTY_STEP / |v|"},
                    {(double[]){11.75, 12}, "a one-sided difference?"}, {0}});
    double db = value(&got, "db").a[0];
    expect_that(fabs(db - 10) < .01, "db: want 10, got %.6g\nhint: %s", db,
                db > 12.5 && db < 13.5 ? "the backward pass of ones that gives v must not add to .g: WRT_INPUT alone" : "D's bias has no influence on its slope");
}
END_TEST

START_TEST(penalty_flat)
{
    Run got = student("penalty_flat");
    expect(value(&got, "R1"), (double[]){0}, 1, 1, 0, 1e-6, 0, NULL);
    Value dW = value(&got, "dW");
    expect_that(dW.d < 1 || !isnan(dW.a[0]), "dW[0][0]: want 0, got nan\nhint: |v| is 0 there: h = PENALTY_STEP / |v| needs a floor, or skip the row");
    expect(dW, numbers(16), 4, 4, 0, 1e-5, 0, NULL);
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
            k[j] = tanh(a), dk[j] = W2[j] * (1 - k[j] * k[j]);
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
    static const char *const weight[] = {"W0", "b0", "W1", "b1", "W2", "b2"}, *const gradient[] = {"g0", "h0", "g1", "h1", "g2", "h2"};
    Run got = student("penalty_random"), want = reference("penalty_random");
    const double *x = value(&want, "x").a;
    double theta[PLACES], right[PLACES], doubled[PLACES], per_batch[PLACES], h = 1e-5;
    for (int k = 0, at = 0; k < 6; k++) {
        Value v = value(&want, weight[k]);
        for (int i = 0; i < v.n * v.d; i++) theta[at++] = v.a[i];
    }
    expect(value(&got, "R1"), (double[]){r1(theta, x, 4, 2)}, 1, 1, 1e-4, 1e-6, 4, NULL);
    for (int i = 0; i < PLACES; i++) {              /* brute force: differences of R1 itself */
        double now = theta[i];
        theta[i] = now + h;
        double up = r1(theta, x, 4, 2);
        theta[i] = now - h;
        right[i] = (up - r1(theta, x, 4, 2)) / (2 * h);
        theta[i] = now;
        doubled[i] = 2 * right[i], per_batch[i] = 4 * right[i];
    }
    for (int k = 0, at = 0; k < 6; k++) {
        Value g = value(&got, gradient[k]), w = value(&want, weight[k]);
        expect(g, right + at, w.n, w.d, 5e-3, 2e-3, 4,
               (Slip[]){{doubled + at, "twice the gradient: R1 has gamma/2, and a central difference divides by 2h"}, {per_batch + at, "the mean over the batch is missing"}, {0}});
        at += w.n * w.d;
    }
    expect_that(!memcmp(value(&got, "W0_after").a, value(&got, "W0").a, 2 * H * sizeof(double)), "D's weights moved\nhint: only their .g changes here");
}
END_TEST

/* ---- 6. spectral_norm ---- */

START_TEST(norm_by_hand)
{
    /* u = (1,1): u W = (3,4,0), v = (.6,.8,0), v W^T = (1.8,3.2) of length sqrt(13.48) */
    Run got = student("norm_by_hand");
    double l = sqrt(13.48);
    expect(value(&got, "first"), (double[]){l}, 1, 1, 1e-5, 0, 0,
           (Slip[]){{(double[]){5}, "that is |u W|, with a u of length sqrt 2; sigma is |v W^T|"}, {(double[]){13.48}, "that is sigma squared: a root is missing"},
                    {(double[]){5 / sqrt(2)}, "that is |u W|; the contract's sigma is |v W^T|, a half round later"}, {0}});
    expect(value(&got, "u_first"), (double[]){1.8 / l, 3.2 / l}, 1, 2, 1e-5, 1e-6, 0,
           (Slip[]){{(double[]){1, 1}, "u came back as it was: write the new u into it (mat_set), the next call goes on from it"},
                    {(double[]){1.8, 3.2}, "u is not divided by its length"}, {0}});
    expect(value(&got, "sigma"), (double[]){4}, 1, 1, 1e-5, 0, 0, (Slip[]){{(double[]){5}, "that is the Frobenius norm"}, {0}});
    expect(value(&got, "u"), (double[]){0, 1}, 1, 2, 1e-5, 1e-5, 0, NULL);
}
END_TEST

START_TEST(norm_zero)
{
    Run got = student("norm_zero");
    expect_that(!isnan(value(&got, "sigma").a[0]), "sigma: want 0, got nan\nhint: W = 0 makes |u W| zero: return 0 before dividing by it");
    expect(value(&got, "sigma"), (double[]){0}, 1, 1, 0, 1e-6, 0, NULL);
    Value u = value(&got, "u");
    expect_that(u.d == 2 && fabs(u.a[0] - .6) < 1e-6 && fabs(u.a[1] - .8) < 1e-6, "u: want [0.6 0.8] as before, got [%.4g %.4g]\nhint: W = 0 leaves u alone: return "
                "before dividing by 0", u.a[0], u.d > 1 ? u.a[1] : 0);
}
END_TEST

START_TEST(norm_known)
{
    Run got = student("norm_known"), want = reference("norm_known");
    const double *P = value(&want, "P").a;
    expect(value(&got, "sigma"), (double[]){5}, 1, 1, 1e-4, 0, 0,
           (Slip[]){{(double[]){25}, "that is sigma squared: a root is missing"}, {(double[]){sqrt(30)}, "that is the Frobenius norm"}, {0}});
    Value u = value(&got, "u");
    double along = 0;
    for (int i = 0; i < 6 && u.d == 6; i++) along += u.a[i] * P[3 * i];
    expect_that(fabs(fabs(along) - 1) < 1e-4, "after 30 calls of one round each, u is not the leading left singular vector (cosine %.4f)\n"
                "hint: u is changed in place; the next call goes on from it", along);
}
END_TEST

/* ---- all together ---- */

START_TEST(slopes)
{
    Run got = student("slopes"), want = reference("slopes");
    double free_ = value(&got, "free").a[0], penalised = value(&got, "penalised").a[0], bounded = value(&got, "bounded").a[0];
    expect_that(penalised < .5 * free_, "D's slope on the data is %.3f with the penalty, %.3f without\nhint: R1 should flatten D at the data", penalised, free_);
    expect_that(bounded < 1.2, "D's slope is %.3f with three layers bound to 1\nhint: leaky ReLUs stretch nothing, so it is the product of the sigmas at most", bounded);
    expect(value(&got, "free"), value(&want, "free").a, 1, 1, .05, 0, 0, NULL);
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
    expect_that(isfinite(sum) && sum > 0, "one row of several has no slope: |dW| adds up to %g\nhint: a row with v = 0 adds nothing: no 0/0, "
                "and the other rows count", sum);
    for (int i = 0; i < want.values; i++)
        expect(value(&got, want.value[i].name), want.value[i].a, want.value[i].n, want.value[i].d, 1e-2, 1e-2, 0, NULL);
}
END_TEST

AS_REFERENCE(norm_sizes, 1e-4, 1e-4)

int main(void)
{
    Suite *s = suite_create("09_gan_tricks");
    TCase *t = exercise(s, "smooth_target");
    tcase_add_test(t, target_by_hand), tcase_add_test(t, target_between), tcase_add_test(t, best_d);
    tcase_add_test(t, target_sizes);
    t = exercise(s, "instance_noise");
    tcase_add_test(t, noise_by_hand), tcase_add_test(t, noise_random);
    tcase_add_test(t, noise_sizes);
    t = exercise(s, "minibatch_std");
    tcase_add_test(t, std_by_hand), tcase_add_test(t, std_identical), tcase_add_test(t, std_random), tcase_add_test(t, std_back_random);
    tcase_add_test(t, std_sizes);
    tcase_add_test(t, std_back_sizes);
    t = exercise(s, "pack");
    tcase_add_test(t, pack_by_hand), tcase_add_test(t, pack_and_back);
    tcase_add_test(t, pack_sizes);
    t = exercise(s, "gradient_penalty");
    tcase_add_test(t, penalty_by_hand), tcase_add_test(t, penalty_flat), tcase_add_test(t, penalty_random);
    tcase_add_test(t, penalty_sizes);
    tcase_add_test(t, penalty_flat_row);
    t = exercise(s, "spectral_norm");
    tcase_add_test(t, norm_by_hand), tcase_add_test(t, norm_zero), tcase_add_test(t, norm_known);
    tcase_add_test(t, norm_sizes);
    t = exercise(s, "together");
    tcase_add_test(t, slopes);
    return judge_main(s);
}
