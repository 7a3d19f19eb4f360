/* The judge of lab 17: what is lost by hand, primes for every term, a relabelling that no cycle sees, a pool of three by hand. */
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
    expect(value(&got, "loss"), (double[]){5. / 6}, 1, 1, 1e-5, 0, 6,
           (Slip[]){{(double[]){5}, MEAN}, {(double[]){2.5}, MEAN ", not over the batch alone"}, {(double[]){5. / 3}, MEAN ", not over a picture's alone"},
                    {(double[]){7.5 / 6}, "the absolute value, not the square"}, {(double[]){-1. / 6}, "the absolute value: what is lost to both sides counts"},
                    {(double[]){1. / 6}, "the absolute value: what is lost to both sides counts"}, {0}});
    expect(value(&got, "grad"), (double[]){-g, 0, g, -g, 0, g}, 2, 3, 1e-5, 1e-7, 6,
           (Slip[]){{(double[]){-1, 0, 1, -1, 0, 1}, "the gradient is that of the mean: over B*d"}, {(double[]){-.5, 0, .5, -.5, 0, .5}, "the gradient is that of the mean: over B*d, not over the batch alone"},
                    {(double[]){g, 0, -g, g, 0, -g}, "the sign of back - x, not of x - back"}, {(double[]){-2 * g, 0, 3 * g, -4 * g, 0, g}, "the sign alone: the slope of |back - x| is the same everywhere"},
                    {(double[]){-g, 0, 1.5 * g, -2 * g, 0, .5 * g}, "the sign alone: the slope of |back - x| is the same everywhere"},
                    {(double[]){-g, g, g, -g, g, g}, "where back is x the gradient is 0"}, {(double[]){-g, -g, g, -g, -g, g}, "where back is x the gradient is 0"}, {0}});
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
    expect(value(&got, "grad"), numbers(15), 3, 5, 0, 1e-7, 0, (Slip[]){{up, "where back is x the gradient is 0"}, {down, "where back is x the gradient is 0"}, {0}});
}
END_TEST

static void expect_sum_in_double(const char *test_case)
{
    Run got = student(test_case), want = reference(test_case);
    double right = value(&want, "loss").a[0], found = value(&got, "loss").a[0];
    expect(value(&got, "loss"), &right, 1, 1, 3e-7, 0, 0,
           (Slip[]){{(double[]){found / right < 2 && found / right > .5 ? found : NAN}, "640,000 numbers were added up in a float, which has seven digits; add up in a double"}, {0}});
}

START_TEST(far_many) { expect_sum_in_double("far_many"); }
END_TEST

AS_REFERENCE(far_sizes, 1e-4, 1e-9)

/* ---- 2. identity_loss ---- */

START_TEST(same_by_hand)
{
    Run got = student("same_by_hand");
    expect(value(&got, "loss"), (double[]){4}, 1, 1, 1e-5, 0, 0,
           (Slip[]){{(double[]){12}, "the mean is returned without weight"}, {(double[]){16}, MEAN}, {(double[]){8}, MEAN ", not over the batch alone"}, {(double[]){0}, "what is returned is cycle_loss's value"}, {0}});
    expect(value(&got, "gradient"), (double[]){13, 1, 7.75, 6.25}, 2, 2, 1e-5, 1e-6, 0,
           (Slip[]){{(double[]){9, 5, 7.25, 6.75}, "the gradient counts weight times"}, {(double[]){6, -6, .75, -.75}, "add to the gradients that are there; net_zero_grad is the step's business"},
                    {(double[]){1, 13, 6.25, 7.75}, "net(y) - y, not y - net(y)"}, {(double[]){19, -5, 8.5, 5.5}, MEAN ", not over the batch alone"}, {(double[]){31, -17, 10, 4}, MEAN},
                    {(double[]){7, 7, 7, 7}, "the gradient goes back through the net: net_backward(..., WRT_PARAMS)"}, {(double[]){2, -2, .25, -.25}, "add weight times the gradient to those that are there"}, {0}});
}
END_TEST

START_TEST(same_exact)
{
    Run got = student("same_exact");
    expect_one(&got, "loss", 0, 1e-7, "the net leaves everything alone");
    double seven[9];
    for (int i = 0; i < 9; i++) seven[i] = 7;
    expect(value(&got, "gradient"), seven, 3, 3, 1e-6, 0, 0, (Slip[]){{numbers(9), "add to the gradients that are there; net_zero_grad is the step's business"}, {0}});
}
END_TEST

START_TEST(same_once)
{
    Run got = student("same_once");
    expect_one(&got, "calls", 1, 0, "one pass forward, and the way back by its trace");
    expect(value(&got, "saw0"), (double[]){3, -1, 5, 2}, 2, 2, 1e-6, 0, 0, NULL);
}
END_TEST

AS_REFERENCE(same_random, 1e-3, 1e-5)
AS_REFERENCE(same_sizes, 1e-3, 1e-5)

/* ---- 3. lsgan_loss ---- */

static void expect_marks(const Run *got, const char *turn, const double *says, int n, int q, double target)
{
    char of_loss[16], of_grad[16];
    snprintf(of_loss, sizeof of_loss, "loss%s", turn), snprintf(of_grad, sizeof of_grad, "grad%s", turn);
    double *off = weighted_sum(says, 1, NULL, -target, n * q), sum = 0, far = 0, sharp = 0;
    for (int i = 0; i < n * q; i++) {
        sum += off[i] * off[i];
        far += fabs(off[i]);
        sharp += (says[i] - (target > .5)) * (says[i] - (target > .5));
    }
    double N = n * q;
    expect(value(got, of_loss), (double[]){sum / N}, 1, 1, 1e-5, 1e-6, 0,
           (Slip[]){{(double[]){sum / N / 2}, "without the factor 1/2"}, {(double[]){sum}, "the mean over pictures and patches"}, {(double[]){sum / n}, "the mean over patches, too, not only over the batch"},
                    {(double[]){far / N}, "the square, not the absolute value"}, {(double[]){sum / n / 2}, "that is the library's lsgan: 1/2, and summed over patches"}, {(double[]){sqrt(sum / N)}, "the mean of squares, without its root"},
                    {(double[]){sharp / N}, "target can be any number"}, {0}});
    expect(value(got, of_grad), weighted_sum(off, 2 / N, NULL, 0, n * q), n, q, 1e-4, 1e-6, n * q,
           (Slip[]){{weighted_sum(off, 1 / N, NULL, 0, n * q), "2 (says - target) over B*q: without the factor 1/2"}, {weighted_sum(off, 2, NULL, 0, n * q), "the gradient is that of the mean: over B*q"},
                    {weighted_sum(off, 2. / n, NULL, 0, n * q), "the gradient is that of the mean over patches, too"}, {weighted_sum(off, -2 / N, NULL, 0, n * q), "says - target, not target - says"},
                    {weighted_sum(off, 1. / n, NULL, 0, n * q), "that is the library's lsgan: 1/2, and summed over patches"}, {0}});
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

START_TEST(marks_many) { expect_sum_in_double("marks_many"); }
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
    expect(value(&got, "fake"), (double[]){14}, 1, 1, 1e-5, 0, 0, (Slip[]){{(double[]){42}, "fake is G(x), not F(G(x))"}, {(double[]){21}, "fake is G(x), not F(x)"}, {(double[]){7}, "fake is G(x), not x"}, {0}});
    expect(value(&got, "gan"), (double[]){gan}, 1, 1, 1e-4, 0, 0,
           (Slip[]){{(double[]){70 * 70}, "G wants its patches to be worth 1"}, {(double[]){gan / 2}, "lsgan_loss, without a factor 1/2"}, {(double[]){34 * 34}, "D judges G(x), not x"}, {(double[]){209. * 209}, "D judges G(x), not F(G(x))"}, {0}});
    expect(value(&got, "cycle"), (double[]){cycle}, 1, 1, 1e-4, 0, 0,
           (Slip[]){{(double[]){lambda * cycle}, "cycle is returned without lambda"}, {(double[]){28}, "F(G(x)) is compared with x, not with G(x)"}, {(double[]){14}, "the cycle is F(G(x)), not F(x)"}, {(double[]){7}, "the cycle is F(G(x)), not G(x)"}, {0}});
    expect(value(&got, "identity"), (double[]){same}, 1, 1, 1e-4, 1e-6, 0,
           (Slip[]){{(double[]){id * same}, "identity is returned without lambda_id"}, {(double[]){7}, "F is shown x, as x is what F makes; G would have to leave a y alone"}, {(double[]){14}, "where lambda_id is 0, identity is 0 and not tried"},
                    {(double[]){28}, "F is shown x, not G(x)"}, {(double[]){0}, "F(x) is to be x: identity_loss"}, {0}});
    expect(value(&got, "value"), (double[]){all}, 1, 1, 1e-4, 0, 0,
           (Slip[]){{(double[]){gan + cycle + same}, "cycle counts lambda times, identity lambda_id times"}, {(double[]){gan + lambda * cycle}, "identity belongs to value, lambda_id times"},
                    {(double[]){gan + lambda * (cycle + same)}, "identity counts lambda_id times, not lambda"}, {(double[]){gan}, "value has all three terms"}, {(double[]){gan + lambda * cycle + same}, "identity counts lambda_id times"},
                    {(double[]){gan + cycle + id * same}, "cycle counts lambda times"}, {0}});
    expect(value(&got, "G"), (double[]){by_d + by_f + 7}, 1, 1, 1e-4, 0, 0,
           (Slip[]){{(double[]){by_d + 7}, "G hears of its fake through F, too: dfake is D's gradient and F's together"}, {(double[]){by_f + 7}, "G hears of its fake through D, too: dfake is D's gradient and F's together"},
                    {(double[]){by_d + 7 * 3 + 7}, "the cycle's gradient counts lambda times"}, {(double[]){by_d + by_f}, ADDS}, {(double[]){7}, "dfake goes back through G: net_backward(G, ..., WRT_PARAMS)"},
                    {(double[]){by_d / 2 + by_f + 7}, "lsgan_loss, without a factor 1/2"}, {(double[]){by_d + by_f + stay + 7}, "the identity that x asks for is F's"}, {(double[]){lambda * by_d + by_f + 7}, "lambda belongs to the cycle alone"},
                    {(double[]){by_d - by_f + 7}, "back - x, not x - back"}, {0}});
    expect(value(&got, "F"), (double[]){back + stay + 7}, 1, 1, 1e-4, 0, 0,
           (Slip[]){{(double[]){stay + 7}, "the cycle's gradient goes to F's weights and on to the fake: WRT_BOTH"}, {(double[]){back + 7}, "identity_loss adds its gradient to F's"}, {(double[]){back + stay}, ADDS},
                    {(double[]){14 + stay + 7}, "the cycle's gradient counts lambda times"}, {(double[]){back + 7 + 7}, "identity counts lambda_id times"}, {(double[]){7 * lambda + 7 + back}, "identity counts lambda_id times, not lambda"},
                    {(double[]){stay}, ADDS}, {0}});
    expect(value(&got, "D"), (double[]){7}, 1, 1, 1e-6, 0, 0,
           (Slip[]){{(double[]){14 * 2 * 69 + 7}, "the gradients of D's weights stay as they are: WRT_INPUT"}, {(double[]){0}, "the gradients of D's weights stay as they are"}, {(double[]){14 * 2 * 69}, "the gradients of D's weights stay as they are"}, {0}});
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
    expect(value(&got, "identity_turned"), (double[]){14. / 6}, 1, 1, 1e-5, 0, 0, (Slip[]){{(double[]){0}, "F(x) is to be x; F(G(x)) always is, here"}, {0}});
    expect_one(&got, "cycle_kept", 0, 1e-6, "nothing is changed, so nothing is lost");
    expect_one(&got, "identity_kept", 0, 1e-6, "nothing is changed, so nothing is lost");
}
END_TEST

static void expect_shown(const char *test_case, const char *name, int calls, const double first[2], const double second[2])
{
    Run got = student(test_case);
    char hint[160];
    snprintf(hint, sizeof hint, "%s runs %s: its trace keeps what the way back needs", name, calls == 1 ? "once" : "twice, once for the cycle and once for the identity");
    expect_one(&got, "calls", calls, 0, hint);
    const double *saw[2] = {value(&got, "saw0").a, calls == 2 ? value(&got, "saw1").a : NULL};
    int cycle = calls == 2 && fabs(saw[1][0] - first[0]) < 1e-4;            /* in whichever order */
    expect_that(fabs(saw[cycle][0] - first[0]) < 1e-4 && fabs(saw[cycle][1] - first[1]) < 1e-4, "%s was shown (%g, %g), want (%g, %g)\nhint: G is shown x, and F and D what G made of it", name, saw[cycle][0], saw[cycle][1],
                first[0], first[1]);
    if (calls == 1) return;
    expect_that(fabs(saw[!cycle][0] - second[0]) < 1e-4 && fabs(saw[!cycle][1] - second[1]) < 1e-4, "%s was shown (%g, %g), want (%g, %g)\nhint: for the identity F is shown x", name, saw[!cycle][0], saw[!cycle][1], second[0],
                second[1]);
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

static void expect_shown_by_pool(const Run *got, const char *name, const double *want, int n, const Slip *slips) { expect(value(got, name), want, n, 2, 0, 1e-6, 0, slips); }

START_TEST(pool_fills)
{
    Run got = student("pool_fills");
    expect_one(&got, "n1", 2, 0, "pool->n counts the fakes that are kept");
    expect_shown_by_pool(&got, "shown1", (double[]){1, 10, 2, 20}, 2, (Slip[]){{numbers(4), AS_IT_IS}, {0}});
    expect_one(&got, "n2", 3, 0, "there is room for three");
    expect_shown_by_pool(&got, "shown2", (double[]){3, 30, 4, 40}, 2, (Slip[]){{(double[]){3, 30, 1, 10}, "it is full, and swap says no: the fake is shown, and not kept"}, {0}});
    expect_shown_by_pool(&got, "kept", (double[]){1, 10, 2, 20, 3, 30}, 3,
                         (Slip[]){{(double[]){4, 40, 2, 20, 3, 30}, "it is full, and swap says no: the fake is not kept"}, {(double[]){1, 10, 2, 20, 0, 0}, "one fake after the other: there was room for one of two"},
                                  {(double[]){2, 20, 4, 40, 0, 0}, "every fake goes into the next row"}, {numbers(6), AS_IT_IS}, {0}});
}
END_TEST

START_TEST(pool_swaps)
{
    Run got = student("pool_swaps");
    expect_shown_by_pool(&got, "shown", (double[]){3, 30, 5, 50, 1, 10}, 3,
                         (Slip[]){{(double[]){4, 40, 5, 50, 6, 60}, "where swap[i], the picture in row at[i] is shown"}, {(double[]){3, 30, 2, 20, 1, 10}, "only where swap[i]"}, {(double[]){4, 40, 2, 20, 6, 60}, "where swap[i], not where it is not"},
                                  {(double[]){1, 10, 5, 50, 3, 30}, "row at[i] of the pool, not row i"}, {0}});
    expect_shown_by_pool(&got, "kept", (double[]){6, 60, 2, 20, 4, 40}, 3,
                         (Slip[]){{(double[]){1, 10, 2, 20, 3, 30}, "the fake takes the place of what is shown"}, {(double[]){6, 60, 5, 50, 4, 40}, "a fake that is shown is not kept"}, {(double[]){4, 40, 2, 20, 6, 60}, "row at[i] of the pool, not row i"},
                                  {0}});
    expect_one(&got, "n", 3, 0, "a full pool stays full");
}
END_TEST

START_TEST(pool_comes_and_goes)
{
    Run got = student("pool_comes_and_goes");
    expect_shown_by_pool(&got, "shown", (double[]){2, 20, 4, 40, 5, 50}, 3, (Slip[]){{(double[]){2, 20, 2, 20, 2, 20}, "one fake after the other: what came with the first may go with the second"}, {0}});
    expect_shown_by_pool(&got, "kept", (double[]){1, 10, 6, 60, 3, 30}, 3, (Slip[]){{(double[]){1, 10, 2, 20, 3, 30}, "the fake takes the place of what is shown"}, {(double[]){1, 10, 4, 40, 3, 30}, "one fake after the other"}, {0}});
}
END_TEST

START_TEST(pool_meanwhile)
{
    Run got = student("pool_meanwhile");
    expect_one(&got, "n", 3, 0, "there is room for three");
    expect_shown_by_pool(&got, "shown", (double[]){4, 40, 4, 40, 6, 60}, 3,
                         (Slip[]){{(double[]){1, 10, 4, 40, 6, 60}, AS_IT_IS}, {(double[]){4, 40, 5, 50, 6, 60}, "one fake after the other: the first has filled the pool, the second is swapped"}, {0}});
    expect_shown_by_pool(&got, "kept", (double[]){1, 10, 2, 20, 5, 50}, 3, (Slip[]){{(double[]){1, 10, 2, 20, 4, 40}, "one fake after the other: the first has filled the pool, the second is swapped"}, {0}});
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
    expect_that(last < .25 * first, "two linear nets were to find the way there and back: what is lost went from %.3g to %.3g, want less than a quarter\nhint: does the cycle's gradient reach F's weights and, through the fake, G's?",
                first, last);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("17_cyclegan");
    TCase *t = exercise(s, "cycle_loss");
    tcase_add_test(t, far_by_hand), tcase_add_test(t, far_exact), tcase_add_test(t, far_many), tcase_add_test(t, far_sizes);
    t = exercise(s, "identity_loss");
    tcase_add_test(t, same_by_hand), tcase_add_test(t, same_exact), tcase_add_test(t, same_once), tcase_add_test(t, same_random), tcase_add_test(t, same_sizes);
    t = exercise(s, "lsgan_loss");
    tcase_add_test(t, marks_by_hand), tcase_add_test(t, marks_target), tcase_add_test(t, marks_many), tcase_add_test(t, marks_sizes);
    t = exercise(s, "cyclegan_g_total");
    tcase_add_test(t, total_prime), tcase_add_test(t, total_no_cycle), tcase_add_test(t, total_no_identity), tcase_add_test(t, total_relabelled);
    tcase_add_test(t, total_shown_g), tcase_add_test(t, total_shown_f), tcase_add_test(t, total_not_shown), tcase_add_test(t, total_shown_d);
    tcase_add_test(t, total_random), tcase_add_test(t, total_both), tcase_add_test(t, total_sizes);
    t = exercise(s, "pool_query");
    tcase_add_test(t, pool_fills), tcase_add_test(t, pool_swaps), tcase_add_test(t, pool_comes_and_goes), tcase_add_test(t, pool_meanwhile);
    tcase_add_test(t, pool_none), tcase_add_test(t, pool_sizes);
    t = exercise(s, "together");
    tcase_add_test(t, settles);
    return judge_main(s);
}
