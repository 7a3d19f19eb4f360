/* The judge of lab 16: pixels by hand, the receptive fields of the paper, the median, wishes in closed form, D's input
 * by hand. */
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
    expect(value(&got, "joined"), MATRIX(2, 6, 1, 2, 10, 3, 4, 20, 5, 6, 30, 7, 8, 40), .atol = 1e-6, .slips = SLIPS(
        SLIP("skip comes first, then up", 10, 1, 2, 20, 3, 4, 30, 5, 6, 40, 7, 8),
        SLIP(SIDE_BY_SIDE, 1, 2, 3, 4, 10, 20, 5, 6, 7, 8, 30, 40),
        SLIP(PER_PIXEL, 1, 10, 2, 3, 20, 4, 5, 30, 6, 7, 40, 8)));
}
END_TEST

START_TEST(split_by_hand)
{
    Run got = student("split_by_hand");
    expect(value(&got, "dskip"), MATRIX(2, 4, 1, 2, 3, 4, 5, 6, 7, 8), .atol = 1e-6, .slips = SLIPS(
        SLIP(SIDE_BY_SIDE, 1, 2, 10, 3, 5, 6, 30, 7),
        SLIP("dskip and dup are overwritten, not added to", 8, 9, 10, 11, 12, 13, 14, 15),
        SLIP("skip comes first, then up", 2, 10, 4, 20, 6, 30, 8, 40),
        SLIP("nothing was written into dskip", 7, 7, 7, 7, 7, 7, 7, 7)));
    expect(value(&got, "dup"), MATRIX(2, 2, 10, 20, 30, 40), .atol = 1e-6, .slips = SLIPS(
        SLIP(SIDE_BY_SIDE, 4, 20, 8, 40),
        SLIP("dskip and dup are overwritten, not added to", 17, 27, 37, 47),
        SLIP("skip comes first, then up", 1, 3, 5, 7),
        SLIP("nothing was written into dup", 7, 7, 7, 7)));
}
END_TEST

AS_REFERENCE(join_sizes, 1e-5, 1e-6)

/* ---- 2. patch_receptive_field ---- */

#define BACKWARDS "from the last layer to the first: a number there looks at one pixel of its own layer"

static void expect_reach(const Run *got, const char *name, double want, const Slip *slips)
{
    expect(value(got, name), SCALAR(want), .atol = 1e-6, .slips = slips);
}

START_TEST(field_paper)
{
    Run got = student("field_paper");
    static const double want[5] = {4, 7, 16, 34, 70}, forwards[5] = {NAN, NAN, 13, 25, 49},
                        added[5] = {NAN, 8, 12, 16, 20}, strides[5] = {1, 1, 2, 4, 8};
    for (int k = 0; k < 5; k++) {
        char name[16];
        snprintf(name, sizeof name, "reach%d", k);
        expect_reach(&got, name, want[k], SLIPS(
            SLIP(BACKWARDS, forwards[k]),
            SLIP("kernels do not add up: r = (r - 1) stride + kernel", added[k]),
            SLIP("(r - 1) stride + kernel", strides[k]),
            SLIP("it begins with r = 1", want[k] - 1)));
    }
}
END_TEST

START_TEST(field_pixel)
{
    Run got = student("field_pixel");
    expect_reach(&got, "none", 1, SLIPS(
        SLIP("no layer at all looks at 1 pixel", 0)));
    expect_reach(&got, "pixel", 1, SLIPS(
        SLIP("kernels do not add up: r = (r - 1) stride + kernel", 3),
        SLIP("it begins with r = 1", 0),
        SLIP("it begins with r = 1, and grows by (kernel - 1)", 4)));
}
END_TEST

START_TEST(field_order)
{
    Run got = student("field_order");
    expect_reach(&got, "first", 8, SLIPS(
        SLIP(BACKWARDS, 6),
        SLIP("r = (r - 1) stride + kernel, not r stride + kernel", 11)));
    expect_reach(&got, "last", 6, SLIPS(
        SLIP(BACKWARDS, 8)));
}
END_TEST

AS_REFERENCE(field_sizes, 0, 1e-6)

/* ---- 3. l1_loss ---- */

START_TEST(far_by_hand)
{
    Run got = student("far_by_hand");
    const double loss = 9.5 / 6, g = 1. / 6;
    expect(value(&got, "loss"), SCALAR(loss), .rtol = 1e-5, .batch = 6, .slips = SLIPS(
        SLIP("the mean of all numbers, not their sum", 9.5),
        SLIP("averaged over the numbers of a picture, too, not only over the batch", 9.5 / 2),
        SLIP("averaged over the batch, too", 9.5 / 3),
        SLIP("the absolute value, not the square", (4 + 2.25 + 1 + 25) / 6),
        SLIP("the absolute value: errors of both signs count", 3.5 / 6),
        SLIP("without a factor 1/2", 4.75 / 6)));
    expect(value(&got, "grad"), MATRIX(2, 3, -g, 0, g, -g, 0, g), .rtol = 1e-5, .atol = 1e-7, .batch = 6,
           .slips = SLIPS(
        SLIP("the gradient is that of the mean: over 6 numbers", -1, 0, 1, -1, 0, 1),
        SLIP("the gradient is that of the mean: over all numbers, not only over the batch", -.5, 0, .5, -.5, 0, .5),
        SLIP("the gradient is that of the mean: over all numbers of the batch", -1. / 3, 0, 1. / 3, -1. / 3, 0, 1. / 3),
        SLIP("the sign of y - truth, not of truth - y", g, 0, -g, g, 0, -g),
        SLIP("the sign alone: the slope of |y - truth| is the same everywhere", -2 * g, 0, 1.5 * g, -g, 0, 5 * g),
        SLIP("where y is the truth the gradient is 0", -g, g, g, -g, g, g),
        SLIP("where y is the truth the gradient is 0", -g, -g, g, -g, -g, g)));
}
END_TEST

START_TEST(far_median)
{
    Run got = student("far_median");
    static const double loss[3] = {(.05 + .05 + .05 + .95 + .95) / 5, (.1 + .1 + 0 + .9 + .9) / 5,
                                   (.42 + .42 + .32 + .58 + .58) / 5},
                        pull[3] = {-.2, 0, .2};
    for (int k = 0; k < 3; k++) {
        char of_loss[16], of_pull[16];
        snprintf(of_loss, sizeof of_loss, "loss%d", k);
        snprintf(of_pull, sizeof of_pull, "pull%d", k);
        expect(value(&got, of_loss), SCALAR(loss[k]), .rtol = 1e-5);
        expect(value(&got, of_pull), SCALAR(pull[k]), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
            SLIP("the best guess is the median, where as many truths lie above as below; this gradient wants the mean",
                 k == 2 ? 0 : NAN),
            SLIP("where y is the truth the gradient is 0", k == 1 ? .2 : NAN),
            SLIP("where y is the truth the gradient is 0", k == 1 ? -.2 : NAN)));
    }
}
END_TEST

START_TEST(far_many) { expect_sum_in_double("far_many", "loss", "640,000 numbers", 3e-7, 0); }
END_TEST

AS_REFERENCE(far_sizes, 1e-4, 1e-7)

/* ---- 4. pix2pix_g_loss ---- */

typedef struct {
    double gan, l1, *dlogit, *sign;
} Closed;

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
        c.sign[i] = (off > 0) - (off < 0);
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
    for (int i = 0; i < B * q; i++) refused += logit[i] / (B * q); /* -log(1 - sigma) = -log sigma + logit */
    double *dlogit = scaled(c.dlogit, 1. / (B * q), B * q), *dfake = scaled(c.sign, lambda / (B * d), B * d),
           *down = numbers(B * q);
    for (int i = 0; i < B * q; i++) down[i] = (c.dlogit[i] + 1) / (B * q);
    expect(value(&got, "gan"), SCALAR(c.gan), .rtol = 1e-4, .atol = 1e-6, .slips = SLIPS(
        SLIP(PATCHES, c.gan * q),
        SLIP("G wants its patches taken for real: target 1", refused),
        SLIP("without a factor 1/2: that is D's", c.gan / 2),
        SLIP(PATCHES, c.gan * B * q)));
    expect(value(&got, "l1"), SCALAR(c.l1), .rtol = 1e-4, .atol = 1e-6, .slips = SLIPS(
        SLIP("l1 is returned without lambda", lambda * c.l1),
        SLIP("the mean of all numbers, not over the batch alone", c.l1 * d)));
    expect(value(&got, "value"), SCALAR(c.gan + lambda * c.l1), .rtol = 1e-4, .atol = 1e-6, .slips = SLIPS(
        SLIP("L1 counts lambda times", c.gan + c.l1),
        SLIP("lambda belongs to L1", lambda * c.gan + c.l1),
        SLIP("L1 belongs to the loss, lambda times", c.gan),
        SLIP("lambda belongs to L1 alone", lambda * (c.gan + c.l1))));
    expect(value(&got, "dlogit"), ARRAY(B, q, dlogit), .rtol = 1e-3, .atol = 1e-6, .batch = B * q, .slips = SLIPS(
        SLIP_ARRAY(PATCHES, scaled(dlogit, q, B * q)),
        SLIP_ARRAY("G wants its patches taken for real: target 1", down),
        SLIP_ARRAY("lambda belongs to L1 alone", scaled(dlogit, lambda, B * q)),
        SLIP_ARRAY("without a factor 1/2: that is D's", scaled(dlogit, .5, B * q)),
        SLIP_ARRAY(PATCHES, scaled(dlogit, B * q, B * q))));
    expect(value(&got, "dfake"), ARRAY(B, d, dfake), .rtol = 1e-3, .atol = 1e-6, .batch = B * d, .slips = SLIPS(
        SLIP_ARRAY("lambda belongs to the gradient, too", scaled(c.sign, 1. / (B * d), B * d)),
        SLIP_ARRAY("the mean of all numbers, not over the batch alone", scaled(dfake, d, B * d)),
        SLIP_ARRAY("the sign of fake - truth, not of truth - fake", scaled(dfake, -1, B * d))));
}

START_TEST(wish_zero)
{
    Run got = student("wish_zero");
    expect(value(&got, "gan"), SCALAR(LN2), .rtol = 1e-5, .slips = SLIPS(
        SLIP("ln 2 for each patch, and the mean over patches: ln 2", 4 * LN2),
        SLIP("without a factor 1/2: that is D's", LN2 / 2)));
    expect_one(&got, "l1", 0, 1e-6, "fake is the truth");
    expect(value(&got, "value"), SCALAR(LN2), .rtol = 1e-5, .slips = SLIPS(
        SLIP("lambda belongs to L1", 100 * LN2)));
    expect(value(&got, "dlogit"),
           MATRIX(2, 4, -1. / 16, -1. / 16, -1. / 16, -1. / 16, -1. / 16, -1. / 16, -1. / 16, -1. / 16), .rtol = 1e-4,
           .slips = SLIPS(
        SLIP(PATCHES, -.25, -.25, -.25, -.25, -.25, -.25, -.25, -.25),
        SLIP("G wants its patches taken for real: target 1",
             1. / 16, 1. / 16, 1. / 16, 1. / 16, 1. / 16, 1. / 16, 1. / 16, 1. / 16),
        SLIP("lambda belongs to L1 alone", -6.25, -6.25, -6.25, -6.25, -6.25, -6.25, -6.25, -6.25)));
    expect(value(&got, "dfake"), ARRAY(2, 3, numbers(6)), .atol = 1e-7);
}
END_TEST

START_TEST(wish_random) { expect_wish("wish_random", 7); }
END_TEST

START_TEST(wish_alone) { expect_wish("wish_alone", 0); }
END_TEST

START_TEST(wish_extreme)
{
    Run got = student("wish_extreme");
    expect(value(&got, "gan"), SCALAR(100), .rtol = 1e-5, .slips = SLIPS(
        SLIP(PATCHES, 200)));
    expect(value(&got, "dlogit"), MATRIX(1, 2, 0, -.5), .rtol = 1e-5, .atol = 1e-7, .slips = SLIPS(
        SLIP(PATCHES, 0, -1)));
}
END_TEST

AS_REFERENCE(wish_sizes, 1e-3, 1e-6)

/* ---- 5. pix2pix_d_input ---- */

START_TEST(shown_by_hand)
{
    Run got = student("shown_by_hand");
    expect(value(&got, "shown"), MATRIX(2, 6, 10, 1, 2, 20, 3, 4, 30, 5, 6, 40, 7, 8), .atol = 1e-6, .slips = SLIPS(
        SLIP("the input comes first, then the output", 1, 2, 10, 3, 4, 20, 5, 6, 30, 7, 8, 40),
        SLIP("one beside the other at every pixel, not whole pictures side by side",
             10, 20, 1, 2, 3, 4, 30, 40, 5, 6, 7, 8)));
}
END_TEST

AS_REFERENCE(shown_sizes, 1e-5, 1e-6)

/* ---- all together ---- */

START_TEST(settles)
{
    Run got = student("settles");
    double first = value(&got, "first").a[0], last = value(&got, "last").a[0];
    expect_that(last < .1 * first,
                "a picture was to come near the truth although D pulls: its distance went from %.3g to %.3g, want less "
                "than a tenth\nhint: does dfake have the sign of fake - truth, and skip_split D's share of it?",
                first, last);
}
END_TEST

int main(void)
{
    return judge_main("16_pix2pix", EXERCISES(
        EXERCISE("skip_join", join_by_hand, split_by_hand, join_sizes),
        EXERCISE("patch_receptive_field", field_paper, field_pixel, field_order, field_sizes),
        EXERCISE("l1_loss", far_by_hand, far_median, far_many, far_sizes),
        EXERCISE("pix2pix_g_loss", wish_zero, wish_random, wish_alone, wish_extreme, wish_sizes),
        EXERCISE("pix2pix_d_input", shown_by_hand, shown_sizes),
        EXERCISE("together", settles)));
}
