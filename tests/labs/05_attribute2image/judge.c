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
    expect(value(&got, "y"), (double[]){10, 11, 0, 0, 1, 1, 0, 20, 21, 1, 0, 0, 0, 1}, 2, 7, 0, 1e-6, 0,
           (Slip[]){{(double[]){0, 0, 1, 1, 0, 10, 11, 1, 0, 0, 0, 1, 20, 21}, BLOCKS_FIRST},
                    {(double[]){10, 11, 0, 0, 2, 0, 0, 20, 21, 0, 0, 0, 0, 1}, AS_A_NUMBER},
                    {(double[]){10, 11, 1, 0, 1, 0, 0, 20, 21, 1, 1, 0, 0, 0}, ONE_BLOCK},
                    {(double[]){10, 11, 1, 0, 0, 0, 1, 20, 21, 0, 1, 1, 0, 0}, "the blocks stand in the attributes' order, the first attribute's first"}, {0}});
}
END_TEST

START_TEST(join_bare)
{
    Run got = student("join_bare");
    expect(value(&got, "y"), (double[]){0, 1, 0, 0, 0, 1, 1, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1}, 3, 7, 0, 1e-6, 0, NULL);
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
        x[i] = g * f[i] + (1 - g) * b[i], swapped[i] = (1 - g) * f[i] + g * b[i];
        added[i] = g * f[i] + b[i], first[i] = other * f[i] + (1 - other) * b[i];
    }
    expect(value(&got, "x"), x, n, d, 1e-5, 1e-5, 0,
           (Slip[]){{swapped, "where the gate is 1 there is foreground: g f + (1 - g) b"}, {added, "the background shows through only as far as the gate is shut: (1 - g) b"},
                    {first, "the colours of a pixel stand side by side: number i belongs to the pixel, and the gate, i / colours"}, {0}});
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
    const double *gate = value(&want, "gate").a, *f = value(&want, "fore").a, *b = value(&want, "back").a, *dx = value(&want, "dx").a;
    int d = p * colours;
    double *df = numbers(n * d), *db = numbers(n * d), *dg = numbers(n * p);
    double *turned = numbers(n * p), *mean = numbers(n * p), *last = numbers(n * p), *open = numbers(n * p);
    for (int i = 0; i < n * d; i++) {
        int at = i / colours;
        double along = (f[i] - b[i]) * dx[i];
        df[i] = gate[at] * dx[i], db[i] = (1 - gate[at]) * dx[i], dg[at] += along;
        turned[at] -= along, mean[at] += along / colours, last[at] = along, open[at] += f[i] * dx[i];
    }
    const char *swapped = "the foreground shows where the gate is open: g dx belongs to it, (1 - g) dx to the background";
    expect(value(&got, "dfore"), df, n, d, 1e-4, 1e-5, n, (Slip[]){{db, swapped}, {dx, "the foreground counts only as far as the gate is open: g dx"}, {0}});
    expect(value(&got, "dback"), db, n, d, 1e-4, 1e-5, n,
           (Slip[]){{df, swapped}, {dx, "the background counts only as far as the gate is shut: (1 - g) dx"}, {0}});
    expect(value(&got, "dgate"), dg, n, p, 1e-4, 1e-4, n,
           (Slip[]){{turned, "the sign: an opening gate brings f and takes b away"}, {mean, "all colours share the gate: add up what they say, do not average"},
                    {last, "all colours share the gate: add up what they say (+=), one after the other"},
                    {open, "an opening gate also takes the background away: (f - b) dx"}, {0}});
}

START_TEST(backward_by_hand) { expect_back("backward_by_hand", 1, 2, 2); }
END_TEST
START_TEST(backward_random) { expect_back("backward_random", 3, 5, 3); }
END_TEST
AS_REFERENCE(backward_sizes, 1e-4, 1e-4)

/* ---- 4. cvae_loss ---- */

typedef struct { const double *mu, *logvar; } Code;

static Code code_of(const Run *want, const char *mu, const char *logvar) { return (Code){value(want, mu).a, value(want, logvar).a}; }

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
        double off = q.mu[i] - p.mu[i], vq = exp(q.logvar[i]), vp = exp(p.logvar[i]), each = beta / n, ratio = (vq + off * off) / vp;
        dmu_q[i] = each * off / vp, dmu_p[i] = -dmu_q[i];
        dlv_q[i] = each * (vq / vp - 1) / 2, dlv_p[i] = each * (1 - ratio) / 2;
        free_mu[i] = off / vp / n, no_v[i] = each * off, free_q[i] = dlv_q[i] / beta, free_p[i] = dlv_p[i] / beta;
        whole_q[i] = 2 * dlv_q[i], whole_p[i] = 2 * dlv_p[i], no_1[i] = each * vq / vp / 2, no_off[i] = each * (1 - vq / vp) / 2;
    }
    const char *price = "L has beta kl: beta belongs to this gradient", *half = "the factor 1/2 of the KL";
    expect(value(got, "dmu_q"), dmu_q, n, Z, 1e-4, 1e-5, n,
           (Slip[]){{free_mu, price}, {no_v, "the distance of the means counts in units of p's variance: divide by v_p"}, {dmu_p, "the sign: q's mean is drawn to p's"}, {0}});
    expect(value(got, "dmu_p"), dmu_p, n, Z, 1e-4, 1e-5, n,
           (Slip[]){{dmu_q, "the sign: where q's mean pulls one way, p's is pulled the other"}, {numbers(size), "p learns too: the prior comes to meet the codes"}, {0}});
    expect(value(got, "dlogvar_q"), dlv_q, n, Z, 1e-4, 1e-5, n, (Slip[]){{free_q, price}, {whole_q, half}, {no_1, "the KL also has - logvar_q: v_q / v_p - 1"}, {0}});
    expect(value(got, "dlogvar_p"), dlv_p, n, Z, 1e-4, 1e-5, n,
           (Slip[]){{free_p, price}, {whole_p, half}, {no_off, "v_p also stands under (mu_q - mu_p)^2"}, {numbers(size), "p learns too: the prior comes to meet the codes"}, {0}});
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
        dy[i] = off / (sd * sd) / n, by_sd[i] = off / sd / n, bare[i] = off / n, turned[i] = -dy[i];
    }
    double rec = squares + log_sd + log_2pi, kl = kl_of(q, p, n * Z), back = kl_of(p, q, n * Z);
    double *zero = numbers(n * Z), bare_kl = kl_of(q, (Code){zero, zero}, n * Z);
    expect(value(&got, "rec"), (double[]){rec / n}, 1, 1, 1e-5, 1e-5, n,
           (Slip[]){{(double[]){squares / n}, "the constants log sd + log(2 pi) / 2 are missing, once per number"},
                    {(double[]){(squares + log_sd) / n}, "log(2 pi) / 2 is missing, once per number"}, {(double[]){(squares + log_2pi) / n}, "log sd is missing, once per number"},
                    {(double[]){(squares + (log_sd + log_2pi) / d) / n}, "the constants count once per number, not once per sample"},
                    {(double[]){rec / n / d}, "sum over numbers, do not average over them"}, {0}});
    expect(value(&got, "kl"), (double[]){kl / n}, 1, 1, 1e-5, 1e-5, n,
           (Slip[]){{(double[]){beta * kl / n}, "kl is the KL itself; beta is its price in L, so only in the gradients"}, {(double[]){2 * kl / n}, "the factor 1/2"},
                    {(double[]){back / n}, "that is KL(p || q): q and p have changed places"}, {(double[]){bare_kl / n}, "that is the KL from N(0, I), lab 4's; here the prior is p"},
                    {(double[]){kl / n / Z}, "sum over dimensions, do not average over them"}, {0}});
    expect(value(&got, "dy"), dy, n, d, 1e-4, 1e-5, n,
           (Slip[]){{by_sd, "divided by sd; the variance is sd^2"}, {bare, "divide by the variance sd^2"}, {turned, "the sign: y is to come nearer to x"}, {0}});
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
    Run got = student("loss_many"), want = reference("loss_many");
    for (int i = 0; i < 2; i++) {
        const char *name = i ? "kl" : "rec";
        double right = value(&want, name).a[0], v = value(&got, name).a[0];
        expect(value(&got, name), &right, 1, 1, 1e-6, 0, 160,
               (Slip[]){{(double[]){v / right < 2 && v / right > .5 ? v : NAN}, "480,000 terms were added up in a float, which has seven digits; add up in a double"}, {0}});
    }
}
END_TEST

AS_REFERENCE(loss_sizes, 1e-4, 1e-4)

/* ---- 5. attribute_sweep ---- */

#define THE_OTHERS "the other attributes stay as they are"

START_TEST(sweep_by_hand)
{
    Run got = student("sweep_by_hand");
    expect(value(&got, "middle"), (double[]){5, 2, 0, 1, 5, 2, 1, 1, 5, 2, 2, 1, 5, 2, 3, 1}, 4, 4, 0, 1e-6, 0,
           (Slip[]){{(double[]){5, 2, 1, 1, 5, 2, 2, 1, 5, 2, 3, 1, 5, 2, 4, 1}, "values are counted from 0: 0, 1, ... values - 1"},
                    {(double[]){5, 2, 7, 1, 5, 2, 8, 1, 5, 2, 9, 1, 5, 2, 10, 1}, "the attribute goes through its values from 0 on, not on from the one it has"},
                    {(double[]){5, 2, 7, 1, 5, 2, 7, 1, 5, 2, 7, 1, 5, 2, 7, 1}, "the attribute `which' is 0 in the first row, 1 in the second"},
                    {(double[]){0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0}, THE_OTHERS},
                    {(double[]){0, 2, 7, 1, 1, 2, 7, 1, 2, 2, 7, 1, 3, 2, 7, 1}, "the attribute to change is number `which'"}, {0}});
    expect(value(&got, "first"), (double[]){0, 2, 7, 1, 1, 2, 7, 1}, 2, 4, 0, 1e-6, 0, NULL);
    expect(value(&got, "last"), (double[]){5, 2, 7, 0}, 1, 4, 0, 1e-6, 0, NULL);
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
    expect_one(&got, "faint", -1, 0, "the largest contrast, a squared distance, is .0196: below .02 there is nothing to see");
    expect_one(&got, "just", 0, 0, "the largest contrast, a squared distance, is .0225: enough to see");
}
END_TEST

START_TEST(colour_shade)
{
    Run got = student("colour_shade");
    expect_one(&got, "dark", 1, 0, "the red at half its light: distances are taken to the ink in its likeliest shade, x.ink / ink.ink");
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
    expect_one(&got, "below", 0, 0, "a contrast of .476 beside one of 1 is less than half of it: those five pixels are left out");
    expect_one(&got, "above", 1, 0, "five pixels with a contrast of .518 against one of 1: above half, so they vote, and win");
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
    expect_that(colours > .8, "after a short training %.0f %% of the squares have the colour that was asked for; chance is 33 %%\nhint: do the attributes reach the nets, "
                "and the gradients the layers?", 100 * colours);
    expect_that(sides > .8, "after a short training %.0f %% of the squares are on the side that was asked for; chance is 50 %%\nhint: does the gate get its gradient?",
                100 * sides);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("05_attribute2image");
    TCase *t = exercise(s, "cond_join");
    tcase_add_test(t, join_by_hand), tcase_add_test(t, join_bare), tcase_add_test(t, join_sizes);
    t = exercise(s, "compose_layers");
    tcase_add_test(t, compose_by_hand), tcase_add_test(t, compose_grey), tcase_add_test(t, compose_sizes);
    t = exercise(s, "compose_backward");
    tcase_add_test(t, backward_by_hand), tcase_add_test(t, backward_random), tcase_add_test(t, backward_sizes);
    t = exercise(s, "cvae_loss");
    tcase_add_test(t, loss_by_hand), tcase_add_test(t, loss_random), tcase_add_test(t, loss_same), tcase_add_test(t, loss_many), tcase_add_test(t, loss_sizes);
    t = exercise(s, "attribute_sweep");
    tcase_add_test(t, sweep_by_hand), tcase_add_test(t, sweep_sizes);
    t = exercise(s, "read_colour");
    tcase_add_test(t, colour_plain), tcase_add_test(t, colour_nothing), tcase_add_test(t, colour_shade), tcase_add_test(t, colour_edges);
    tcase_add_test(t, colour_votes), tcase_add_test(t, colour_equals), tcase_add_test(t, colour_sizes);
    t = exercise(s, "together");
    tcase_add_test(t, honoured);
    return judge_main(s);
}
