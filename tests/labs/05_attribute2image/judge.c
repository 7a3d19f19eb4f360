/* The judge of lab 05: hand cases, closed forms in double, pictures whose colour is known, and a short training. */
#include "judge.h"

#include <math.h>

/* ---- 1. cond_join ---- */

#define BLOCKS_FIRST "the columns of x come first, then the blocks"
#define AS_A_NUMBER "a value is not a number but one of several columns: 1 in its own, 0 in the others"
#define ONE_BLOCK "each attribute has a block of its own: go on by values[k] columns from one to the next"
#define FROM_ONE "values are counted from 0: the first value has the first column of its block"

START_TEST(join_by_hand)
{
    Run got = student("join_by_hand");
    expect(value(&got, "y"), MATRIX(2, 7, 10, 11, 0, 0, 1, 1, 0, 20, 21, 1, 0, 0, 0, 1), .atol = 1e-6, .slips = SLIPS(
        SLIP(BLOCKS_FIRST, 0, 0, 1, 1, 0, 10, 11, 1, 0, 0, 0, 1, 20, 21),
        SLIP(AS_A_NUMBER, 10, 11, 0, 0, 2, 0, 0, 20, 21, 0, 0, 0, 0, 1),
        SLIP(ONE_BLOCK, 10, 11, 1, 0, 1, 0, 0, 20, 21, 1, 1, 0, 0, 0),
        SLIP("the blocks stand in the attributes' order, the first attribute's first",
             10, 11, 1, 0, 0, 0, 1, 20, 21, 0, 1, 1, 0, 0)));
}
END_TEST

START_TEST(join_bare)
{
    Run got = student("join_bare");
    expect(value(&got, "y"), MATRIX(3, 7, 0, 1, 0, 0, 0, 1, 1, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1), .atol = 1e-6);
}
END_TEST

AS_REFERENCE(join_sizes, 0, 1e-6)

/* ---- 2. compose_layers ---- */

static void expect_composed(const char *test_case, int n, int p, int colours)
{
    Run got = student(test_case), want = reference(test_case);
    const double *gate = value(&want, "gate").a, *f = value(&want, "fore").a, *b = value(&want, "back").a;
    int d = p * colours;
    double *x = numbers(n * d), *swapped = numbers(n * d), *added = numbers(n * d), *first = numbers(n * d);
    for (int i = 0; i < n * d; i++) {
        double g = gate[i / colours], other = gate[i / d * p + i % d % p];
        x[i] = g * f[i] + (1 - g) * b[i];
        swapped[i] = (1 - g) * f[i] + g * b[i];
        added[i] = g * f[i] + b[i];
        first[i] = other * f[i] + (1 - other) * b[i];
    }
    expect(value(&got, "x"), ARRAY(n, d, x), .rtol = 1e-5, .atol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY("where the gate is 1 there is foreground: g f + (1 - g) b", swapped),
        SLIP_ARRAY("the background shows through only as far as the gate is shut: (1 - g) b", added),
        SLIP_ARRAY("the colours of a pixel stand side by side: number i belongs to the pixel, and the gate, i / "
                   "colours", first)));
}

START_TEST(compose_by_hand) { expect_composed("compose_by_hand", 1, 2, 3); }
END_TEST
START_TEST(compose_grey) { expect_composed("compose_grey", 2, 2, 1); }
END_TEST
AS_REFERENCE(compose_sizes, 1e-5, 1e-5)

/* ---- 3. compose_backward ---- */

static void expect_back(const char *test_case, int n, int p, int colours)
{
    Run got = student(test_case), want = reference(test_case);
    const double *gate = value(&want, "gate").a, *f = value(&want, "fore").a, *b = value(&want, "back").a,
                 *dx = value(&want, "dx").a;
    int d = p * colours;
    double *df = numbers(n * d), *db = numbers(n * d), *dg = numbers(n * p);
    double *turned = numbers(n * p), *mean = numbers(n * p), *last = numbers(n * p), *open = numbers(n * p);
    for (int i = 0; i < n * d; i++) {
        int at = i / colours;
        double along = (f[i] - b[i]) * dx[i];
        df[i] = gate[at] * dx[i];
        db[i] = (1 - gate[at]) * dx[i];
        dg[at] += along;
        turned[at] -= along;
        mean[at] += along / colours;
        last[at] = along;
        open[at] += f[i] * dx[i];
    }
    const char *swapped =
        "the foreground shows where the gate is open: g dx belongs to it, (1 - g) dx to the background";
    expect(value(&got, "dfore"), ARRAY(n, d, df), .rtol = 1e-4, .atol = 1e-5, .batch = n, .slips = SLIPS(
        SLIP_ARRAY(swapped, db),
        SLIP_ARRAY("the foreground counts only as far as the gate is open: g dx", dx)));
    expect(value(&got, "dback"), ARRAY(n, d, db), .rtol = 1e-4, .atol = 1e-5, .batch = n, .slips = SLIPS(
        SLIP_ARRAY(swapped, df),
        SLIP_ARRAY("the background counts only as far as the gate is shut: (1 - g) dx", dx)));
    expect(value(&got, "dgate"), ARRAY(n, p, dg), .rtol = 1e-4, .atol = 1e-4, .batch = n, .slips = SLIPS(
        SLIP_ARRAY("the sign: an opening gate brings f and takes b away", turned),
        SLIP_ARRAY("all colours share the gate: add up what they say, do not average", mean),
        SLIP_ARRAY("all colours share the gate: add up what they say (+=), one after the other", last),
        SLIP_ARRAY("an opening gate also takes the background away: (f - b) dx", open)));
}

START_TEST(backward_by_hand) { expect_back("backward_by_hand", 1, 2, 2); }
END_TEST
START_TEST(backward_random) { expect_back("backward_random", 3, 5, 3); }
END_TEST
AS_REFERENCE(backward_sizes, 1e-4, 1e-4)

/* ---- 4. cvae_loss ---- */

typedef struct {
    const double *mu, *logvar;
} Code;

static Code code_of(const Run *want, const char *mu, const char *logvar)
{
    Code code = {value(want, mu).a, value(want, logvar).a};
    return code;
}

static double kl_of(Code q, Code p, int size)
{
    double sum = 0;
    for (int i = 0; i < size; i++) {
        double off = q.mu[i] - p.mu[i];
        sum += (p.logvar[i] - q.logvar[i] + (exp(q.logvar[i]) + off * off) / exp(p.logvar[i]) - 1) / 2;
    }
    return sum;
}

/* The gradients of the KL, with the slips that each invites. */
static void expect_codes(const Run *got, Code q, Code p, int n, int Z, double beta)
{
    int size = n * Z;
    double *dmu_q = numbers(size), *dmu_p = numbers(size), *dlv_q = numbers(size), *dlv_p = numbers(size);
    double *free_mu = numbers(size), *no_v = numbers(size), *free_q = numbers(size), *free_p = numbers(size);
    double *whole_q = numbers(size), *whole_p = numbers(size), *no_1 = numbers(size), *no_off = numbers(size);
    for (int i = 0; i < size; i++) {
        double off = q.mu[i] - p.mu[i], vq = exp(q.logvar[i]), vp = exp(p.logvar[i]), each = beta / n,
               ratio = (vq + off * off) / vp;
        dmu_q[i] = each * off / vp;
        dmu_p[i] = -dmu_q[i];
        dlv_q[i] = each * (vq / vp - 1) / 2;
        dlv_p[i] = each * (1 - ratio) / 2;
        free_mu[i] = off / vp / n;
        no_v[i] = each * off;
        free_q[i] = dlv_q[i] / beta;
        free_p[i] = dlv_p[i] / beta;
        whole_q[i] = 2 * dlv_q[i];
        whole_p[i] = 2 * dlv_p[i];
        no_1[i] = each * vq / vp / 2;
        no_off[i] = each * (1 - vq / vp) / 2;
    }
    const char *price = "L has beta kl: beta belongs to this gradient", *half = "the factor 1/2 of the KL";
    expect(value(got, "dmu_q"), ARRAY(n, Z, dmu_q), .rtol = 1e-4, .atol = 1e-5, .batch = n, .slips = SLIPS(
        SLIP_ARRAY(price, free_mu),
        SLIP_ARRAY("the distance of the means counts in units of p's variance: divide by v_p", no_v),
        SLIP_ARRAY("the sign: q's mean is drawn to p's", dmu_p)));
    expect(value(got, "dmu_p"), ARRAY(n, Z, dmu_p), .rtol = 1e-4, .atol = 1e-5, .batch = n, .slips = SLIPS(
        SLIP_ARRAY("the sign: where q's mean pulls one way, p's is pulled the other", dmu_q),
        SLIP_ARRAY("p learns too: the prior comes to meet the codes", numbers(size))));
    expect(value(got, "dlogvar_q"), ARRAY(n, Z, dlv_q), .rtol = 1e-4, .atol = 1e-5, .batch = n, .slips = SLIPS(
        SLIP_ARRAY(price, free_q),
        SLIP_ARRAY(half, whole_q),
        SLIP_ARRAY("the KL also has - logvar_q: v_q / v_p - 1", no_1)));
    expect(value(got, "dlogvar_p"), ARRAY(n, Z, dlv_p), .rtol = 1e-4, .atol = 1e-5, .batch = n, .slips = SLIPS(
        SLIP_ARRAY(price, free_p),
        SLIP_ARRAY(half, whole_p),
        SLIP_ARRAY("v_p also stands under (mu_q - mu_p)^2", no_off),
        SLIP_ARRAY("p learns too: the prior comes to meet the codes", numbers(size))));
}

static void expect_bound(const char *test_case, int n, int d, int Z, double sd, double beta)
{
    Run got = student(test_case), want = reference(test_case);
    const double *y = value(&want, "y").a, *x = value(&want, "x").a;
    Code q = code_of(&want, "mu_q", "logvar_q"), p = code_of(&want, "mu_p", "logvar_p");
    double squares = 0, log_sd = n * d * log(sd), log_2pi = n * d * log(2 * M_PI) / 2;
    double *dy = numbers(n * d), *by_sd = numbers(n * d), *bare = numbers(n * d), *turned = numbers(n * d);
    for (int i = 0; i < n * d; i++) {
        double off = y[i] - x[i];
        squares += off * off / (2 * sd * sd);
        dy[i] = off / (sd * sd) / n;
        by_sd[i] = off / sd / n;
        bare[i] = off / n;
        turned[i] = -dy[i];
    }
    double rec = squares + log_sd + log_2pi, kl = kl_of(q, p, n * Z), back = kl_of(p, q, n * Z);
    double *zero = numbers(n * Z), bare_kl = kl_of(q, (Code){zero, zero}, n * Z);
    expect(value(&got, "rec"), SCALAR(rec / n), .rtol = 1e-5, .atol = 1e-5, .batch = n, .slips = SLIPS(
        SLIP("the constants log sd + log(2 pi) / 2 are missing, once per number", squares / n),
        SLIP("log(2 pi) / 2 is missing, once per number", (squares + log_sd) / n),
        SLIP("log sd is missing, once per number", (squares + log_2pi) / n),
        SLIP("the constants count once per number, not once per sample", (squares + (log_sd + log_2pi) / d) / n),
        SLIP("sum over numbers, do not average over them", rec / n / d)));
    expect(value(&got, "kl"), SCALAR(kl / n), .rtol = 1e-5, .atol = 1e-5, .batch = n, .slips = SLIPS(
        SLIP("kl is the KL itself; beta is its price in L, so only in the gradients", beta * kl / n),
        SLIP("the factor 1/2", 2 * kl / n),
        SLIP("that is KL(p || q): q and p have changed places", back / n),
        SLIP("that is the KL from N(0, I), lab 4's; here the prior is p", bare_kl / n),
        SLIP("sum over dimensions, do not average over them", kl / n / Z)));
    expect(value(&got, "dy"), ARRAY(n, d, dy), .rtol = 1e-4, .atol = 1e-5, .batch = n, .slips = SLIPS(
        SLIP_ARRAY("divided by sd; the variance is sd^2", by_sd),
        SLIP_ARRAY("divide by the variance sd^2", bare),
        SLIP_ARRAY("the sign: y is to come nearer to x", turned)));
    expect_codes(&got, q, p, n, Z, beta);
}

START_TEST(loss_by_hand) { expect_bound("loss_by_hand", 2, 3, 1, 3, 5); }
END_TEST
START_TEST(loss_random) { expect_bound("loss_random", 7, 5, 3, (double).3f, (double).7f); }
END_TEST
START_TEST(loss_same) { expect_bound("loss_same", 4, 5, 3, 1.5, 2); }
END_TEST

START_TEST(loss_many)
{
    expect_sum_in_double("loss_many", "rec", "480,000 terms", 1e-6, 160);
    expect_sum_in_double("loss_many", "kl", "480,000 terms", 1e-6, 160);
}
END_TEST

AS_REFERENCE(loss_sizes, 1e-4, 1e-4)

/* ---- 5. attribute_sweep ---- */

#define THE_OTHERS "the other attributes stay as they are"

START_TEST(sweep_by_hand)
{
    Run got = student("sweep_by_hand");
    expect(value(&got, "middle"), MATRIX(4, 4, 5, 2, 0, 1, 5, 2, 1, 1, 5, 2, 2, 1, 5, 2, 3, 1), .atol = 1e-6,
           .slips = SLIPS(
        SLIP("values are counted from 0: 0, 1, ... values - 1", 5, 2, 1, 1, 5, 2, 2, 1, 5, 2, 3, 1, 5, 2, 4, 1),
        SLIP("the attribute goes through its values from 0 on, not on from the one it has",
             5, 2, 7, 1, 5, 2, 8, 1, 5, 2, 9, 1, 5, 2, 10, 1),
        SLIP("the attribute `which' is 0 in the first row, 1 in the second",
             5, 2, 7, 1, 5, 2, 7, 1, 5, 2, 7, 1, 5, 2, 7, 1),
        SLIP(THE_OTHERS, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0),
        SLIP("the attribute to change is number `which'", 0, 2, 7, 1, 1, 2, 7, 1, 2, 2, 7, 1, 3, 2, 7, 1)));
    expect(value(&got, "first"), MATRIX(2, 4, 0, 2, 7, 1, 1, 2, 7, 1), .atol = 1e-6);
    expect(value(&got, "last"), MATRIX(1, 4, 5, 2, 7, 0), .atol = 1e-6);
}
END_TEST

AS_REFERENCE(sweep_sizes, 0, 1e-6)

/* ---- 6. read_colour ---- */

START_TEST(colour_plain)
{
    Run got = student("colour_plain");
    for (int c = 0; c < 4; c++) {
        const char name[] = {'i', 'n', 'k', (char)('0' + c), 0};
        expect_one(&got, name, c, 0, "a third of the pixels has just this ink, the others are background");
    }
}
END_TEST

START_TEST(colour_nothing)
{
    Run got = student("colour_nothing");
    expect_one(&got, "empty", -1, 0, "every pixel is background: -1");
    expect_one(&got, "faint", -1, 0,
               "the largest contrast, a squared distance, is .0196: below .02 there is nothing to see");
    expect_one(&got, "just", 0, 0, "the largest contrast, a squared distance, is .0225: enough to see");
}
END_TEST

START_TEST(colour_shade)
{
    Run got = student("colour_shade");
    expect_one(&got, "dark", 1, 0,
               "the red at half its light: distances are taken to the ink in its likeliest shade, x.ink / ink.ink");
}
END_TEST

START_TEST(colour_edges)
{
    Run got = student("colour_edges");
    expect_one(&got, "dark", 0, 0, "at a shade of .46 it is the first ink: shades go down to .45");
    expect_one(&got, "too_dark", 1, 0, "only at a shade of .4 would it be the first ink: shades end at .45");
    expect_one(&got, "light", 0, 0, "at a shade of 1.08 it is the first ink: shades go up to 1.1");
    expect_one(&got, "too_light", 1, 0, "only at a shade of 1.2 would it be the first ink: shades end at 1.1");
}
END_TEST

START_TEST(colour_votes)
{
    Run got = student("colour_votes");
    expect_one(&got, "below", 0, 0,
               "a contrast of .476 beside one of 1 is less than half of it: those five pixels are left out");
    expect_one(&got, "above", 1, 0,
               "five pixels with a contrast of .518 against one of 1: above half, so they vote, and win");
    expect_one(&got, "weighed", 0, 0, "each pixel votes with its contrast: two of 1 against four of .52");
}
END_TEST

START_TEST(colour_equals)
{
    Run got = student("colour_equals");
    expect_one(&got, "first", 1, 0, "two inks are the same: the first of them");
}
END_TEST

AS_REFERENCE(colour_sizes, 0, 0)

/* ---- all together ---- */

START_TEST(honoured)
{
    Run got = student("honoured");
    double colours = value(&got, "colours").a[0], sides = value(&got, "sides").a[0];
    expect_that(colours > .8,
                "after a short training %.0f %% of the squares have the colour that was asked for; chance is 33 "
                "%%\nhint: do the attributes reach the nets, "
                "and the gradients the layers?",
                100 * colours);
    expect_that(sides > .8,
                "after a short training %.0f %% of the squares are on the side that was asked for; chance is 50 "
                "%%\nhint: does the gate get its gradient?",
                100 * sides);
}
END_TEST

int main(void)
{
    return judge_main("05_attribute2image", EXERCISES(
        EXERCISE("cond_join", join_by_hand, join_bare, join_sizes),
        EXERCISE("compose_layers", compose_by_hand, compose_grey, compose_sizes),
        EXERCISE("compose_backward", backward_by_hand, backward_random, backward_sizes),
        EXERCISE("cvae_loss", loss_by_hand, loss_random, loss_same, loss_many, loss_sizes),
        EXERCISE("attribute_sweep", sweep_by_hand, sweep_sizes),
        EXERCISE("read_colour", colour_plain, colour_nothing, colour_shade, colour_edges, colour_votes, colour_equals,
                 colour_sizes),
        EXERCISE("together", honoured)));
}
