/* The judge of lab 16: pixels by hand, the receptive fields of the paper, the median, wishes in closed form, D's input by hand. */
#include "judge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LN2 0.69314718055994531

/* ---- 1. skip_join, skip_split ---- */

#define PER_PIXEL "at every pixel: the channels of skip, then those of up"
#define SIDE_BY_SIDE "whole maps stand side by side here: first one row per pixel (mat_reshape), then mat_join"

START_TEST(join_by_hand)
{
    Run got = student("join_by_hand");
    expect(value(&got, "joined"), (double[]){1, 2, 10, 3, 4, 20, 5, 6, 30, 7, 8, 40}, 2, 6, 0, 1e-6, 0,
           (Slip[]){{(double[]){10, 1, 2, 20, 3, 4, 30, 5, 6, 40, 7, 8}, "skip comes first, then up"},
                    {(double[]){1, 2, 3, 4, 10, 20, 5, 6, 7, 8, 30, 40}, SIDE_BY_SIDE},
                    {(double[]){1, 10, 2, 3, 20, 4, 5, 30, 6, 7, 40, 8}, PER_PIXEL}, {0}});
}
END_TEST

START_TEST(split_by_hand)
{
    Run got = student("split_by_hand");
    expect(value(&got, "dskip"), (double[]){1, 2, 3, 4, 5, 6, 7, 8}, 2, 4, 0, 1e-6, 0,
           (Slip[]){{(double[]){1, 2, 10, 3, 5, 6, 30, 7}, SIDE_BY_SIDE}, {(double[]){8, 9, 10, 11, 12, 13, 14, 15}, "dskip and dup are overwritten, not added to"},
                    {(double[]){2, 10, 4, 20, 6, 30, 8, 40}, "skip comes first, then up"}, {(double[]){7, 7, 7, 7, 7, 7, 7, 7}, "nothing was written into dskip"}, {0}});
    expect(value(&got, "dup"), (double[]){10, 20, 30, 40}, 2, 2, 0, 1e-6, 0,
           (Slip[]){{(double[]){4, 20, 8, 40}, SIDE_BY_SIDE}, {(double[]){17, 27, 37, 47}, "dskip and dup are overwritten, not added to"},
                    {(double[]){1, 3, 5, 7}, "skip comes first, then up"}, {(double[]){7, 7, 7, 7}, "nothing was written into dup"}, {0}});
}
END_TEST

AS_REFERENCE(join_sizes, 1e-5, 1e-6)

/* ---- 2. patch_receptive_field ---- */

#define BACKWARDS "from the last layer to the first: a number there looks at one pixel of its own layer"

static void expect_reach(const Run *got, const char *name, double want, const Slip *slips) { expect(value(got, name), &want, 1, 1, 0, 1e-6, 0, slips); }

START_TEST(field_paper)
{
    Run got = student("field_paper");
    static const double want[5] = {4, 7, 16, 34, 70}, forwards[5] = {NAN, NAN, 13, 25, 49}, added[5] = {NAN, 8, 12, 16, 20}, strides[5] = {1, 1, 2, 4, 8};
    for (int k = 0; k < 5; k++) {
        char name[16];
        snprintf(name, sizeof name, "reach%d", k);
        expect_reach(&got, name, want[k],
                     (Slip[]){{(double[]){forwards[k]}, BACKWARDS}, {(double[]){added[k]}, "kernels do not add up: r = (r - 1) stride + kernel"},
                              {(double[]){strides[k]}, "(r - 1) stride + kernel"}, {(double[]){want[k] - 1}, "it begins with r = 1"}, {0}});
    }
}
END_TEST

START_TEST(field_pixel)
{
    Run got = student("field_pixel");
    expect_reach(&got, "none", 1, (Slip[]){{(double[]){0}, "no layer at all looks at 1 pixel"}, {0}});
    expect_reach(&got, "pixel", 1, (Slip[]){{(double[]){3}, "kernels do not add up: r = (r - 1) stride + kernel"}, {(double[]){0}, "it begins with r = 1"}, {(double[]){4}, "it begins with r = 1, and grows by (kernel - 1)"}, {0}});
}
END_TEST

START_TEST(field_order)
{
    Run got = student("field_order");
    expect_reach(&got, "first", 8, (Slip[]){{(double[]){6}, BACKWARDS}, {(double[]){11}, "r = (r - 1) stride + kernel, not r stride + kernel"}, {0}});
    expect_reach(&got, "last", 6, (Slip[]){{(double[]){8}, BACKWARDS}, {0}});
}
END_TEST

AS_REFERENCE(field_sizes, 0, 1e-6)

/* ---- 3. l1_loss ---- */

START_TEST(far_by_hand)
{
    Run got = student("far_by_hand");
    const double loss = 9.5 / 6, g = 1. / 6;
    expect(value(&got, "loss"), &loss, 1, 1, 1e-5, 0, 6,
           (Slip[]){{(double[]){9.5}, "the mean of all numbers, not their sum"}, {(double[]){9.5 / 2}, "averaged over the numbers of a picture, too, not only over the batch"}, {(double[]){9.5 / 3}, "averaged over the batch, too"},
                    {(double[]){(4 + 2.25 + 1 + 25) / 6}, "the absolute value, not the square"}, {(double[]){3.5 / 6}, "the absolute value: errors of both signs count"},
                    {(double[]){4.75 / 6}, "without a factor 1/2"}, {0}});
    expect(value(&got, "grad"), (double[]){-g, 0, g, -g, 0, g}, 2, 3, 1e-5, 1e-7, 6,
           (Slip[]){{(double[]){-1, 0, 1, -1, 0, 1}, "the gradient is that of the mean: over 6 numbers"}, {(double[]){-.5, 0, .5, -.5, 0, .5}, "the gradient is that of the mean: over all numbers, not only over the batch"},
                    {(double[]){-1. / 3, 0, 1. / 3, -1. / 3, 0, 1. / 3}, "the gradient is that of the mean: over all numbers of the batch"},
                    {(double[]){g, 0, -g, g, 0, -g}, "the sign of y - truth, not of truth - y"}, {(double[]){-2 * g, 0, 1.5 * g, -g, 0, 5 * g}, "the sign alone: the slope of |y - truth| is the same everywhere"},
                    {(double[]){-g, g, g, -g, g, g}, "where y is the truth the gradient is 0"}, {(double[]){-g, -g, g, -g, -g, g}, "where y is the truth the gradient is 0"}, {0}});
}
END_TEST

START_TEST(far_median)
{
    Run got = student("far_median");
    static const double loss[3] = {(.05 + .05 + .05 + .95 + .95) / 5, (.1 + .1 + 0 + .9 + .9) / 5, (.42 + .42 + .32 + .58 + .58) / 5}, pull[3] = {-.2, 0, .2};
    for (int k = 0; k < 3; k++) {
        char of_loss[16], of_pull[16];
        snprintf(of_loss, sizeof of_loss, "loss%d", k), snprintf(of_pull, sizeof of_pull, "pull%d", k);
        expect(value(&got, of_loss), &loss[k], 1, 1, 1e-5, 0, 0, NULL);
        expect(value(&got, of_pull), &pull[k], 1, 1, 1e-5, 1e-6, 0, (Slip[]){{(double[]){k == 2 ? 0 : NAN}, "the best guess is the median, where as many truths lie above as below; this gradient wants the mean"}, {(double[]){k == 1 ? .2 : NAN}, "where y is the truth the gradient is 0"}, {(double[]){k == 1 ? -.2 : NAN}, "where y is the truth the gradient is 0"}, {0}});
    }
}
END_TEST

START_TEST(far_many)
{
    Run got = student("far_many"), want = reference("far_many");
    double right = value(&want, "loss").a[0], found = value(&got, "loss").a[0];
    expect(value(&got, "loss"), &right, 1, 1, 3e-7, 0, 0,
           (Slip[]){{(double[]){found / right < 2 && found / right > .5 ? found : NAN}, "640,000 numbers were added up in a float, which has seven digits; add up in a double"}, {0}});
}
END_TEST

AS_REFERENCE(far_sizes, 1e-4, 1e-7)

/* ---- 4. pix2pix_g_loss ---- */

typedef struct { double gan, l1, *dlogit, *sign; } Closed;

/* dlogit and sign without any 1/n: sigma - 1, and the sign of fake - truth. */
static Closed wish(const double *logit, const double *fake, const double *truth, int B, int q, int d)
{
    Closed c = {0, 0, numbers(B * q), numbers(B * d)};
    for (int i = 0; i < B * q; i++) {
        double said = 1 / (1 + exp(-logit[i]));
        c.gan -= log(said) / (B * q);
        c.dlogit[i] = said - 1;
    }
    for (int i = 0; i < B * d; i++) {
        double off = fake[i] - truth[i];
        c.l1 += fabs(off) / (B * d);
        c.sign[i] = off > 0 ? 1 : off < 0 ? -1 : 0;
    }
    return c;
}

#define PATCHES "the mean over patches, too, not only over the batch"

static void expect_wish(const char *test_case, double lambda)
{
    enum { B = 3, q = 4, d = 5 };
    Run got = student(test_case), want = reference(test_case);
    const double *logit = value(&want, "logit").a, *fake = value(&want, "fake").a, *truth = value(&want, "truth").a;
    Closed c = wish(logit, fake, truth, B, q, d);
    double refused = c.gan;
    for (int i = 0; i < B * q; i++) refused += logit[i] / (B * q);          /* -log(1 - sigma) = -log sigma + logit */
    double *dlogit = weighted_sum(c.dlogit, 1. / (B * q), NULL, 0, B * q), *dfake = weighted_sum(c.sign, lambda / (B * d), NULL, 0, B * d), *down = numbers(B * q);
    for (int i = 0; i < B * q; i++) down[i] = (c.dlogit[i] + 1) / (B * q);
    expect(value(&got, "gan"), &c.gan, 1, 1, 1e-4, 1e-6, 0,
           (Slip[]){{(double[]){c.gan * q}, PATCHES}, {(double[]){refused}, "G wants its patches taken for real: target 1"}, {(double[]){c.gan / 2}, "without a factor 1/2: that is D's"}, {(double[]){c.gan * B * q}, PATCHES}, {0}});
    expect(value(&got, "l1"), &c.l1, 1, 1, 1e-4, 1e-6, 0, (Slip[]){{(double[]){lambda * c.l1}, "l1 is returned without lambda"}, {(double[]){c.l1 * d}, "the mean of all numbers: l1_loss, not the library's l1"}, {0}});
    expect(value(&got, "value"), (double[]){c.gan + lambda * c.l1}, 1, 1, 1e-4, 1e-6, 0,
           (Slip[]){{(double[]){c.gan + c.l1}, "L1 counts lambda times"}, {(double[]){lambda * c.gan + c.l1}, "lambda belongs to L1"}, {(double[]){c.gan}, "L1 belongs to the loss, lambda times"},
                    {(double[]){lambda * (c.gan + c.l1)}, "lambda belongs to L1 alone"}, {0}});
    expect(value(&got, "dlogit"), dlogit, B, q, 1e-3, 1e-6, B * q,
           (Slip[]){{weighted_sum(dlogit, q, NULL, 0, B * q), PATCHES}, {down, "G wants its patches taken for real: target 1"}, {weighted_sum(dlogit, lambda, NULL, 0, B * q), "lambda belongs to L1 alone"},
                    {weighted_sum(dlogit, .5, NULL, 0, B * q), "without a factor 1/2: that is D's"}, {weighted_sum(dlogit, B * q, NULL, 0, B * q), PATCHES}, {0}});
    expect(value(&got, "dfake"), dfake, B, d, 1e-3, 1e-6, B * d,
           (Slip[]){{weighted_sum(c.sign, 1. / (B * d), NULL, 0, B * d), "lambda belongs to the gradient, too"}, {weighted_sum(dfake, d, NULL, 0, B * d), "the mean of all numbers: l1_loss, not the library's l1"},
                    {weighted_sum(dfake, -1, NULL, 0, B * d), "the sign of fake - truth, not of truth - fake"}, {0}});
}

START_TEST(wish_zero)
{
    Run got = student("wish_zero");
    expect(value(&got, "gan"), (double[]){LN2}, 1, 1, 1e-5, 0, 0, (Slip[]){{(double[]){4 * LN2}, "ln 2 for each patch, and the mean over patches: ln 2"}, {(double[]){LN2 / 2}, "without a factor 1/2: that is D's"}, {0}});
    expect_one(&got, "l1", 0, 1e-6, "fake is the truth");
    expect(value(&got, "value"), (double[]){LN2}, 1, 1, 1e-5, 0, 0, (Slip[]){{(double[]){100 * LN2}, "lambda belongs to L1"}, {0}});
    expect(value(&got, "dlogit"), (double[]){-1. / 16, -1. / 16, -1. / 16, -1. / 16, -1. / 16, -1. / 16, -1. / 16, -1. / 16}, 2, 4, 1e-4, 0, 0, (Slip[]){{(double[]){-.25, -.25, -.25, -.25, -.25, -.25, -.25, -.25}, PATCHES}, {(double[]){1. / 16, 1. / 16, 1. / 16, 1. / 16, 1. / 16, 1. / 16, 1. / 16, 1. / 16}, "G wants its patches taken for real: target 1"},
                    {(double[]){-6.25, -6.25, -6.25, -6.25, -6.25, -6.25, -6.25, -6.25}, "lambda belongs to L1 alone"}, {0}});
    expect(value(&got, "dfake"), numbers(6), 2, 3, 0, 1e-7, 0, NULL);
}
END_TEST

START_TEST(wish_random) { expect_wish("wish_random", 7); }
END_TEST

START_TEST(wish_alone) { expect_wish("wish_alone", 0); }
END_TEST

START_TEST(wish_extreme)
{
    Run got = student("wish_extreme");
    expect(value(&got, "gan"), (double[]){100}, 1, 1, 1e-5, 0, 0, (Slip[]){{(double[]){200}, PATCHES}, {0}});
    expect(value(&got, "dlogit"), (double[]){0, -.5}, 1, 2, 1e-5, 1e-7, 0, (Slip[]){{(double[]){0, -1}, PATCHES}, {0}});
}
END_TEST

AS_REFERENCE(wish_sizes, 1e-3, 1e-6)

/* ---- 5. pix2pix_d_input ---- */

START_TEST(shown_by_hand)
{
    Run got = student("shown_by_hand");
    expect(value(&got, "shown"), (double[]){10, 1, 2, 20, 3, 4, 30, 5, 6, 40, 7, 8}, 2, 6, 0, 1e-6, 0,
           (Slip[]){{(double[]){1, 2, 10, 3, 4, 20, 5, 6, 30, 7, 8, 40}, "the input comes first, then the output"},
                    {(double[]){10, 20, 1, 2, 3, 4, 30, 40, 5, 6, 7, 8}, "one beside the other at every pixel, not whole pictures side by side"}, {0}});
}
END_TEST

AS_REFERENCE(shown_sizes, 1e-5, 1e-6)

/* ---- all together ---- */

START_TEST(settles)
{
    Run got = student("settles");
    double first = value(&got, "first").a[0], last = value(&got, "last").a[0];
    expect_that(last < .1 * first, "a picture was to come near the truth although D pulls: its distance went from %.3g to %.3g, want less than a tenth\nhint: does dfake have the sign of fake - truth, and skip_split D's share of it?",
                first, last);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("16_pix2pix");
    TCase *t = exercise(s, "skip_join");
    tcase_add_test(t, join_by_hand), tcase_add_test(t, split_by_hand), tcase_add_test(t, join_sizes);
    t = exercise(s, "patch_receptive_field");
    tcase_add_test(t, field_paper), tcase_add_test(t, field_pixel), tcase_add_test(t, field_order), tcase_add_test(t, field_sizes);
    t = exercise(s, "l1_loss");
    tcase_add_test(t, far_by_hand), tcase_add_test(t, far_median), tcase_add_test(t, far_many), tcase_add_test(t, far_sizes);
    t = exercise(s, "pix2pix_g_loss");
    tcase_add_test(t, wish_zero), tcase_add_test(t, wish_random), tcase_add_test(t, wish_alone), tcase_add_test(t, wish_extreme), tcase_add_test(t, wish_sizes);
    t = exercise(s, "pix2pix_d_input");
    tcase_add_test(t, shown_by_hand), tcase_add_test(t, shown_sizes);
    t = exercise(s, "together");
    tcase_add_test(t, settles);
    return judge_main(s);
}
