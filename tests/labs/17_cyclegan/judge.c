/* The judge of lab 17: what is lost by hand, primes for every term, a relabelling that no cycle sees, a pool of three
 * by hand. */
#include "judge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- 1. cycle_loss ---- */

#define MEAN "the mean of all numbers: over B*d"

START_TEST(far_by_hand)
{
    Run got = student("far_by_hand");
    const double g = 1. / 6;
    expect(value(&got, "loss"), SCALAR(5. / 6), .rtol = 1e-5, .batch = 6, .slips = SLIPS(
        SLIP(MEAN, 5),
        SLIP(MEAN ", not over the batch alone", 2.5),
        SLIP(MEAN ", not over a picture's alone", 5. / 3),
        SLIP("the absolute value, not the square", 7.5 / 6),
        SLIP("the absolute value: what is lost to both sides counts", -1. / 6),
        SLIP("the absolute value: what is lost to both sides counts", 1. / 6)));
    expect(value(&got, "grad"), MATRIX(2, 3, -g, 0, g, -g, 0, g), .rtol = 1e-5, .atol = 1e-7, .batch = 6,
           .slips = SLIPS(
        SLIP("the gradient is that of the mean: over B*d", -1, 0, 1, -1, 0, 1),
        SLIP("the gradient is that of the mean: over B*d, not over the batch alone", -.5, 0, .5, -.5, 0, .5),
        SLIP("the sign of back - x, not of x - back", g, 0, -g, g, 0, -g),
        SLIP("the sign alone: the slope of |back - x| is the same everywhere", -2 * g, 0, 3 * g, -4 * g, 0, g),
        SLIP("the sign alone: the slope of |back - x| is the same everywhere", -g, 0, 1.5 * g, -2 * g, 0, .5 * g),
        SLIP("where back is x the gradient is 0", -g, g, g, -g, g, g),
        SLIP("where back is x the gradient is 0", -g, -g, g, -g, -g, g)));
}
END_TEST

START_TEST(far_exact)
{
    Run got = student("far_exact");
    expect_one(&got, "loss", 0, 1e-7, "back is x: nothing was lost");
    double up[15], down[15];
    for (int i = 0; i < 15; i++) {
        up[i] = 1. / 15;
        down[i] = -up[i];
    }
    expect(value(&got, "grad"), ARRAY(3, 5, numbers(15)), .atol = 1e-7, .slips = SLIPS(
        SLIP_ARRAY("where back is x the gradient is 0", up),
        SLIP_ARRAY("where back is x the gradient is 0", down)));
}
END_TEST

START_TEST(far_many) { expect_sum_in_double("far_many", "loss", "640,000 numbers", 3e-7, 0); }
END_TEST

AS_REFERENCE(far_sizes, 1e-4, 1e-9)

/* ---- 2. identity_loss ---- */

START_TEST(same_by_hand)
{
    Run got = student("same_by_hand");
    expect(value(&got, "loss"), SCALAR(4), .rtol = 1e-5, .slips = SLIPS(
        SLIP("the mean is returned without weight", 12),
        SLIP(MEAN, 16),
        SLIP(MEAN ", not over the batch alone", 8),
        SLIP("what is returned is cycle_loss's value", 0)));
    expect(value(&got, "gradient"), MATRIX(2, 2, 13, 1, 7.75, 6.25), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP("the gradient counts weight times", 9, 5, 7.25, 6.75),
        SLIP("add to the gradients that are there; net_zero_grad is the step's business", 6, -6, .75, -.75),
        SLIP("net(y) - y, not y - net(y)", 1, 13, 6.25, 7.75),
        SLIP(MEAN ", not over the batch alone", 19, -5, 8.5, 5.5),
        SLIP(MEAN, 31, -17, 10, 4),
        SLIP("the gradient goes back through the net: net_backward(..., WRT_PARAMS)", 7, 7, 7, 7),
        SLIP("add weight times the gradient to those that are there", 2, -2, .25, -.25)));
}
END_TEST

START_TEST(same_exact)
{
    Run got = student("same_exact");
    expect_one(&got, "loss", 0, 1e-7, "the net leaves everything alone");
    double seven[9];
    for (int i = 0; i < 9; i++) seven[i] = 7;
    expect(value(&got, "gradient"), ARRAY(3, 3, seven), .rtol = 1e-6, .slips = SLIPS(
        SLIP_ARRAY("add to the gradients that are there; net_zero_grad is the step's business", numbers(9))));
}
END_TEST

START_TEST(same_once)
{
    Run got = student("same_once");
    expect_one(&got, "calls", 1, 0, "one pass forward, and the way back by its trace");
    expect(value(&got, "saw0"), MATRIX(2, 2, 3, -1, 5, 2), .rtol = 1e-6);
}
END_TEST

AS_REFERENCE(same_random, 1e-3, 1e-5)
AS_REFERENCE(same_sizes, 1e-3, 1e-5)

/* ---- 3. lsgan_loss ---- */

static void expect_marks(const Run *got, const char *turn, const double *says, int n, int q, double target)
{
    char of_loss[16], of_grad[16];
    snprintf(of_loss, sizeof of_loss, "loss%s", turn);
    snprintf(of_grad, sizeof of_grad, "grad%s", turn);
    double *off = weighted_sum(says, 1, NULL, -target, n * q), sum = 0, far = 0, sharp = 0;
    for (int i = 0; i < n * q; i++) {
        sum += off[i] * off[i];
        far += fabs(off[i]);
        sharp += (says[i] - (target > .5)) * (says[i] - (target > .5));
    }
    double N = n * q;
    expect(value(got, of_loss), SCALAR(sum / N), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP("without the factor 1/2", sum / N / 2),
        SLIP("the mean over pictures and patches", sum),
        SLIP("the mean over patches, too, not only over the batch", sum / n),
        SLIP("the square, not the absolute value", far / N),
        SLIP("without the factor 1/2, and the mean over patches, too", sum / n / 2),
        SLIP("the mean of squares, without its root", sqrt(sum / N)),
        SLIP("target can be any number", sharp / N)));
    expect(value(got, of_grad), ARRAY(n, q, scaled(off, 2 / N, n * q)), .rtol = 1e-4, .atol = 1e-6, .batch = n * q,
           .slips = SLIPS(
        SLIP_ARRAY("2 (says - target) over B*q: without the factor 1/2", scaled(off, 1 / N, n * q)),
        SLIP_ARRAY("the gradient is that of the mean: over B*q", scaled(off, 2, n * q)),
        SLIP_ARRAY("the gradient is that of the mean over patches, too", scaled(off, 2. / n, n * q)),
        SLIP_ARRAY("says - target, not target - says", scaled(off, -2 / N, n * q)),
        SLIP_ARRAY("without the factor 1/2, and the mean over patches, too", scaled(off, 1. / n, n * q))));
}

START_TEST(marks_by_hand)
{
    Run got = student("marks_by_hand");
    static const double says[6] = {1, 0, 2, .5, -1, 3};
    expect_marks(&got, "_real", says, 2, 3, 1);
    expect_marks(&got, "_fake", says, 2, 3, 0);
}
END_TEST

START_TEST(marks_target)
{
    Run got = student("marks_target");
    static const double says[4] = {1, 0, .9, -.1};
    expect_marks(&got, "", says, 1, 4, .9);
}
END_TEST

START_TEST(marks_many) { expect_sum_in_double("marks_many", "loss", "640,000 numbers", 3e-7, 0); }
END_TEST

AS_REFERENCE(marks_sizes, 1e-4, 1e-7)

/* ---- 4. cyclegan_g_total ---- */

#define ADDS "add to the gradients that are there; net_zero_grad is the step's business"

/* x 7, G 2, F 3, D 5: G(x) is 14 and worth 70, F(G(x)) is 42, F(x) 21; 7 stands in every gradient. */
static void expect_prime(const char *test_case, double lambda, double id)
{
    Run got = student(test_case);
    const double gan = 69 * 69, cycle = 35, same = id > 0 ? 14 : 0, all = gan + lambda * cycle + id * same;
    const double by_d = 7 * 5 * 2 * 69, by_f = 7 * 3 * lambda, back = 14 * lambda, stay = 7 * id;
    expect(value(&got, "fake"), SCALAR(14), .rtol = 1e-5, .slips = SLIPS(
        SLIP("fake is G(x), not F(G(x))", 42),
        SLIP("fake is G(x), not F(x)", 21),
        SLIP("fake is G(x), not x", 7)));
    expect(value(&got, "gan"), SCALAR(gan), .rtol = 1e-4, .slips = SLIPS(
        SLIP("G wants its patches to be worth 1", 70 * 70),
        SLIP("lsgan_loss, without a factor 1/2", gan / 2),
        SLIP("D judges G(x), not x", 34 * 34),
        SLIP("D judges G(x), not F(G(x))", 209. * 209)));
    expect(value(&got, "cycle"), SCALAR(cycle), .rtol = 1e-4, .slips = SLIPS(
        SLIP("cycle is returned without lambda", lambda * cycle),
        SLIP("F(G(x)) is compared with x, not with G(x)", 28),
        SLIP("the cycle is F(G(x)), not F(x)", 14),
        SLIP("the cycle is F(G(x)), not G(x)", 7)));
    expect(value(&got, "identity"), SCALAR(same), .rtol = 1e-4, .atol = 1e-6, .slips = SLIPS(
        SLIP("identity is returned without lambda_id", id * same),
        SLIP("F is shown x, as x is what F makes; G would have to leave a y alone", 7),
        SLIP("where lambda_id is 0, identity is 0 and not tried", 14),
        SLIP("F is shown x, not G(x)", 28),
        SLIP("F(x) is to be x: identity_loss", 0)));
    expect(value(&got, "value"), SCALAR(all), .rtol = 1e-4, .slips = SLIPS(
        SLIP("cycle counts lambda times, identity lambda_id times", gan + cycle + same),
        SLIP("identity belongs to value, lambda_id times", gan + lambda * cycle),
        SLIP("identity counts lambda_id times, not lambda", gan + lambda * (cycle + same)),
        SLIP("value has all three terms", gan),
        SLIP("identity counts lambda_id times", gan + lambda * cycle + same),
        SLIP("cycle counts lambda times", gan + cycle + id * same)));
    expect(value(&got, "G"), SCALAR(by_d + by_f + 7), .rtol = 1e-4, .slips = SLIPS(
        SLIP("G hears of its fake through F, too: dfake is D's gradient and F's together", by_d + 7),
        SLIP("G hears of its fake through D, too: dfake is D's gradient and F's together", by_f + 7),
        SLIP("the cycle's gradient counts lambda times", by_d + 7 * 3 + 7),
        SLIP(ADDS, by_d + by_f),
        SLIP("dfake goes back through G: net_backward(G, ..., WRT_PARAMS)", 7),
        SLIP("lsgan_loss, without a factor 1/2", by_d / 2 + by_f + 7),
        SLIP("the identity that x asks for is F's", by_d + by_f + stay + 7),
        SLIP("lambda belongs to the cycle alone", lambda * by_d + by_f + 7),
        SLIP("back - x, not x - back", by_d - by_f + 7)));
    expect(value(&got, "F"), SCALAR(back + stay + 7), .rtol = 1e-4, .slips = SLIPS(
        SLIP("the cycle's gradient goes to F's weights and on to the fake: WRT_BOTH", stay + 7),
        SLIP("identity_loss adds its gradient to F's", back + 7),
        SLIP(ADDS, back + stay),
        SLIP("the cycle's gradient counts lambda times", 14 + stay + 7),
        SLIP("identity counts lambda_id times", back + 7 + 7),
        SLIP("identity counts lambda_id times, not lambda", 7 * lambda + 7 + back),
        SLIP(ADDS, stay)));
    expect(value(&got, "D"), SCALAR(7), .rtol = 1e-6, .slips = SLIPS(
        SLIP("the gradients of D's weights stay as they are: WRT_INPUT", 14 * 2 * 69 + 7),
        SLIP("the gradients of D's weights stay as they are", 0),
        SLIP("the gradients of D's weights stay as they are", 14 * 2 * 69)));
}

START_TEST(total_prime) { expect_prime("total_prime", 11, 13); }
END_TEST

START_TEST(total_no_cycle) { expect_prime("total_no_cycle", 0, 13); }
END_TEST

START_TEST(total_no_identity) { expect_prime("total_no_identity", 11, 0); }
END_TEST

START_TEST(total_relabelled)
{
    Run got = student("total_relabelled");
    expect_one(&got, "cycle_turned", 0, 1e-6, "F undoes what G does: there and back, nothing is lost");
    expect(value(&got, "identity_turned"), SCALAR(14. / 6), .rtol = 1e-5, .slips = SLIPS(
        SLIP("F(x) is to be x; F(G(x)) always is, here", 0)));
    expect_one(&got, "cycle_kept", 0, 1e-6, "nothing is changed, so nothing is lost");
    expect_one(&got, "identity_kept", 0, 1e-6, "nothing is changed, so nothing is lost");
}
END_TEST

static void expect_shown(const char *test_case, const char *name, int calls, const double first[2],
                         const double second[2])
{
    Run got = student(test_case);
    char hint[160];
    snprintf(hint, sizeof hint, "%s runs %s: its trace keeps what the way back needs", name,
             calls == 1 ? "once" : "twice, once for the cycle and once for the identity");
    expect_one(&got, "calls", calls, 0, hint);
    const double *saw[2] = {value(&got, "saw0").a, calls == 2 ? value(&got, "saw1").a : NULL};
    int cycle = calls == 2 && fabs(saw[1][0] - first[0]) < 1e-4; /* in whichever order */
    expect_that(fabs(saw[cycle][0] - first[0]) < 1e-4 && fabs(saw[cycle][1] - first[1]) < 1e-4,
                "%s was shown (%g, %g), want (%g, %g)\nhint: G is shown x, and F and D what G made of it", name,
                saw[cycle][0], saw[cycle][1], first[0], first[1]);
    if (calls == 1) return;
    expect_that(fabs(saw[!cycle][0] - second[0]) < 1e-4 && fabs(saw[!cycle][1] - second[1]) < 1e-4,
                "%s was shown (%g, %g), want (%g, %g)\nhint: for the identity F is shown x", name, saw[!cycle][0],
                saw[!cycle][1], second[0], second[1]);
}

static const double is_x[2] = {3, -1}, is_fake[2] = {6, -1};

START_TEST(total_shown_g) { expect_shown("total_shown_g", "G", 1, is_x, NULL); }
END_TEST
START_TEST(total_shown_f) { expect_shown("total_shown_f", "F", 2, is_fake, is_x); }
END_TEST
START_TEST(total_not_shown) { expect_shown("total_not_shown", "F, where lambda_id is 0,", 1, is_fake, NULL); }
END_TEST
START_TEST(total_shown_d) { expect_shown("total_shown_d", "D", 1, is_fake, NULL); }
END_TEST

AS_REFERENCE(total_random, 1e-3, 1e-4)
AS_REFERENCE(total_both, 1e-3, 1e-4)
AS_REFERENCE(total_sizes, 1e-3, 1e-4)

/* ---- 5. pool_query ---- */

#define AS_IT_IS "while there is room a fake is kept, and shown as it is"

static void expect_shown_by_pool(const Run *got, const char *name, const double *want, int n, const Slip *slips)
{
    expect(value(got, name), ARRAY(n, 2, want), .atol = 1e-6, .slips = slips);
}

START_TEST(pool_fills)
{
    Run got = student("pool_fills");
    expect_one(&got, "n1", 2, 0, "pool->n counts the fakes that are kept");
    expect_shown_by_pool(&got, "shown1", (double[]){1, 10, 2, 20}, 2, SLIPS(
        SLIP_ARRAY(AS_IT_IS, numbers(4))));
    expect_one(&got, "n2", 3, 0, "there is room for three");
    expect_shown_by_pool(&got, "shown2", (double[]){3, 30, 4, 40}, 2, SLIPS(
        SLIP("it is full, and swap says no: the fake is shown, and not kept", 3, 30, 1, 10)));
    expect_shown_by_pool(&got, "kept", (double[]){1, 10, 2, 20, 3, 30}, 3, SLIPS(
        SLIP("it is full, and swap says no: the fake is not kept", 4, 40, 2, 20, 3, 30),
        SLIP("one fake after the other: there was room for one of two", 1, 10, 2, 20, 0, 0),
        SLIP("every fake goes into the next row", 2, 20, 4, 40, 0, 0),
        SLIP_ARRAY(AS_IT_IS, numbers(6))));
}
END_TEST

START_TEST(pool_swaps)
{
    Run got = student("pool_swaps");
    expect_shown_by_pool(&got, "shown", (double[]){3, 30, 5, 50, 1, 10}, 3, SLIPS(
        SLIP("where swap[i], the picture in row at[i] is shown", 4, 40, 5, 50, 6, 60),
        SLIP("only where swap[i]", 3, 30, 2, 20, 1, 10),
        SLIP("where swap[i], not where it is not", 4, 40, 2, 20, 6, 60),
        SLIP("row at[i] of the pool, not row i", 1, 10, 5, 50, 3, 30)));
    expect_shown_by_pool(&got, "kept", (double[]){6, 60, 2, 20, 4, 40}, 3, SLIPS(
        SLIP("the fake takes the place of what is shown", 1, 10, 2, 20, 3, 30),
        SLIP("a fake that is shown is not kept", 6, 60, 5, 50, 4, 40),
        SLIP("row at[i] of the pool, not row i", 4, 40, 2, 20, 6, 60)));
    expect_one(&got, "n", 3, 0, "a full pool stays full");
}
END_TEST

START_TEST(pool_comes_and_goes)
{
    Run got = student("pool_comes_and_goes");
    expect_shown_by_pool(&got, "shown", (double[]){2, 20, 4, 40, 5, 50}, 3, SLIPS(
        SLIP("one fake after the other: what came with the first may go with the second", 2, 20, 2, 20, 2, 20)));
    expect_shown_by_pool(&got, "kept", (double[]){1, 10, 6, 60, 3, 30}, 3, SLIPS(
        SLIP("the fake takes the place of what is shown", 1, 10, 2, 20, 3, 30),
        SLIP("one fake after the other", 1, 10, 4, 40, 3, 30)));
}
END_TEST

START_TEST(pool_meanwhile)
{
    Run got = student("pool_meanwhile");
    expect_one(&got, "n", 3, 0, "there is room for three");
    expect_shown_by_pool(&got, "shown", (double[]){4, 40, 4, 40, 6, 60}, 3, SLIPS(
        SLIP(AS_IT_IS, 1, 10, 4, 40, 6, 60),
        SLIP("one fake after the other: the first has filled the pool, the second is swapped", 4, 40, 5, 50, 6, 60)));
    expect_shown_by_pool(&got, "kept", (double[]){1, 10, 2, 20, 5, 50}, 3, SLIPS(
        SLIP("one fake after the other: the first has filled the pool, the second is swapped", 1, 10, 2, 20, 4, 40)));
}
END_TEST

START_TEST(pool_none)
{
    Run got = student("pool_none");
    expect_shown_by_pool(&got, "shown", (double[]){4, 40, 5, 50}, 2, NULL);
    expect_one(&got, "n", 0, 0, "a pool with room for none keeps none");
}
END_TEST

AS_REFERENCE(pool_sizes, 0, 1e-6)

/* ---- all together ---- */

START_TEST(settles)
{
    Run got = student("settles");
    double first = value(&got, "first").a[0], last = value(&got, "last").a[0];
    expect_one(&got, "kept", 8, 0, "the pool fills up");
    expect_that(last < .25 * first,
                "two linear nets were to find the way there and back: what is lost went from %.3g to %.3g, want less "
                "than a quarter\nhint: does the cycle's gradient reach F's weights and, through the fake, G's?",
                first, last);
}
END_TEST

int main(void)
{
    return judge_main("17_cyclegan", EXERCISES(
        EXERCISE("cycle_loss", far_by_hand, far_exact, far_many, far_sizes),
        EXERCISE("identity_loss", same_by_hand, same_exact, same_once, same_random, same_sizes),
        EXERCISE("lsgan_loss", marks_by_hand, marks_target, marks_many, marks_sizes),
        EXERCISE("cyclegan_g_total", total_prime, total_no_cycle, total_no_identity, total_relabelled, total_shown_g,
                 total_shown_f, total_not_shown, total_shown_d, total_random, total_both, total_sizes),
        EXERCISE("pool_query", pool_fills, pool_swaps, pool_comes_and_goes, pool_meanwhile, pool_none, pool_sizes),
        EXERCISE("together", settles)));
}
