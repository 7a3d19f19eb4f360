/* The judge of lab 13: layouts by hand, closed forms of both losses with linear nets, a witness of what D was told,
 * planted confusions. */
#include "judge.h"

#include <math.h>
#include <string.h>

#define LN2 0.69314718055994531

/* ---- 1. one_hot ---- */

START_TEST(hot_by_hand)
{
    Run got = student("hot_by_hand");
    expect(value(&got, "y"), MATRIX(4, 4, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0), .slips = SLIPS(
        SLIP("a row per label, a column per class: not the other way round",
             0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0),
        SLIP("the classes begin with 0", 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0),
        SLIP("a 1 where the class is, not its number", 0, 0, 2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0),
        SLIP("one 1 in a row, not all up to the class: classes have no order",
             1, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0)));
}
END_TEST

START_TEST(hot_alone)
{
    Run got = student("hot_alone");
    double *last = numbers(256);
    last[255] = 1;
    expect(value(&got, "one"), MATRIX(3, 1, 1, 1, 1), .rtol = 0);
    expect(value(&got, "last"), ARRAY(1, 256, last), .rtol = 0);
}
END_TEST

AS_REFERENCE(hot_sizes, 0, 0)

/* ---- 2. join_condition ---- */

START_TEST(join_vector)
{
    Run got = student("join_vector");
    expect(value(&got, "joined"), MATRIX(2, 5, 1, 2, 0, 1, 0, 3, 4, 1, 0, 0), .slips = SLIPS(
        SLIP("y comes behind x, not before it", 0, 1, 0, 1, 2, 1, 0, 0, 3, 4),
        SLIP("each sample has its own y: row i of x gets row i of y", 1, 2, 0, 1, 0, 3, 4, 0, 1, 0)));
}
END_TEST

START_TEST(join_planes)
{
    Run got = student("join_planes");
    expect(value(&got, "joined"),
           MATRIX(2, 12, 1, 10, 7, 8, 2, 20, 7, 8, 3, 30, 7, 8, 4, 40, -7, -8, 5, 50, -7, -8, 6, 60, -7, -8),
           .slips = SLIPS(
        SLIP("the channel is fastest: y stands behind the channels of every pixel, not behind the whole map",
             1, 10, 2, 20, 3, 30, 7, 7, 7, 8, 8, 8, 4, 40, 5, 50, 6, 60, -7, -7, -7, -8, -8, -8),
        SLIP("the channel is fastest: y stands behind the channels of every pixel, not behind the whole map",
             1, 10, 2, 20, 3, 30, 7, 8, 7, 8, 7, 8, 4, 40, 5, 50, 6, 60, -7, -8, -7, -8, -7, -8),
        SLIP("all pixels of a sample get its own y: repeat a row of y for each of them before going on to the next",
             1, 10, 7, 8, 2, 20, -7, -8, 3, 30, 7, 8, 4, 40, -7, -8, 5, 50, 7, 8, 6, 60, -7, -8),
        SLIP("y comes behind the channels, not before them",
             7, 8, 1, 10, 7, 8, 2, 20, 7, 8, 3, 30, -7, -8, 4, 40, -7, -8, 5, 50, -7, -8, 6, 60),
        SLIP("every pixel is told, not only the first",
             1, 10, 7, 8, 2, 20, 0, 0, 3, 30, 0, 0, 4, 40, -7, -8, 5, 50, 0, 0, 6, 60, 0, 0)));
}
END_TEST

AS_REFERENCE(join_sizes, 1e-6, 1e-6)

/* ---- 3. cgan_d_loss, 4. cgan_g_loss: linear nets, in double ---- */

enum { B = 4, D = 3, P = 2, C = 2, K = 3, J = P * (C + K) }; /* of the random cases */
typedef struct {
    double value, *dA, *dW, *dx;
} Closed;

/* One batch through D with y, wanted to be `target`: its share of the loss and of the gradients. */
static Closed closed(const double *x, const double *y, const double *A, const double *W, double target)
{
    Closed c = {0, NULL, NULL, NULL};
    double *map = product(x, false, A, false, B, D, P * C), *joined = numbers(B * J), *dscore = numbers(B * K);
    for (int i = 0; i < B; i++)
        for (int p = 0; p < P; p++)
            for (int k = 0; k < C + K; k++)
                joined[i * J + p * (C + K) + k] = k < C ? map[i * P * C + p * C + k] : y[i * K + k - C];
    double *score = product(joined, false, W, false, B, J, K);
    for (int i = 0; i < B; i++) {
        double logit = 0;
        for (int k = 0; k < K; k++) logit += y[i * K + k] * score[i * K + k];
        double said = 1 / (1 + exp(-logit));
        c.value -= log(target > 0 ? said : 1 - said) / B;
        for (int k = 0; k < K; k++) dscore[i * K + k] = y[i * K + k] * (said - target) / B;
    }
    double *djoined = product(dscore, false, W, true, B, K, J), *dmap = numbers(B * P * C);
    for (int i = 0; i < B; i++)
        for (int p = 0; p < P; p++)
            for (int k = 0; k < C; k++) dmap[i * P * C + p * C + k] = djoined[i * J + p * (C + K) + k];
    c.dW = product(joined, true, dscore, false, J, B, K);
    c.dA = product(x, true, dmap, false, D, B, P * C);
    c.dx = product(dmap, false, A, true, B, P * C, D);
    return c;
}

#define LEFT_OVER "the gradients still hold what an earlier step left: net_zero_grad, for both nets"
#define ONE_IS_ZEROED "the second batch wiped out what the first had added: net_zero_grad comes once, before both"
#define REAL_ONLY "the fakes are missing: D learns from both"
#define SAME_Y "a real image comes with its label, and a fake with the one G was given: the same y for both"
#define BOTH_UP "a fake is to go down: its target is 0"

START_TEST(d_zero)
{
    Run got = student("d_zero");
    expect(value(&got, "loss"), SCALAR(2 * LN2), .rtol = 1e-5, .batch = 2, .slips = SLIPS(
        SLIP("the sum of two means, that of the real images and that of the fakes: not their mean, nor one of them",
             LN2)));
}
END_TEST

START_TEST(d_random)
{
    Run got = student("d_random"), want = reference("d_random");
    const double *A = value(&want, "A").a, *W = value(&want, "W").a, *y = value(&want, "y").a;
    const double *real = value(&want, "real").a, *fake = value(&want, "fake").a;
    Closed up = closed(real, y, A, W, 1), down = closed(fake, y, A, W, 0), fooled = closed(fake, y, A, W, 1),
           swapped = closed(real, y, A, W, 0);
    int nA = D * P * C, nW = J * K;
    double *turned = numbers(B * K);
    for (int i = 0; i < B; i++) memcpy(turned + i * K, y + (B - 1 - i) * K, K * sizeof *y);
    Closed other = closed(fake, turned, A, W, 0), untold = closed(fake, numbers(B * K), A, W, 0);
    expect(value(&got, "loss"), SCALAR(up.value + down.value), .rtol = 1e-4, .atol = 1e-5, .batch = B, .slips = SLIPS(
        SLIP(REAL_ONLY, up.value),
        SLIP(BOTH_UP, up.value + fooled.value),
        SLIP(SAME_Y, up.value + other.value),
        SLIP(SAME_Y, up.value + untold.value),
        SLIP("real images are to go up and fakes down, not the other way round", swapped.value + fooled.value),
        SLIP("the sum of two means, not their mean", (up.value + down.value) / 2)));
    expect(value(&got, "dW"), ARRAY(J, K, weighted_sum(up.dW, 1, down.dW, 1, nW)), .rtol = 1e-3, .atol = 1e-5,
           .batch = B, .slips = SLIPS(
        SLIP_ARRAY(LEFT_OVER, weighted_sum(weighted_sum(up.dW, 1, down.dW, 1, nW), 1, NULL, 7, nW)),
        SLIP_ARRAY(ONE_IS_ZEROED, down.dW),
        SLIP_ARRAY(REAL_ONLY, up.dW),
        SLIP_ARRAY(BOTH_UP, weighted_sum(up.dW, 1, fooled.dW, 1, nW)),
        SLIP_ARRAY("nothing reached D's weights: ask_backward with WRT_PARAMS", scaled(up.dW, 0, nW))));
    expect(value(&got, "dA"), ARRAY(D, P * C, weighted_sum(up.dA, 1, down.dA, 1, nA)), .rtol = 1e-3, .atol = 1e-5,
           .batch = B, .slips = SLIPS(
        SLIP_ARRAY("D has two nets: net_zero_grad for D->image, too",
                   weighted_sum(weighted_sum(up.dA, 1, down.dA, 1, nA), 1, NULL, 7, nA)),
        SLIP_ARRAY(ONE_IS_ZEROED, down.dA)));
    expect(value(&got, "A_after"), ARRAY(D, P * C, value(&got, "A").a), .rtol = 0);
}
END_TEST

START_TEST(d_told)
{
    Run got = student("d_told"), want = reference("d_told");
    const double *y = value(&want, "y").a;
    expect_one(&got, "calls", 2, 0, "D is asked twice: about the real images, and about the fakes");
    for (int call = 0; call < 2; call++) {
        Value told = value(&got, call ? "saw1" : "saw0");
        for (int i = 0; i < 3; i++)
            for (int k = 0; k < 3; k++)
                expect_that(told.a[i * 5 + 2 + k] == y[i * 3 + k], "D was told %g where y[%d,%d] is %g\nhint: " SAME_Y,
                            told.a[i * 5 + 2 + k], i, k, y[i * 3 + k]);
    }
    expect_as_reference("d_told", 1e-4, 1e-5);
}
END_TEST

AS_REFERENCE(d_sizes, 1e-3, 1e-4)

START_TEST(g_zero)
{
    Run got = student("g_zero");
    expect(value(&got, "loss"), SCALAR(LN2), .rtol = 1e-5, .batch = 2, .slips = SLIPS(
        SLIP("the fooling loss, -log sigma, not log(1 - sigma): it still pulls where D is sure", -LN2)));
}
END_TEST

START_TEST(g_random)
{
    Run got = student("g_random"), want = reference("g_random");
    const double *A = value(&want, "A").a, *W = value(&want, "W").a, *fake = value(&want, "fake").a,
                 *y = value(&want, "y").a;
    Closed fool = closed(fake, y, A, W, 1), down = closed(fake, y, A, W, 0);
    expect(value(&got, "loss"), SCALAR(fool.value), .rtol = 1e-4, .atol = 1e-5, .batch = B, .slips = SLIPS(
        SLIP("that is D's loss: G wants its fakes taken for real, target 1", down.value),
        SLIP("the fooling loss, -log sigma, not log(1 - sigma): it still pulls where D is sure", -down.value)));
    expect(value(&got, "dfake"), ARRAY(B, D, fool.dx), .rtol = 1e-3, .atol = 1e-5, .batch = B, .slips = SLIPS(
        SLIP_ARRAY("that is D's loss: G wants its fakes taken for real, target 1", down.dx),
        SLIP_ARRAY("the gradient of -log sigma, not of log(1 - sigma)", scaled(down.dx, -1, B * D))));
}
END_TEST

START_TEST(g_keeps_d)
{
    Run got = student("g_random");
    expect(value(&got, "A_after"), ARRAY(D, P * C, value(&got, "A").a), .rtol = 0);
    expect(value(&got, "W_after"), ARRAY(J, K, value(&got, "W").a), .rtol = 0);
    for (int net = 0; net < 2; net++) {
        Value g = value(&got, net ? "dW" : "dA");
        for (int i = 0; i < g.n * g.d; i++)
            expect_that(g.a[i] == 7,
                        "a gradient of D was 7 before, and is %g now\nhint: D gets no gradient from G's loss: "
                        "ask_backward with WRT_INPUT alone, and nothing is zeroed",
                        g.a[i]);
    }
}
END_TEST

AS_REFERENCE(g_sizes, 1e-3, 1e-4)

/* ---- 5. condition_accuracy ---- */

#define BY_ROW "divide by how often the class was asked for: the row's sum"
#define EMPTY_ROW "a class that nobody asked for has a row of zeros, not 0/0"

START_TEST(acc_by_hand)
{
    Run got = student("acc_by_hand");
    const double t = 1. / 3;
    expect_that(!isnan(value(&got, "confusion").a[4]),
                "confusion[1,0]: want 0, got nan; nobody asked for class 1\nhint: " EMPTY_ROW);
    expect(value(&got, "confusion"), MATRIX(4, 4, .5, 0, .5, 0, 0, 0, 0, 0, 0, t, 2 * t, 0, t, 0, 0, 2 * t),
           .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP("row: what was asked; column: what it was judged",
             .5, 0, 0, t, 0, 0, t, 0, .5, 0, 2 * t, 0, 0, 0, 0, 2 * t),
        SLIP("row: what was asked; column: what it was judged", .5, 0, 0, .5, 0, 0, 1, 0, t, 0, 2 * t, 0, 0, 0, 0, 1),
        SLIP("shares, not counts", 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 2, 0, 1, 0, 0, 2),
        SLIP(BY_ROW, .125, 0, .125, 0, 0, 0, 0, 0, 0, .125, .25, 0, .125, 0, 0, .25),
        SLIP(BY_ROW, .5, 0, t, 0, 0, 0, 0, 0, 0, 1, 2 * t, 0, .5, 0, 0, 1)));
    expect(value(&got, "accuracy"), SCALAR(5. / 8), .rtol = 1e-5, .atol = 1e-6, .batch = 8, .slips = SLIPS(
        SLIP("the share of all samples, not the mean over classes", (.5 + 2 * t + 2 * t) / 4),
        SLIP("the share of all samples, not the mean over classes", (.5 + 2 * t + 2 * t) / 3),
        SLIP("the share that agrees, not the one that does not", 3. / 8)));
}
END_TEST

START_TEST(acc_planted)
{
    Run got = student("acc_planted");
    double *want = numbers(25);
    for (int k = 0; k < 5; k++) {
        want[k * 5 + k] = 1 - .1 * k;
        want[k * 5 + (k + 1) % 5] += .1 * k;
    }
    expect(value(&got, "confusion"), ARRAY(5, 5, want), .rtol = 1e-5, .atol = 1e-6);
    expect(value(&got, "accuracy"), SCALAR(.8), .rtol = 1e-5, .atol = 1e-6);
}
END_TEST

START_TEST(acc_many)
{
    Run got = student("acc_many");
    expect(value(&got, "confusion"), MATRIX(2, 2, 0, 0, .1, .9), .rtol = 1e-5, .atol = 1e-6);
    expect(value(&got, "accuracy"), SCALAR(.9), .rtol = 1e-5, .atol = 1e-6);
}
END_TEST

AS_REFERENCE(acc_sizes, 1e-5, 1e-6)

/* ---- all together ---- */

START_TEST(renamed)
{
    Run got = student("renamed");
    double d0 = value(&got, "d_before").a[0], d1 = value(&got, "d_after").a[0], g0 = value(&got, "g_before").a[0],
           g1 = value(&got, "g_after").a[0];
    expect_that(fabs(d0 - d1) < 1e-4 && fabs(g0 - g1) < 1e-4,
                "classes got other numbers, and D's planes and scores moved with them: D's loss went from %.6g to "
                "%.6g, G's from %.6g to %.6g\n"
                "hint: nothing may depend on a class's number but where its 1 stands",
                d0, d1, g0, g1);
    expect(value(&got, "dfake_after"), ARRAY(5, 3, value(&got, "dfake_before").a), .rtol = 1e-3, .atol = 1e-5);
}
END_TEST

START_TEST(obeys)
{
    Run got = student("obeys");
    double a = value(&got, "accuracy").a[0];
    expect_that(
        a > .6,
        "four clouds with a label each: %.0f %% of the samples lie in the one that was asked for, chance is 25 %%\n"
        "hint: does G's fake go to D with the label that G was given?",
        100 * a);
}
END_TEST

int main(void)
{
    return judge_main("13_cgan", EXERCISES(
        EXERCISE("one_hot", hot_by_hand, hot_alone, hot_sizes),
        EXERCISE("join_condition", join_vector, join_planes, join_sizes),
        EXERCISE("cgan_d_loss", d_zero, d_random, d_told, d_sizes),
        EXERCISE("cgan_g_loss", g_zero, g_random, g_keeps_d, g_sizes),
        EXERCISE("condition_accuracy", acc_by_hand, acc_planted, acc_many, acc_sizes),
        EXERCISE("together", renamed, obeys)));
}
