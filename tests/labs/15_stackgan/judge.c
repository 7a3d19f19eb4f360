/* The judge of lab 15: clouds by hand and in closed form, steps in which only the KL speaks, every net's weights after
 * a step, blocks and colours by hand, steps of an edge. */
#include "judge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LN2 0.69314718055994531

/* ---- 1. cond_augment ---- */

/* kl, summed over all; c and dkl (n,2C), dkl without 1/n. */
typedef struct {
    double kl, *c, *dkl;
} Closed;

static Closed cloud(const double *h, const double *eps, int n, int C)
{
    Closed a = {0, numbers(n * C), numbers(2 * n * C)};
    for (int i = 0; i < n; i++)
        for (int j = 0; j < C; j++) {
            double mu = h[i * 2 * C + j], logvar = h[i * 2 * C + C + j];
            a.c[i * C + j] = mu + exp(logvar / 2) * (eps ? eps[i * C + j] : 0);
            a.kl += .5 * (mu * mu + exp(logvar) - logvar - 1);
            a.dkl[i * 2 * C + j] = mu;
            a.dkl[i * 2 * C + C + j] = .5 * (exp(logvar) - 1);
        }
    return a;
}

/* mu and logvar taken for each other, or for neighbours. */
static double *swapped(const double *h, int n, int C)
{
    double *s = numbers(2 * n * C);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < C; j++) {
            s[i * 2 * C + j] = h[i * 2 * C + C + j];
            s[i * 2 * C + C + j] = h[i * 2 * C + j];
        }
    }
    return s;
}

static double *interleaved(const double *h, int n, int C)
{
    double *s = numbers(2 * n * C);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < C; j++) {
            s[i * 2 * C + j] = h[i * 2 * C + 2 * j];
            s[i * 2 * C + C + j] = h[i * 2 * C + 2 * j + 1];
        }
    }
    return s;
}

#define HALVES "the first C columns of h are mu, the next C logvar"
#define SD "logvar is the logarithm of the variance: sd = exp(logvar / 2)"
#define AVERAGED "kl is averaged over the batch, and summed over the numbers of a condition"

static void expect_cloud(const char *test_case, int n, int C)
{
    Run got = student(test_case), want = reference(test_case);
    const double *h = value(&want, "h").a, *eps = value(&want, "eps").a;
    Closed a = cloud(h, eps, n, C), other = cloud(swapped(h, n, C), eps, n, C),
           between = cloud(interleaved(h, n, C), eps, n, C);
    double *mean = numbers(n * C), *wide = numbers(n * C), *narrow = numbers(n * C), *doubled = numbers(2 * n * C),
           *unhalved = numbers(2 * n * C), *apart = numbers(2 * n * C);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < C; j++) {
            double mu = h[i * 2 * C + j], logvar = h[i * 2 * C + C + j], e = eps[i * C + j];
            mean[i * C + j] = mu;
            wide[i * C + j] = mu + exp(logvar) * e;
            narrow[i * C + j] = mu + logvar * e;
            unhalved[i * 2 * C + j] = mu / n;
            unhalved[i * 2 * C + C + j] = (exp(logvar) - 1) / n;
            doubled[i * 2 * C + j] = mu / n;
            doubled[i * 2 * C + C + j] = .5 * exp(logvar) / n;
            apart[i * 2 * C + 2 * j] = mu / n;
            apart[i * 2 * C + 2 * j + 1] = .5 * (exp(logvar) - 1) / n;
        }
    expect(value(&got, "c"), ARRAY(n, C, a.c), .rtol = 1e-4, .atol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY(SD, wide),
        SLIP_ARRAY(SD, narrow),
        SLIP_ARRAY("c is drawn from the cloud: mu + sd eps", mean),
        SLIP_ARRAY(HALVES, other.c),
        SLIP_ARRAY(HALVES, between.c)));
    expect(value(&got, "kl"), SCALAR(a.kl / n), .rtol = 1e-4, .atol = 1e-5, .slips = SLIPS(
        SLIP(AVERAGED, a.kl),
        SLIP(AVERAGED, a.kl / (n * C)),
        SLIP(AVERAGED, a.kl / C),
        SLIP("the factor 1/2", 2 * a.kl / n),
        SLIP("- 1 for every number: for the standard normal itself kl is 0", a.kl / n + .5 * C),
        SLIP(HALVES, other.kl / n),
        SLIP(HALVES, between.kl / n),
        SLIP("the sign: a KL is never negative", -a.kl / n)));
    expect(value(&got, "dkl"), ARRAY(n, 2 * C, weighted_sum(a.dkl, 1. / n, a.dkl, 0, 2 * n * C)), .rtol = 1e-4,
           .atol = 1e-5, .batch = n, .slips = SLIPS(
        SLIP_ARRAY("kl is averaged over the batch, and so is its gradient", a.dkl),
        SLIP_ARRAY("the factor 1/2 stands before exp(logvar) - 1, too", unhalved),
        SLIP_ARRAY("-logvar has a gradient, too: (exp(logvar) - 1) / 2", doubled),
        SLIP_ARRAY("mu's gradients first, then logvar's, as h has them", apart)));
}

START_TEST(aug_by_hand) { expect_cloud("aug_by_hand", 2, 2); }
END_TEST

START_TEST(aug_prior)
{
    Run got = student("aug_prior");
    expect_one(&got, "kl", 0, 1e-6, "the cloud is the standard normal itself: mu^2 + exp(logvar) - logvar - 1 is 0");
    expect(value(&got, "dkl"), ARRAY(1, 6, numbers(6)), .atol = 1e-6);
    expect(value(&got, "c"), MATRIX(1, 3, 1, -2, 3), .rtol = 1e-5, .slips = SLIPS(
        SLIP("c is drawn from the cloud: mu + sd eps", 0, 0, 0)));
}
END_TEST

START_TEST(aug_random) { expect_cloud("aug_random", 3, 2); }
END_TEST

START_TEST(aug_many) { expect_sum_in_double("aug_many", "kl", "200,000 terms", 3e-7, 10000); }
END_TEST

AS_REFERENCE(aug_sizes, 1e-4, 1e-5)

/* ---- 2. stage1_step, 4. stage2_step ---- */

/* D says nothing, so what augment hears is weight times the KL's gradient. */
static void expect_kl_alone(const char *test_case)
{
    enum { B = 3, W = 4, C = 2 };
    const double weight = .3f;
    Run got = student(test_case), want = reference(test_case);
    Closed a = cloud(value(&want, "h").a, NULL, B, C);
    double *dW = product(value(&want, "e").a, true, a.dkl, false, W, B, 2 * C);
    int n = W * 2 * C;
    double *right = scaled(dW, weight / B, n);
    expect(value(&got, "gradient"), ARRAY(W, 2 * C, right), .rtol = 1e-3, .atol = 1e-5, .batch = B, .slips = SLIPS(
        SLIP_ARRAY("the KL counts `weight` times", scaled(dW, 1. / B, n)),
        SLIP_ARRAY("the KL's gradient joins at h: weight times dkl", numbers(n)),
        SLIP_ARRAY("the old gradients of augment are zeroed first", weighted_sum(right, 1, NULL, 7, n)),
        SLIP_ARRAY("nothing reached augment: net_backward with WRT_PARAMS", weighted_sum(numbers(n), 0, NULL, 7, n))));
    expect(value(&got, "d_loss"), SCALAR(2 * LN2), .rtol = 1e-5, .slips = SLIPS(
        SLIP("d is what teach_d returned, fool what fooling_loss returned", LN2)));
    expect(value(&got, "fooling"), SCALAR(LN2), .rtol = 1e-5, .slips = SLIPS(
        SLIP("fool is fooling_loss alone; kl is told apart", LN2 + weight * a.kl / B),
        SLIP("fool is what fooling_loss returned", 2 * LN2)));
    expect(value(&got, "kl"), SCALAR(a.kl / B), .rtol = 1e-4, .atol = 1e-5, .slips = SLIPS(
        SLIP("kl is returned without its weight", weight * a.kl / B)));
}

/* All weights of a net, one param after the other, are the reference's. */
static void expect_net(const Run *got, const Run *want, const char *net, const char *hint)
{
    for (int k = 0; k < 4; k++) {
        char name[64];
        snprintf(name, sizeof name, "%s%d", net, k);
        Value g = value(got, name), w = value(want, name);
        expect_that(g.n == w.n && g.d == w.d, "%s: want %d x %d, got %d x %d\nhint: %s", name, w.n, w.d, g.n, g.d,
                    hint);
        for (int i = 0; i < w.n * w.d; i++)
            expect_that(fabs(g.a[i] - w.a[i]) <= 2e-4 + 2e-3 * fabs(w.a[i]),
                        "after the step a weight of %s is %.6g, want %.6g\nhint: %s", net, g.a[i], w.a[i], hint);
    }
}

#define D_HINT "D learns from the real pictures and these fakes: teach_d(critic, real, fake, e, wrong)"
#define G_HINT ": old gradients zeroed, those of fooling_loss for the fakes led back, one step of Adam by s->opt"

static void expect_step(const char *test_case, const char *first, const char *second)
{
    Run got = student(test_case), want = reference(test_case);
    char first_hint[256], second_hint[256];
    snprintf(first_hint, sizeof first_hint, "%s" G_HINT, first);
    snprintf(second_hint, sizeof second_hint, "%s" G_HINT, second);
    double steps = value(&got, "steps").a[0];
    expect_that(steps == 111,
                "three nets took %03.0f steps, want one each\nhint: adam_step once for each, by s->opt", steps);
    double kl = value(&want, "kl").a[0], d = value(&want, "d_loss").a[0], fool = value(&want, "fooling").a[0];
    expect_one(&got, "kl", kl, 1e-4 + 1e-3 * fabs(kl), "h is augment(e); kl is that of cond_augment");
    expect_net(&got, &want, "image", D_HINT);
    expect_net(&got, &want, "pair", D_HINT);
    expect_one(&got, "d_loss", d, 1e-4 + 1e-3 * fabs(d), D_HINT);
    expect_one(&got, "fooling", fool, 1e-4 + 1e-3 * fabs(fool),
               "fooling_loss asks D as it is after teach_d, about the fakes and e");
    expect_net(&got, &want, first, first_hint);
    expect_net(&got, &want, second, second_hint);
    expect_net(&got, &want, "augment",
               "augment hears dL/dc through augment_backward, and weight times dkl; old gradients zeroed, one step of "
               "Adam by s->opt");
}

START_TEST(s1_silent) { expect_kl_alone("s1_silent"); }
END_TEST
START_TEST(s1_random) { expect_step("s1_random", "form", "colour"); }
END_TEST
START_TEST(s1_weightless) { expect_step("s1_weightless", "form", "colour"); }
END_TEST
AS_REFERENCE(s1_sizes, 5e-3, 1e-3)

START_TEST(s2_silent) { expect_kl_alone("s2_silent"); }
END_TEST
START_TEST(s2_random) { expect_step("s2_random", "residual", "encode"); }
END_TEST
START_TEST(s2_weightless) { expect_step("s2_weightless", "residual", "encode"); }
END_TEST
AS_REFERENCE(s2_sizes, 5e-3, 1e-3)

/* ---- 3. stage2_forward ---- */

/* Every pixel of x (n, h*w*3) as a block. */
static double *blocks(const double *x, int n, int h, int w, int times)
{
    int H = h * times, W = w * times;
    double *y = numbers(n * H * W * 3);
    for (int i = 0; i < n; i++)
        for (int r = 0; r < H; r++)
            for (int q = 0; q < W; q++)
                for (int k = 0; k < 3; k++)
                    y[((i * H + r) * W + q) * 3 + k] = x[((i * h + r / times) * w + q / times) * 3 + k];
    return y;
}

START_TEST(fwd_zero)
{
    Run got = student("fwd_zero"), want = reference("fwd_zero");
    for (int times = 2; times <= 4; times *= 2) {
        const double *x1 = value(&want, times == 2 ? "x1_2" : "x1_4").a;
        int n = 18 * times * times;
        expect(value(&got, times == 2 ? "x2_2" : "x2_4"), ARRAY(2, n, blocks(x1, 2, 2, 3, times)), .rtol = 1e-5,
               .atol = 1e-6, .slips = SLIPS(
            SLIP_ARRAY("up(x1) is most of the picture; the residual is added to it", numbers(2 * n)),
            SLIP_ARRAY("up(x1) counts once", scaled(blocks(x1, 2, 2, 3, times), 2, 2 * n))));
    }
}
END_TEST

#define PLANES "at every pixel of the map its channels, then c: planes_join(map, h*w, c, mem)"

START_TEST(fwd_told)
{
    Run got = student("fwd_told");
    expect_one(&got, "calls", 1, 0, "residual is asked once");
    expect(value(&got, "saw0"), MATRIX(2, 8, 1, 2, 10, 20, 3, 4, 10, 20, 5, 6, 30, 40, 7, 8, 30, 40), .rtol = 1e-5,
           .atol = 1e-6, .slips = SLIPS(
        SLIP(PLANES, 10, 20, 1, 2, 10, 20, 3, 4, 30, 40, 5, 6, 30, 40, 7, 8),
        SLIP(PLANES, 1, 2, 3, 4, 10, 20, 10, 20, 5, 6, 7, 8, 30, 40, 30, 40)));
}
END_TEST

START_TEST(fwd_random)
{
    Run got = student("fwd_random");
    expect(value(&got, "x2"), MATRIX(2, 6, 1, 2, -1, 3, 6, -3, 1, 1, 1, 1, 1, 1), .rtol = 1e-5, .atol = 1e-6,
           .slips = SLIPS(
        SLIP("what spread makes of r is added to up(x1)", 0, 0, 0, 4, 8, -4, 1, 1, 1, 1, 1, 1),
        SLIP("up(x1) is most of the picture; the residual is added to it", 1, 2, -1, -1, -2, 1, 0, 0, 0, 0, 0, 0)));
}
END_TEST

START_TEST(fwd_kind)
{
    Run got = student("fwd_kind");
    expect_one(&got, "eval", 0, 0, "traces are made with `mode`: for pictures it is EVAL");
    expect_one(&got, "train", 2, 0, "traces are made with `mode`: for training it is TRAIN");
    expect_as_reference("fwd_kind", 1e-3, 1e-4);
}
END_TEST

AS_REFERENCE(fwd_sizes, 1e-3, 1e-4)

/* ---- 5. edge_energy ---- */

#define PIXELS "averaged over the pixels of all pictures, each counted once whatever its channels"

/* counts: what the energy would be if summed, averaged over numbers, pictures or differences; root: of absolute
 * differences. */
static void expect_energy(const Run *got, const char *name, double want, double pixels, double across, double down)
{
    expect(value(got, name), SCALAR(want), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP(PIXELS, want * pixels),
        SLIP("to the right and downwards: both count", across != want && down > 0 ? across : NAN),
        SLIP("to the right and downwards: both count", down != want && across > 0 ? down : NAN)));
}

START_TEST(edge_step)
{
    Run got = student("edge_step");
    const char *squares = "squared differences to the right and downwards, over h w pixels";
    Value right = value(&got, "right");
    expect(right, SCALAR(1), .rtol = 1e-5, .slips = SLIPS(
        SLIP("differences are squared", .5),
        SLIP(PIXELS, 12),
        SLIP("to the right and downwards: both count", 0),
        SLIP("where there is no neighbour nothing is added: the right end of a line does not touch the next line's "
             "left end", 2),
        SLIP("where there is no neighbour nothing is added: the right end of a line does not touch the next line's "
             "left end", 5. / 3),
        SLIP(PIXELS, 4. / 3),
        SLIP("a line is w pixels wide, and there are h of them", 3)));
    expect(value(&got, "down"), SCALAR(3), .rtol = 1e-5, .slips = SLIPS(
        SLIP("differences are squared", 1),
        SLIP(PIXELS, 36),
        SLIP("to the right and downwards: both count", 0),
        SLIP(PIXELS, 4.5)));
    expect_one(&got, "both", 4, 1e-4, squares);
    expect_one(&got, "turned", 1, 1e-4, "a line is w pixels wide, and there are h of them");
}
END_TEST

START_TEST(edge_flat)
{
    Run got = student("edge_flat");
    expect_one(&got, "flat", 0, 1e-6, "where two neighbours are alike nothing is added; pictures are not neighbours");
    expect_one(&got, "pixel", 0, 1e-6, "one pixel has no neighbours; its channels are none");
    expect_energy(&got, "line", 21. / 4, 4, 21. / 4, 0);
    expect_energy(&got, "column", 21. / 4, 4, 0, 21. / 4);
}
END_TEST

START_TEST(edge_colours)
{
    Run got = student("edge_colours");
    expect(value(&got, "one"), SCALAR(7), .rtol = 1e-5, .slips = SLIPS(
        SLIP(PIXELS, 7. / 3),
        SLIP(PIXELS, 14),
        SLIP(PIXELS, 14. / 6),
        SLIP("the right neighbour is as many numbers away as there are channels", .5),
        SLIP("differences are squared channel by channel, then added up", 18)));
    expect(value(&got, "two"), SCALAR(3.5), .rtol = 1e-5, .slips = SLIPS(
        SLIP("averaged over all pictures", 7),
        SLIP(PIXELS, 14)));
}
END_TEST

START_TEST(edge_many) { expect_sum_in_double("edge_many", "energy", "more than a million terms", 3e-7, 0); }
END_TEST

AS_REFERENCE(edge_sizes, 1e-4, 1e-6)

/* ---- all together ---- */

/* Against a D that stays as it is: what it wants is learned. */
static void expect_learned(const char *test_case, const char *hint)
{
    Run got = student(test_case);
    double first = value(&got, "first").a[0], last = value(&got, "last").a[0];
    expect_that(last < .6 * first,
                "200 steps against a D that stays as it is: fooling_loss was %.4g at first and %.4g at last\nhint: %s",
                first, last, hint);
}

START_TEST(learns)
{
    expect_learned("learns", "does what D says reach augment, form and colour, and does each of them step?");
}
END_TEST
START_TEST(refines)
{
    expect_learned("refines", "does what D says reach residual, encode and augment, and does each of them step?");
}
END_TEST

int main(void)
{
    return judge_main("15_stackgan", EXERCISES(
        EXERCISE("cond_augment", aug_by_hand, aug_prior, aug_random, aug_many, aug_sizes),
        EXERCISE("stage1_step", s1_silent, s1_random, s1_weightless, s1_sizes),
        EXERCISE("stage2_forward", fwd_zero, fwd_told, fwd_random, fwd_kind, fwd_sizes),
        EXERCISE("stage2_step", s2_silent, s2_random, s2_weightless, s2_sizes),
        EXERCISE("edge_energy", edge_step, edge_flat, edge_colours, edge_many, edge_sizes),
        EXERCISE("together", learns, refines)));
}
