/* The judge of lab 08: closed forms of the value and of both steps with linear nets, notes that a round's steps have
 * taken, planted samples, and a Gaussian that has to be learned. */
#include "gan_steps.h"
#include "judge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>


/* ---- 1. gan_value ---- */

static void expect_value(const char *test_case, int n, int m)
{
    Run got = student(test_case), want = reference(test_case);
    const double *w = value(&want, "D.w").a, *real = product(value(&want, "real").a, false, w, false, n, 2, 1),
                 *fake = product(value(&want, "fake").a, false, w, false, m, 2, 1);
    double up = 0, down = 0, swap = 0, together = 0;
    for (int i = 0; i < n; i++) {
        up -= softplus(-real[i]) / n;
        swap -= softplus(real[i]) / n;
        together -= softplus(-real[i]) / (n + m);
    }
    for (int i = 0; i < m; i++) {
        down -= softplus(fake[i]) / m;
        swap -= softplus(-fake[i]) / m;
        together -= softplus(fake[i]) / (n + m);
    }
    double mean = (up + down) / 2, bits = (up + down) / log(2);
    Value V = value(&got, "V");
    expect_that(V.n != 1 || V.d != 1 || isfinite(V.a[0]),
                "V: want %.6g, got %g\nhint: sigma(v) has become 0 or 1 and its logarithm infinite; "
                "bce_logits_to works on the logit itself",
                up + down, V.a[0]);
    expect(V, SCALAR(up + down), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP("that is D's loss; the value is minus that: D wants it high", -up - down),
        SLIP_ARRAY("that is the real half only", &up),
        SLIP_ARRAY("that is the fake half only", &down),
        SLIP_ARRAY("one mean over real and fake together; each batch has a mean of its own, and they add up",
                   &together),
        SLIP_ARRAY("that is the mean of the two halves; they add up", &mean),
        SLIP_ARRAY("real and fake are exchanged: D is right when real is up", &swap),
        SLIP_ARRAY("that is in bits; natural logarithms, please", &bits)));
}

START_TEST(value_zero)
{
    Run got = student("value_zero");
    expect(value(&got, "V"), SCALAR(-2 * log(2)), .rtol = 1e-5, .slips = SLIPS(
        SLIP("that is D's loss; the value is minus that: D wants it high", 2 * log(2)),
        SLIP("D knows nothing: -ln 2 for the real points, and -ln 2 for the fakes", -log(2))));
}
END_TEST

START_TEST(value_by_hand) { expect_value("value_by_hand", 3, 2); }
END_TEST
START_TEST(value_sure) { expect_value("value_sure", 2, 1); }
END_TEST

/* ---- 2. d_step ---- */

START_TEST(d_step_zero)
{
    Run got = student("d_step_zero");
    expect(value(&got, "loss"), SCALAR(2 * log(2)), .rtol = 1e-5, .slips = SLIPS(
        SLIP("D knows nothing: ln 2 for the real batch and ln 2 for the fakes", log(2)),
        SLIP("that is the value V; return the loss, -V", -2 * log(2))));
    expect_d_step("d_step_zero", 2, 2, "points");
}
END_TEST

START_TEST(d_step_random) { expect_d_step("d_step_random", 5, 2, "points"); }
END_TEST

/* ---- 3. g_step ---- */

static const GeneratorLoss minimax = {
    .minimax = true,
    .other_gradient = "that is the gradient of the fooling loss; MINIMAX was asked for",
    .other_loss = "that is the other of the two losses",
    .negative_loss = "right but for the sign: MINIMAX is mean log(1 - sigma(v)), FOOLING is -mean log sigma(v)",
};
static const GeneratorLoss fooling = {
    .other_gradient = "that is the gradient of the minimax loss, which vanishes where D is sure; FOOLING was asked for",
    .other_loss = "that is the other of the two losses",
    .negative_loss = "right but for the sign: MINIMAX is mean log(1 - sigma(v)), FOOLING is -mean log sigma(v)",
};

START_TEST(g_step_zero)
{
    Run got = student("g_step_zero");
    expect(value(&got, "loss"), SCALAR(log(2)), .rtol = 1e-5, .slips = SLIPS(
        SLIP("that is mean log(1 - sigma(v)); FOOLING was asked for, -mean log sigma(v)", -log(2))));
    expect_g_step("g_step_zero", 2, 2, 2, fooling);
}
END_TEST

START_TEST(g_step_fooling) { expect_g_step("g_step_fooling", 5, 2, 2, fooling); }
END_TEST
START_TEST(g_step_minimax) { expect_g_step("g_step_minimax", 5, 2, 2, minimax); }
END_TEST

/* ---- 4. alternate ---- */

enum { BATCH = 50 };
static Value batch_of(const Run *got, const char *what, int call)
{
    char name[16];
    snprintf(name, sizeof name, "%s%d", what, call);
    Value v = value(got, name);
    expect_that(v.n == BATCH && v.d == 2, "step %d got %s of the shape (%d,%d), want (%d,2)", call + 1, what, v.n, v.d,
                BATCH);
    return v;
}

static bool same(Value a, Value b) { return !memcmp(a.a, b.a, 2 * BATCH * sizeof *a.a); }

/* Real points lie around (20,-30). Fakes lie on x2 = 2 x1, x1 being N(0, spread^2). */
static void expect_batches(const Run *got, int call, double spread)
{
    Value real = batch_of(got, "real", call), fake = batch_of(got, "fake", call);
    int real_like = 0, on_line = 0, swapped = 0;
    double square = 0;
    for (int i = 0; i < BATCH; i++) {
        const double *r = real.a + 2 * i, *f = fake.a + 2 * i;
        real_like += hypot(r[0] - 20, r[1] + 30) < 4;
        swapped += hypot(f[0] - 20, f[1] + 30) < 4;
        on_line += fabs(f[1] - 2 * f[0]) < 1e-3 * (1 + fabs(f[1]));
        square += f[0] * f[0] / BATCH;
    }
    expect_that(swapped < BATCH, "step %d got the real points as its fakes\nhint: real first, then fake", call + 1);
    expect_that(real_like == BATCH,
                "%d of the %d real points of step %d are not from game->data\nhint: mixture_sample(&game->data, ...)",
                BATCH - real_like, BATCH, call + 1);
    expect_that(on_line == BATCH, "%d of the %d fakes of step %d are not G(z)\nhint: net_eval(&game->G, noise, mem)",
                BATCH - on_line, BATCH, call + 1);
    double share = square / (spread * spread); /* 1 in the mean, with a standard error of sqrt(2/50) = .2 */
    expect_that(share > .3 && share < 2.5,
                "the fakes of step %d have the variance %.3g, want %.3g: G has moved, or the noise is not N(0,1)\n"
                "hint: fakes are drawn anew for every step, from G as it is now, and from mat_noise",
                call + 1, square, spread * spread);
}

static void expect_rounds(const char *test_case, int k)
{
    Run got = student(test_case);
    Value order = value(&got, "order"), operands = value(&got, "operands");
    int calls = 2 * (k + 1), d = 0, g = 0;
    for (int i = 0; i < order.d; i++) {
        d += order.a[i] == 1;
        g += order.a[i] == 2;
    }
    expect_that(d == 2 * k && g == 2,
                "two rounds with k = %d: d_step ran %d times and g_step %d times, want %d and 2\nhint: k steps of D, "
                "then one of G",
                k, d, g, 2 * k);
    for (int i = 0; i < calls; i++)
        expect_that(order.a[i] == (i % (k + 1) == k ? 2 : 1),
                    "step %d of the first two rounds (k = %d) was %s's\nhint: D's steps first, then G's", i + 1, k,
                    order.a[i] == 1 ? "D" : "G");
    for (int i = 0; i < calls; i++)
        expect_that(operands.a[i] == 1,
                    "step %d, %s's, got another net, optimiser or loss than the game's\nhint: &game->%s", i + 1,
                    order.a[i] == 1 ? "D" : "G",
                    order.a[i] == 1 ? "D and &game->opt_d" : "G, &game->D, game->loss, &game->opt_g");
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < k; i++) expect_batches(&got, round * (k + 1) + i, round ? 3 : 1);
        Value z = batch_of(&got, "z", round * (k + 1) + k);
        double square = 0;
        for (int i = 0; i < 2 * BATCH; i++) square += z.a[i] * z.a[i] / (2 * BATCH);
        expect_that(square > .4 && square < 2,
                    "G's step got noise of variance %.3g, want 1\nhint: g_step takes z, not fakes; mat_noise", square);
        for (int i = 0; i < k; i++) { /* z behind the last fakes: x1 = spread (.6 z1 + .8 z2) */
            Value fake = batch_of(&got, "fake", round * (k + 1) + i);
            expect_that(fabs(fake.a[0] / (round ? 3 : 1) - (.6 * z.a[0] + .8 * z.a[1])) > 1e-4,
                        "G's step got the noise that one of D's steps had\nhint: fresh noise for every step");
        }
    }
    for (int i = 0; i < calls; i++)
        for (int j = 0; j < i; j++)
            if (order.a[i] == 1 && order.a[j] == 1) {
                expect_that(!same(batch_of(&got, "real", i), batch_of(&got, "real", j)),
                            "steps %d and %d got the same real points\nhint: every step "
                            "of D sees fresh ones",
                            j + 1, i + 1);
                expect_that(!same(batch_of(&got, "fake", i), batch_of(&got, "fake", j)),
                            "steps %d and %d got the same fakes\nhint: every step of D "
                            "sees fresh ones",
                            j + 1, i + 1);
            }
    const double want[4] = {10 + k - 1, 100 + k, 10 + 2 * k, 100 + 2 * k + 1},
                 first[4] = {10, 100 + k, 10 + k + 1, 100 + 2 * k + 1};
    double swapped[4] = {want[1], want[0], want[3], want[2]};
    expect(value(&got, "losses"), ARRAY(2, 2, want), .rtol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY(".d and .g are exchanged", swapped),
        SLIP_ARRAY("that is the loss of the first d_step of the round; return the last", k > 1 ? first : NULL)));
    expect(value(&got, "gradient"), MATRIX(2, 2, 7, 7, 7, 7), .rtol = 0);
}

START_TEST(rounds_one) { expect_rounds("rounds_one", 1); }
END_TEST
START_TEST(rounds_three) { expect_rounds("rounds_three", 3); }
END_TEST

/* ---- 5. mode_coverage ---- */

typedef struct {
    double x1, x2, weight;
} Mode;

static void count(const Mode *mode, int modes, const double *x, int n, double within, bool box, int *held)
{
    for (int k = 0; k < modes; k++) held[k] = 0;
    for (int i = 0; i < n; i++) {
        int near = 0;
        for (int k = 1; k < modes; k++)
            if (hypot(x[2 * i] - mode[k].x1, x[2 * i + 1] - mode[k].x2) <
                hypot(x[2 * i] - mode[near].x1, x[2 * i + 1] - mode[near].x2))
                near = k;
        double a = fabs(x[2 * i] - mode[near].x1), b = fabs(x[2 * i + 1] - mode[near].x2);
        held[near] += (box ? fmax(a, b) : hypot(a, b)) <= within;
    }
}

static double strictly(const Mode *mode, int modes, const int *held, double n, double part, bool over)
{
    double covered = 0;
    for (int k = 0; k < modes; k++)
        covered +=
            over ? held[k] > part * mode[k].weight * n * (1 + 1e-6) : held[k] >= part * mode[k].weight * n * (1 - 1e-6);
    return covered;
}

static void expect_cover(const char *test_case, const Mode *mode, int modes, int n, double sd)
{
    Run got = student(test_case), want = reference(test_case);
    const double *x = value(&want, "x").a;
    int held[25], boxed[25], all[25], wide[25];
    count(mode, modes, x, n, 3 * sd, false, held);
    count(mode, modes, x, n, 3 * sd, true, boxed);
    count(mode, modes, x, n, INFINITY, false, all);
    count(mode, modes, x, n, 9 * sd, false, wide);
    double near = 0, strict = strictly(mode, modes, held, n, .5, false), lax = 0, inside = 0, in_box = 0;
    Mode even[25];
    for (int k = 0; k < modes; k++) {
        near += (double)held[k] / n;
        lax += held[k] > 0;
        inside += held[k];
        in_box += (double)boxed[k] / n;
        even[k] = (Mode){0, 0, 1. / modes};
    }
    double full = strictly(mode, modes, held, n, 1, false), over = strictly(mode, modes, held, n, .5, true),
           boxes = strictly(mode, modes, boxed, n, .5, false), unbound = strictly(mode, modes, all, n, .5, false),
           of_near = strictly(mode, modes, held, inside, .5, false), alike = strictly(even, modes, held, n, .5, false),
           percent = 100 * near, one = 1;
    expect(value(&got, "quality"), SCALAR(near), .rtol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY("3 sd in either direction is a square; the distance to the mean must be at most 3 sd", &in_box),
        SLIP_ARRAY("samples far from every mean count too", &one),
        SLIP_ARRAY("a share, not per cent", &percent),
        SLIP_ARRAY("that is how many; the contract wants their share of all samples", &inside)));
    expect(value(&got, "strict"), SCALAR(strict), .slips = SLIPS(
        SLIP_ARRAY("that is the lax count: strict wants half of the fair share, weight * n / 2", &lax),
        SLIP_ARRAY("that is modes with their whole fair share; half of it is enough", &full),
        SLIP_ARRAY("at least half of the fair share: >=, not >", &over),
        SLIP_ARRAY("modes have weights: the fair share is weight_i n, not n / modes", &alike),
        SLIP_ARRAY("3 sd in either direction is a square; the distance to the mean must be at most 3 sd", &boxes),
        SLIP_ARRAY("the fair share is one of all samples, not of those that lie near a mode", &of_near),
        SLIP_ARRAY("samples far from every mean count too", &unbound)));
    expect(value(&got, "lax"), SCALAR(lax), .slips = SLIPS(
        SLIP_ARRAY("that is the strict count; lax wants a single sample", &strict)));
}

START_TEST(cover_planted)
{
    expect_cover("cover_planted", (Mode[]){{1, 0, .25}, {0, 1, .25}, {-1, 0, .25}, {0, -1, .25}}, 4, 16, .1);
    Run got = student(
        "cover_planted"); /* by hand: six, two and three of sixteen are half a share of four or more; one is not */
    expect(value(&got, "strict"), SCALAR(3), .rtol = 0);
    expect(value(&got, "lax"), SCALAR(4), .rtol = 0);
    expect(value(&got, "quality"), SCALAR(12. / 16), .rtol = 1e-6);
}
END_TEST

START_TEST(cover_weights)
{
    double s = sqrt(.75);
    expect_cover("cover_weights", (Mode[]){{1, 0, .7}, {-.5, s, .2}, {-.5, -s, .1}}, 3, 40, .1);
}
END_TEST

START_TEST(cover_random)
{
    Mode mode[25];
    for (int k = 0; k < 25; k++) {
        Mode at = {.5 * (k % 5 - 2), .5 * (k / 5 - 2), .04};
        mode[k] = at;
    }
    expect_cover("cover_random", mode, 25, 1000, .05f);
}
END_TEST

/* ---- all together ---- */

static bool moved(const Run *got, const char *a, const char *b)
{
    Value u = value(got, a), v = value(got, b);
    return memcmp(u.a, v.a, (size_t)(u.n * u.d) * sizeof *u.a) != 0;
}

START_TEST(apart)
{
    Run got = student("apart");
    expect_that(!moved(&got, "G_before", "G_after_D"), "D's steps changed G");
    expect_that(moved(&got, "D_before", "D_after_D"), "D's steps did not change D");
    expect_that(!moved(&got, "D_after_D", "D_after_G"),
                "G's step changed D\nhint: D hands its gradient on (WRT_INPUT), and keeps none");
    expect_that(moved(&got, "G_after_D", "G_after_G"), "G's step did not change G");
}
END_TEST

START_TEST(learn)
{
    Run got = student("learn");
    Value mean = value(&got, "mean");
    double variance = value(&got, "variance").a[0];
    expect_that(hypot(mean.a[0] - 2, mean.a[1] + 1) < .2,
                "real points lie around (2, -1); after 600 rounds G's lie around (%.2f, %.2f)", mean.a[0], mean.a[1]);
    /* at 800 seeds it was .14 to .32, about .24 with a standard deviation of .03: these bounds are further off than
     * 1e-6 */
    expect_that(variance > .06 && variance < .65, "the real variance is 0.25; after 600 rounds G's is %.3f", variance);
    expect(value(&got, "held"), SCALAR(1), .rtol = 0);
}
END_TEST

/* ---- sizes and numbers from the seed ---- */

AS_REFERENCE(value_sizes, 1e-4, 1e-5)
AS_REFERENCE(d_step_sizes, 1e-3, 1e-4)
AS_REFERENCE(g_step_sizes, 1e-3, 1e-4)
AS_REFERENCE(rounds_sizes, 1e-6, 0)
AS_REFERENCE(cover_sizes, 1e-5, 1e-6)

int main(void)
{
    return judge_main("08_gan", EXERCISES(
        EXERCISE("gan_value", value_zero, value_by_hand, value_sure, value_sizes),
        EXERCISE("d_step", d_step_zero, d_step_random, d_step_sizes),
        EXERCISE("g_step", g_step_zero, g_step_fooling, g_step_minimax, g_step_sizes),
        EXERCISE("alternate", rounds_one, rounds_three, rounds_sizes),
        EXERCISE("mode_coverage", cover_planted, cover_weights, cover_random, cover_sizes),
        EXERCISE("together", apart, learn)));
}
