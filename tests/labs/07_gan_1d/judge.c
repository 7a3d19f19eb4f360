/* The judge of lab 07: hand cases, closed forms in double, quadrature, invariants of the game, and the outcome of a
 * small one. */
#include "judge.h"

#include <math.h>
#include <stdio.h>


/* ---- 1. optimal_d ---- */

static void expect_best(Value d, Value p, Value q, double rtol)
{
    int n = p.n;
    double *want = numbers(n), *turned = numbers(n), *ratio = numbers(n);
    for (int i = 0; i < n; i++) {
        double sum = p.a[i] + q.a[i];
        want[i] = sum > 0 ? p.a[i] / sum : .5;
        turned[i] = 1 - want[i];
        ratio[i] = q.a[i] > 0 ? p.a[i] / q.a[i] : .5;
    }
    expect(d, ARRAY(n, 1, want), .rtol = rtol, .atol = 1e-7, .slips = SLIPS(
        SLIP_ARRAY("that is the probability of a fake; D says how probably a point is real", turned),
        SLIP_ARRAY("that is p/q; D = p/(p + q)", ratio)));
}

START_TEST(best_by_hand)
{
    Run got = student("best_by_hand"), want = reference("best_by_hand");
    Value d = value(&got, "d");
    expect_that(d.n != 5 || d.a[0] != .5 || !isnan(d.a[4]),
                "where both densities are 0, D is not a number\nhint: 0/0; there is nothing to tell there, so 1/2");
    expect_best(d, value(&want, "p"), value(&want, "q"), 1e-6);
}
END_TEST

START_TEST(best_straight)
{
    Run got = student("best_straight"), want = reference("best_straight");
    Value x = value(&want, "x"), line = value(&want, "line"), d = value(&got, "d");
    expect_best(d, value(&want, "p"), value(&want, "q"), 1e-5);
    double a = line.a[0], b = line.a[1], sd = line.a[2], slope = (a - b) / (sd * sd);
    for (int i = 0; i < x.n; i++) {
        double logit = log(d.a[i] / (1 - d.a[i])), straight = slope * (x.a[i] - (a + b) / 2);
        expect_that(fabs(logit - straight) < 1e-3,
                    "at x = %.3g the logit of D is %.5g, on the straight line it is %.5g\n"
                    "hint: two Gaussians of one width: log p/q = (mu_p - mu_q)/sd^2 (x - their middle)",
                    x.a[i], logit, straight);
    }
}
END_TEST

/* E_p log D + E_q log(1 - D), and the two halves of JS, over an even grid. */
static double game_value(Value x, Value p, Value q, Value d)
{
    double sum = 0, dx = x.a[1] - x.a[0];
    for (int i = 0; i < x.n; i++)
        sum +=
            dx * ((p.a[i] > 0 ? p.a[i] * log(d.a[i]) : 0) + (q.a[i] > 0 && d.a[i] < 1 ? q.a[i] * log(1 - d.a[i]) : 0));
    return sum;
}

static double js(Value x, Value p, Value q)
{
    double sum = 0, dx = x.a[1] - x.a[0];
    for (int i = 0; i < x.n; i++) {
        double half = (p.a[i] + q.a[i]) / 2;
        sum +=
            dx / 2 * ((p.a[i] > 0 ? p.a[i] * log(p.a[i] / half) : 0) + (q.a[i] > 0 ? q.a[i] * log(q.a[i] / half) : 0));
    }
    return sum;
}

static void expect_value(const char *test_case)
{
    Run got = student(test_case), want = reference(test_case);
    Value x = value(&want, "x"), p = value(&want, "p"), q = value(&want, "q"), d = value(&got, "d");
    expect_best(d, p, q, 1e-5);
    double v = game_value(x, p, q, d), right = -log(4) + 2 * js(x, p, q);
    expect_that(fabs(v - right) < 1e-4,
                "the value of the game at D is %.6g, -ln 4 + 2 JS(p, q) is %.6g\n"
                "hint: only p/(p + q) reaches it, at every x",
                v, right);
}

START_TEST(best_value) { expect_value("best_value"); }
END_TEST

START_TEST(best_equal) { expect_value("best_equal"); }
END_TEST

/* ---- 2. ratio_from_d ---- */

static void expect_ratio(Value ratio, const double *d, const double *want, int n)
{
    double *turned = numbers(n), *plus = numbers(n);
    for (int i = 0; i < n; i++) {
        turned[i] = 1 / want[i];
        plus[i] = d[i] / (1 + d[i]);
    }
    expect(ratio, ARRAY(n, 1, want), .rtol = 2e-5, .atol = 1e-7, .slips = SLIPS(
        SLIP_ARRAY("that is q/p", turned),
        SLIP_ARRAY("that is D/(1 + D); solve D = p/(p + q) for p/q again", plus)));
}

START_TEST(ratio_by_hand)
{
    Run got = student("ratio_by_hand");
    expect_ratio(value(&got, "ratio"), (double[]){.5, .75, .2, .9375}, (double[]){1, 3, .25, 15}, 4);
}
END_TEST

static void expect_ratio_of(const char *test_case)
{
    Run got = student(test_case), want = reference(test_case);
    Value p = value(&want, "p"), q = value(&want, "q");
    double *ratio = numbers(p.n), *d = numbers(p.n);
    for (int i = 0; i < p.n; i++) {
        ratio[i] = p.a[i] / q.a[i];
        d[i] = p.a[i] / (p.a[i] + q.a[i]);
    }
    expect_ratio(value(&got, "ratio"), d, ratio, p.n);
}

START_TEST(ratio_back) { expect_ratio_of("ratio_back"); }
END_TEST

/* ---- 3. d_loss ---- */

/* 1 - sigma(v), as the contract prints it, is wrong by two units in the last place of a float's 1, however small it
 * is. */
#define ROUNDING 3e-7

static void expect_d(const char *test_case)
{
    Run got = student(test_case), want = reference(test_case);
    Value real = value(&want, "real"), fake = value(&want, "fake");
    int n = real.n, m = fake.n;
    double up = 0, down = 0, up_swapped = 0, down_swapped = 0;
    double *dreal = numbers(n), *dfake = numbers(m), *real_up = numbers(n), *fake_down = numbers(m),
           *real_whole = numbers(n), *fake_whole = numbers(m);
    double *fake_by_n = numbers(m), *real_swapped = numbers(n), *fake_swapped = numbers(m);
    for (int i = 0; i < n; i++) {
        double v = real.a[i];
        up += softplus(-v) / n;
        up_swapped += softplus(v) / n;
        dreal[i] = -sigmoid(-v) / n;
        real_up[i] = -dreal[i];
        real_whole[i] = n * dreal[i];
        real_swapped[i] = sigmoid(v) / n;
    }
    for (int i = 0; i < m; i++) {
        double v = fake.a[i];
        down += softplus(v) / m;
        down_swapped += softplus(-v) / m;
        dfake[i] = sigmoid(v) / m;
        fake_down[i] = -dfake[i];
        fake_whole[i] = m * dfake[i];
        fake_by_n[i] = dfake[i] * m / n;
        fake_swapped[i] = -sigmoid(-v) / m;
    }
    Value loss = value(&got, "loss");
    expect_that(
        isfinite(loss.a[0]),
        "the loss of logits up to %g is %g\nhint: log(1 - sigma) of a large logit is log 0: softplus(v) never is",
        fabs(real.a[0]), loss.a[0]);
    expect(loss, SCALAR(up + down), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP("real and fake have changed places: -log sigma(real), -log(1 - sigma(fake))", up_swapped + down_swapped),
        SLIP("right but for the sign: D lowers this loss, so both terms are positive", -up - down),
        SLIP("those are sums; the loss adds two means", n * up + m * down),
        SLIP("half of it: the two means are added, not averaged", (up + down) / 2)));
    expect(value(&got, "dreal"), ARRAY(n, 1, dreal), .rtol = 1e-5, .atol = ROUNDING / n, .slips = SLIPS(
        SLIP_ARRAY("right but for the sign: a larger logit of a real point lowers the loss", real_up),
        SLIP_ARRAY("the mean's 1/B is missing", real_whole),
        SLIP_ARRAY("that is the slope for a fake", real_swapped)));
    expect(value(&got, "dfake"), ARRAY(m, 1, dfake), .rtol = 1e-5, .atol = ROUNDING / m, .slips = SLIPS(
        SLIP_ARRAY("right but for the sign: a larger logit of a fake raises the loss", fake_down),
        SLIP_ARRAY("the mean's 1/B is missing", fake_whole),
        SLIP_ARRAY("divided by the number of real points; the fakes are a batch of their own", fake_by_n),
        SLIP_ARRAY("that is the slope for a real point", fake_swapped)));
}

START_TEST(d_by_hand) { expect_d("d_by_hand"); }
END_TEST

START_TEST(d_random) { expect_d("d_random"); }
END_TEST

START_TEST(d_large) { expect_d("d_large"); }
END_TEST

/* ---- 4. g_loss ---- */

static void expect_g(const char *test_case)
{
    Run got = student(test_case), want = reference(test_case);
    Value fake = value(&want, "fake");
    int n = fake.n;
    for (int saturating = 0; saturating < 2; saturating++) {
        double loss = 0, other = 0, *slope = numbers(n), *up = numbers(n), *whole = numbers(n), *of_other = numbers(n);
        for (int i = 0; i < n; i++) {
            double v = fake.a[i];
            loss += (saturating ? -softplus(v) : softplus(-v)) / n;
            other += (saturating ? softplus(-v) : -softplus(v)) / n;
            slope[i] = -(saturating ? sigmoid(v) : sigmoid(-v)) / n;
            of_other[i] = -(saturating ? sigmoid(-v) : sigmoid(v)) / n;
            up[i] = -slope[i];
            whole[i] = n * slope[i];
        }
        Value L = value(&got, saturating ? "loss_saturating" : "loss_nonsaturating");
        expect_that(isfinite(L.a[0]),
                    "%s: the loss of logits up to %g is %g\nhint: the log of a vanishing sigma overflows; by softplus "
                    "it does not",
                    saturating ? "saturating" : "not saturating", fabs(fake.a[0]), L.a[0]);
        expect(L, SCALAR(loss), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
            SLIP(saturating ? "that is the loss that does not saturate; when saturating, mean log(1 - sigma)"
                            : "that is the saturating loss; else, - mean log sigma",
                 other),
            SLIP("right but for the sign: G lowers it, and fooling D must make it lower", -loss),
            SLIP("that is a sum; the loss is a mean", n * loss)));
        expect(value(&got, saturating ? "dfake_saturating" : "dfake_nonsaturating"), ARRAY(n, 1, slope), .rtol = 1e-5,
               .atol = ROUNDING / n, .slips = SLIPS(
            SLIP_ARRAY("that is the slope of the other loss: -sigma/B when saturating, -(1 - sigma)/B else", of_other),
            SLIP_ARRAY("right but for the sign: a larger logit lowers G's loss", up),
            SLIP_ARRAY("the mean's 1/B is missing", whole)));
    }
}

START_TEST(g_by_hand) { expect_g("g_by_hand"); }
END_TEST

START_TEST(g_random) { expect_g("g_random"); }
END_TEST

START_TEST(g_large) { expect_g("g_large"); }
END_TEST

/* ---- 5. game_step ---- */

START_TEST(game_by_hand)
{
    Run got = student("game_by_hand");
    expect(value(&got, "simultaneous"), MATRIX(2, 2, 1, 2, 0, 2.5), .rtol = 1e-6, .slips = SLIPS(
        SLIP("x has seen the new y; at the same time means that both use the old values", 1, 2, -.25, 2.5),
        SLIP("y has seen the new x; at the same time means that both use the old values", 1, 2, 0, 2),
        SLIP("y went down; it wants x y large", 1, 2, 0, 1.5),
        SLIP("x went up; it wants x y small", 1, 2, 2, 2.5)));
    expect(value(&got, "alternating"), MATRIX(2, 2, 1, 2, -.25, 2.5), .rtol = 1e-6, .slips = SLIPS(
        SLIP("x has used the old y; in turn means that it answers to the new one", 1, 2, 0, 2.5),
        SLIP("x moved first; y does, then x answers", 1, 2, 0, 2),
        SLIP("y went down; it wants x y large", 1, 2, -.25, 1.5)));
}
END_TEST

START_TEST(game_grows)
{
    Run got = student("game_grows"), want = reference("game_grows");
    Value way = value(&got, "simultaneous");
    double eta = value(&want, "eta").a[0];
    for (int i = 1; i < way.n; i++) {
        double before = pow(way.a[2 * i - 2], 2) + pow(way.a[2 * i - 1], 2),
               after = pow(way.a[2 * i], 2) + pow(way.a[2 * i + 1], 2);
        expect_that(fabs(after / before - 1 - eta * eta) < 1e-4,
                    "step %d multiplies x^2 + y^2 by %.5f, 1 + eta^2 is %.5f\n"
                    "hint: at the same time, both players use the old values",
                    i, after / before, 1 + eta * eta);
    }
}
END_TEST

START_TEST(game_circles)
{
    Run got = student("game_circles"), want = reference("game_circles");
    Value way = value(&got, "alternating");
    double eta = value(&want, "eta").a[0], first = 0;
    for (int i = 0; i < way.n; i++) {
        double x = way.a[2 * i], y = way.a[2 * i + 1], kept = x * x + y * y + eta * x * y;
        if (i == 0) first = kept;
        expect_that(fabs(kept / first - 1) < 1e-3,
                    "after %d steps x^2 + y^2 + eta x y has gone from %.5f to %.5f\n"
                    "hint: in turn, y moves first and x answers to the new y",
                    i, first, kept);
    }
}
END_TEST

/* ---- all together ---- */

START_TEST(there_and_back) { expect_ratio_of("there_and_back"); }
END_TEST

START_TEST(three_seeds)
{
    Run got = student("three_seeds");
    Value theta = value(&got, "theta");
    for (int i = 0; i < theta.n; i++)
        expect_that(fabs(theta.a[i] - 2) < .3,
                    "a generator of one number ends at %.3f, the data are at 2\n"
                    "hint: D lowers d_loss, G lowers g_loss through D; a wrong sign drives them apart",
                    theta.a[i]);
}
END_TEST

/* ---- sizes and numbers from the seed ---- */

AS_REFERENCE(best_sizes, 1e-5, 1e-6)
AS_REFERENCE(ratio_sizes, 1e-4, 1e-6)
AS_REFERENCE(d_sizes, 1e-4, 1e-6)
AS_REFERENCE(g_sizes, 1e-4, 1e-6)
AS_REFERENCE(game_numbers, 1e-5, 1e-5)

int main(void)
{
    return judge_main("07_gan_1d", EXERCISES(
        EXERCISE("optimal_d", best_by_hand, best_straight, best_value, best_equal, best_sizes),
        EXERCISE("ratio_from_d", ratio_by_hand, ratio_back, ratio_sizes),
        EXERCISE("d_loss", d_by_hand, d_random, d_large, d_sizes),
        EXERCISE("g_loss", g_by_hand, g_random, g_large, g_sizes),
        EXERCISE("game_step", game_by_hand, game_grows, game_circles, game_numbers),
        EXERCISE("together", there_and_back, three_seeds)));
}
