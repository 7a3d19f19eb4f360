/* The judge of lab 06: hand cases, everything enumerated in double, chains redone number by number, and a short training. */
#include "judge.h"

#include <math.h>
#include <stdlib.h>

/* ---- a machine, in double ---- */

typedef struct { int d, H; const double *W, *b, *c; } Rbm;

static Rbm rbm_of(const Run *r, const char *W, const char *b, const char *c)
{
    Value w = value(r, W);
    return (Rbm){w.n, w.d, w.a, value(r, b).a, value(r, c).a};
}

static double softplus(double x) { return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)); }
static double sigma(double x) { return 1 / (1 + exp(-x)); }

static double input_h(Rbm r, const double *v, int j)
{
    double x = r.c[j];
    for (int i = 0; i < r.d; i++) x += v[i] * r.W[i * r.H + j];
    return x;
}

static double input_v(Rbm r, const double *h, int i)
{
    double x = r.b[i];
    for (int j = 0; j < r.H; j++) x += h[j] * r.W[i * r.H + j];
    return x;
}

static double free_energy(Rbm r, const double *v)
{
    double f = 0;
    for (int i = 0; i < r.d; i++) f -= r.b[i] * v[i];
    for (int j = 0; j < r.H; j++) f -= softplus(input_h(r, v, j));
    return f;
}

/* log Z over all pictures, which is not how the exercise sums it. */
static double log_z_of(Rbm r)
{
    double top = -INFINITY, sum = 0, *v = numbers(r.d);
    for (int turn = 0; turn < 2; turn++)
        for (int s = 0; s < 1 << r.d; s++) {
            for (int i = 0; i < r.d; i++) v[i] = s >> i & 1;
            double term = -free_energy(r, v);
            if (turn) sum += exp(term - top);
            else top = fmax(top, term);
        }
    return top + log(sum);
}

/* One Gibbs step of n rows. */
static double *stepped(Rbm r, const double *v, int n, const double *uh, const double *uv)
{
    double *next = numbers(n * r.d), *h = numbers(r.H);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < r.H; j++) h[j] = uh[i * r.H + j] < sigma(input_h(r, v + i * r.d, j));
        for (int k = 0; k < r.d; k++) next[i * r.d + k] = uv[i * r.d + k] < sigma(input_v(r, h, k));
    }
    return next;
}

/* ---- 1. rbm_free_energy ---- */

static void expect_energy(const char *test_case, int n)
{
    Run got = student(test_case), want = reference(test_case);
    Rbm r = rbm_of(&want, "W", "b", "c");
    const double *v = value(&want, "v").a;
    double *F = numbers(n), *turned = numbers(n), *no_b = numbers(n), *no_c = numbers(n), *linear = numbers(n), *first = numbers(n);
    for (int i = 0; i < n; i++) {
        const double *at = v + i * r.d;
        double field = 0, with = 0, without = 0;
        for (int k = 0; k < r.d; k++) field += r.b[k] * at[k];
        for (int j = 0; j < r.H; j++) with += input_h(r, at, j), without += softplus(input_h(r, at, j) - r.c[j]);
        F[i] = free_energy(r, at), turned[i] = -F[i], no_b[i] = F[i] + field, no_c[i] = -field - without;
        linear[i] = -field - with, first[i] = field + (F[i] + field);
    }
    expect(value(&got, "F"), F, n, 1, 1e-5, 1e-5, 0,
           (Slip[]){{turned, "the sign: p(v) = exp(-F(v)) / Z, so what is likely has a low F"}, {no_b, "the visible biases are missing: - b.v"},
                    {no_c, "the hidden biases are missing: x = c + v W"}, {first, "the sign of b.v: a pixel with a high bias lowers F"},
                    {linear, "the hidden units are summed out: log(1 + exp(x)), not x"}, {0}});
}

START_TEST(energy_by_hand) { expect_energy("energy_by_hand", 4); }
END_TEST
START_TEST(energy_random) { expect_energy("energy_random", 6); }
END_TEST

START_TEST(energy_extreme)
{
    Run got = student("energy_extreme");
    for (int i = 0; i < 2; i++) {
        Value F = value(&got, "F");
        expect_that(F.n == 2 && isfinite(F.a[i]), "F[%d] is %g\nhint: exp(1000) is infinite: log(1 + exp(x)) = max(x,0) + log(1 + exp(-|x|))", i, F.a[i]);
    }
    expect(value(&got, "F"), (double[]){-1000, -2000}, 2, 1, 1e-6, 1e-3, 0, NULL);
}
END_TEST

AS_REFERENCE(energy_sizes, 1e-5, 1e-4)

/* ---- 2. rbm_p_h_given_v ---- */

static void expect_given(const char *test_case, int n)
{
    Run got = student(test_case), want = reference(test_case);
    Rbm r = rbm_of(&want, "W", "b", "c");
    const double *v = value(&want, "v").a;
    double *p = numbers(n * r.H), *no_c = numbers(n * r.H), *logit = numbers(n * r.H), *off = numbers(n * r.H);
    for (int i = 0; i < n * r.H; i++) {
        double x = input_h(r, v + i / r.H * r.d, i % r.H);
        p[i] = sigma(x), no_c[i] = sigma(x - r.c[i % r.H]), logit[i] = x, off[i] = sigma(-x);
    }
    expect(value(&got, "p"), p, n, r.H, 1e-5, 1e-6, 0,
           (Slip[]){{no_c, "the hidden biases are missing: c + v W"}, {logit, "that is what goes into sigma"}, {off, "the probability of 1, not of 0: sigma(x) = 1 / (1 + exp(-x))"}, {0}});
}

START_TEST(given_by_hand) { expect_given("given_by_hand", 4); }
END_TEST
START_TEST(given_random) { expect_given("given_random", 6); }
END_TEST
AS_REFERENCE(given_sizes, 1e-4, 1e-5)

/* ---- 3. gibbs_step ---- */

static void expect_step(const char *test_case, int n)
{
    Run got = student(test_case), want = reference(test_case);
    Rbm r = rbm_of(&want, "W", "b", "c");
    const double *v = value(&want, "v").a, *uh = value(&want, "uh").a, *uv = value(&want, "uv").a;
    double *next = stepped(r, v, n, uh, uv), *soft = numbers(n * r.d), *turned = numbers(n * r.d), *p = numbers(n * r.d), *no_b = numbers(n * r.d), *h = numbers(r.H), *q = numbers(r.H);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < r.H; j++) q[j] = sigma(input_h(r, v + i * r.d, j)), h[j] = uh[i * r.H + j] < q[j];
        for (int k = 0; k < r.d; k++) {
            int at = i * r.d + k;
            p[at] = sigma(input_v(r, h, k));
            soft[at] = uv[at] < sigma(input_v(r, q, k)), no_b[at] = uv[at] < sigma(input_v(r, h, k) - r.b[k]);
        }
        for (int j = 0; j < r.H; j++) h[j] = !(uh[i * r.H + j] < q[j]);
        for (int k = 0; k < r.d; k++) turned[i * r.d + k] = !(uv[i * r.d + k] < sigma(input_v(r, h, k)));
    }
    expect(value(&got, "next"), next, n, r.d, 0, 1e-6, 0,
           (Slip[]){{p, "those are probabilities; v' is drawn: 1 where uv is below its probability, else 0"}, {soft, "h is drawn too: 0 or 1, not its probability"},
                    {no_b, "the visible biases are missing: sigma(b + h W^T)"}, {turned, "a unit is 1 where its uniform number is below its probability"}, {0}});
}

START_TEST(step_by_hand) { expect_step("step_by_hand", 2); }
END_TEST
START_TEST(step_random) { expect_step("step_random", 40); }
END_TEST

/* 4,000 chains, 8 pictures: a share is off by 7 standard errors less than once in 10^11. */
START_TEST(step_stationary)
{
    Run got = student("step_stationary"), want = reference("step_stationary");
    Rbm r = rbm_of(&want, "W", "b", "c");
    Value shares = value(&got, "shares");
    double log_z = log_z_of(r);
    for (int s = 0; s < 8 && shares.n * shares.d == 8; s++) {
        double p = exp(-free_energy(r, (double[]){s & 1, s >> 1 & 1, s >> 2 & 1}) - log_z), error = sqrt(p * (1 - p) / 4000);
        expect_that(fabs(shares.a[s] - p) < 7 * error + 1e-3, "picture %d%d%d: a share of %.4f after 30 steps, and p is %.4f\nhint: h from v, then v' from that h; each by its own uniform numbers",
                    s & 1, s >> 1 & 1, s >> 2 & 1, shares.a[s], p);
    }
}
END_TEST

AS_REFERENCE(step_sizes, 0, 1e-6)

/* ---- 4. cd_k_grad ---- */

typedef struct { double *W, *b, *c; } Grad;

static Grad grad_new(Rbm r) { return (Grad){numbers(r.d * r.H), numbers(r.d), numbers(r.H)}; }

/* g += each (v^T p, v, p) over rows of v; drawn: p as 0 or 1 by uh. */
static void add(Grad g, Rbm r, const double *v, int n, double each, const double *uh)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < r.H; j++) {
            double p = sigma(input_h(r, v + i * r.d, j));
            if (uh) p = uh[i * r.H + j] < p;
            g.c[j] += each * p;
            for (int k = 0; k < r.d; k++) {
                g.W[k * r.H + j] += each * v[i * r.d + k] * p;
                if (!j) g.b[k] += each * v[i * r.d + k];
            }
        }
}

static Grad times(Grad g, Rbm r, double by)
{
    Grad t = grad_new(r);
    for (int i = 0; i < r.d * r.H; i++) t.W[i] = by * g.W[i];
    for (int i = 0; i < r.d; i++) t.b[i] = by * g.b[i];
    for (int i = 0; i < r.H; i++) t.c[i] = by * g.c[i];
    return t;
}

static void expect_grad(const char *test_case, int n, int k)
{
    Run got = student(test_case), want = reference(test_case);
    Rbm r = rbm_of(&want, "W", "b", "c");
    const double *v = value(&want, "v").a, *uh = value(&want, "uh").a, *uv = value(&want, "uv").a, *dream = v, *one = v;
    for (int s = 0; s < k; s++) {
        dream = stepped(r, dream, n, uh + s * n * r.H, uv + s * n * r.d);
        if (s == 0) one = dream;
    }
    Grad g = grad_new(r), data = grad_new(r), short_chain = grad_new(r), hard = grad_new(r);
    add(g, r, v, n, 1. / n, NULL), add(g, r, dream, n, -1. / n, NULL);
    add(data, r, v, n, 1. / n, NULL);
    add(short_chain, r, v, n, 1. / n, NULL), add(short_chain, r, one, n, -1. / n, NULL);
    add(hard, r, v, n, 1. / n, uh), add(hard, r, dream, n, -1. / n, NULL);
    Grad turned = times(g, r, -1);
    const char *up = "the sign: up where the data are, down where the chain has come to", *dreams = "that is the data's part alone: take off what the chain's end gives";
    const char *chain = "one step of the chain; want k of them, each from where the last one ended", *soft = "p(h|v) itself, not a draw of h";
    expect(value(&got, "dW"), g.W, r.d, r.H, 1e-4, 1e-5, n, (Slip[]){{turned.W, up}, {data.W, dreams}, {hard.W, soft}, {k > 1 ? short_chain.W : NULL, chain}, {0}});
    expect(value(&got, "db"), g.b, 1, r.d, 1e-4, 1e-5, n, (Slip[]){{turned.b, up}, {data.b, dreams}, {k > 1 ? short_chain.b : NULL, chain}, {0}});
    expect(value(&got, "dc"), g.c, 1, r.H, 1e-4, 1e-5, n, (Slip[]){{turned.c, up}, {data.c, dreams}, {hard.c, soft}, {k > 1 ? short_chain.c : NULL, chain}, {0}});
}

START_TEST(grad_one) { expect_grad("grad_one", 1, 1); }
END_TEST
START_TEST(grad_once) { expect_grad("grad_once", 6, 1); }
END_TEST
START_TEST(grad_thrice) { expect_grad("grad_thrice", 4, 3); }
END_TEST
AS_REFERENCE(grad_sizes, 1e-4, 1e-5)

/* ---- 5. log_partition ---- */

static void expect_partition(const Run *got, const char *name, Rbm r)
{
    double want = log_z_of(r), no_b = 0, no_c = 0;
    double *zero = numbers(r.d + r.H);
    no_b = log_z_of((Rbm){r.d, r.H, r.W, zero, r.c}), no_c = log_z_of((Rbm){r.d, r.H, r.W, r.b, zero});
    double empty = 0;
    for (int i = 0; i < r.d; i++) empty += softplus(r.b[i]);        /* the term of h = 0 */
    double without = want + log1p(-exp(empty - want));
    expect(value(got, name), &want, 1, 1, 1e-6, 1e-5, 0,
           (Slip[]){{(double[]){no_b}, "the visible biases are missing"}, {(double[]){no_c}, "the hidden biases are missing: exp(c.h)"},
                    {(double[]){without}, "the state in which every hidden unit is 0 counts too"}, {(double[]){exp(want)}, "log Z, not Z"}, {0}});
}

START_TEST(partition_by_hand)
{
    Run got = student("partition_by_hand");
    expect_one(&got, "log_z", log(2) + softplus(1) + softplus(2) + softplus(-1), 1e-5, "without weights Z is the product of (1 + exp(b_i)) and (1 + exp(c_j))");
}
END_TEST

START_TEST(partition_random)
{
    Run got = student("partition_random"), want = reference("partition_random");
    expect_partition(&got, "log_z", rbm_of(&want, "W", "b", "c"));
    expect_partition(&got, "one_hidden", rbm_of(&want, "W1", "b1", "c1"));
}
END_TEST

START_TEST(partition_large)
{
    Run got = student("partition_large"), want = reference("partition_large");
    double z = value(&got, "log_z").a[0];
    expect_that(isfinite(z), "log_z is %g\nhint: terms as large as exp(1500): take the largest out before exp, and log(1 + exp(x)) without exp(x)", z);
    expect_partition(&got, "log_z", rbm_of(&want, "W", "b", "c"));
}
END_TEST

AS_REFERENCE(partition_sizes, 1e-5, 1e-4)

/* ---- 6. ais_log_partition ---- */

typedef struct { bool moves, base, mean, z0; } How;     /* what is done as it should be */

static Rbm rung(Rbm r, const double *base, double beta, bool with_base)
{
    double *W = numbers(r.d * r.H), *b = numbers(r.d), *c = numbers(r.H);
    for (int i = 0; i < r.d * r.H; i++) W[i] = beta * r.W[i];
    for (int i = 0; i < r.d; i++) b[i] = (with_base ? (1 - beta) * base[i] : 0) + beta * r.b[i];
    for (int j = 0; j < r.H; j++) c[j] = beta * r.c[j];
    return (Rbm){r.d, r.H, W, b, c};
}

static double climbed(const Run *want, How how)
{
    Rbm r = rbm_of(want, "W", "b", "c");
    Value beta = value(want, "beta"), start = value(want, "v");
    const double *base = value(want, "base").a, *v = start.a;
    int n = start.n, K = beta.d - 1;
    double *logw = numbers(n), top = -INFINITY, sum = 0, mean = 0;
    for (int k = 1; k <= K; k++) {
        Rbm below = rung(r, base, beta.a[k - 1], how.base), here = rung(r, base, beta.a[k], how.base);
        for (int i = 0; i < n; i++) logw[i] += free_energy(below, v + i * r.d) - free_energy(here, v + i * r.d);
        if (k < K && how.moves) v = stepped(here, v, n, value(want, "uh").a + (k - 1) * n * r.H, value(want, "uv").a + (k - 1) * n * r.d);
    }
    for (int i = 0; i < n; i++) top = fmax(top, logw[i]), mean += logw[i] / n;
    for (int i = 0; i < n; i++) sum += exp(logw[i] - top) / n;
    double z0 = how.z0 ? r.H * log(2) : 0;
    for (int i = 0; i < r.d; i++) z0 += softplus(base[i]);
    return z0 + (how.mean ? top + log(sum) : mean);
}

static void expect_climbed(const char *test_case)
{
    Run got = student(test_case), want = reference(test_case);
    const How right = {true, true, true, true};
    double z = climbed(&want, right), still = climbed(&want, (How){false, true, true, true}), no_base = climbed(&want, (How){true, false, true, true});
    double logs = climbed(&want, (How){true, true, false, true}), no_z0 = climbed(&want, (How){true, true, true, false});
    int n = value(&want, "v").n;
    expect_that(isfinite(value(&got, "log_z").a[0]), "log_z is %g\nhint: the w are as small as exp(-1000): log_sum_exp knows how to average them", value(&got, "log_z").a[0]);
    expect(value(&got, "log_z"), &z, 1, 1, 1e-5, 1e-4, 0,
           (Slip[]){{(double[]){still}, "v moves on by one gibbs_step after each rung but the last"}, {(double[]){logs}, "the log of the mean of w, not the mean of log w"},
                    {(double[]){no_z0}, "log Z_0 has H log 2 too: the machine at 0 has hidden units without biases"}, {(double[]){z + log(n)}, "the mean of the w, not their sum"},
                    {(double[]){no_base}, "the visible biases on the ladder are (1 - beta) base + beta b"}, {0}});
}

START_TEST(ais_nothing) { expect_climbed("ais_nothing"); }
END_TEST
START_TEST(ais_one_rung) { expect_climbed("ais_one_rung"); }
END_TEST
START_TEST(ais_rungs) { expect_climbed("ais_rungs"); }
END_TEST
START_TEST(ais_small) { expect_climbed("ais_small"); }
END_TEST
AS_REFERENCE(ais_sizes, 1e-4, 1e-3)

/* ---- all together ---- */

START_TEST(learned)
{
    Run got = student("learned");
    double ll = value(&got, "ll").a[0], error = value(&got, "ais_error").a[0];
    expect_that(ll > -2.2, "after a short training on two pictures log p is %.3f; without learning it is %.3f, the best is %.3f\nhint: does cd_k_grad point uphill?", ll,
                6 * log(.5), log(.5));
    expect_that(fabs(error) < .3, "AIS with 200 rungs is %.3f nats from the sum\nhint: each part passes alone? then look at which machine moves v", error);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("06_boltzmann");
    TCase *t = exercise(s, "rbm_free_energy");
    tcase_add_test(t, energy_by_hand), tcase_add_test(t, energy_random), tcase_add_test(t, energy_extreme), tcase_add_test(t, energy_sizes);
    t = exercise(s, "rbm_p_h_given_v");
    tcase_add_test(t, given_by_hand), tcase_add_test(t, given_random), tcase_add_test(t, given_sizes);
    t = exercise(s, "gibbs_step");
    tcase_add_test(t, step_by_hand), tcase_add_test(t, step_random), tcase_add_test(t, step_stationary), tcase_add_test(t, step_sizes);
    t = exercise(s, "cd_k_grad");
    tcase_add_test(t, grad_one), tcase_add_test(t, grad_once), tcase_add_test(t, grad_thrice), tcase_add_test(t, grad_sizes);
    t = exercise(s, "log_partition");
    tcase_add_test(t, partition_by_hand), tcase_add_test(t, partition_random), tcase_add_test(t, partition_large), tcase_add_test(t, partition_sizes);
    t = exercise(s, "ais_log_partition");
    tcase_add_test(t, ais_nothing), tcase_add_test(t, ais_one_rung), tcase_add_test(t, ais_rungs), tcase_add_test(t, ais_small), tcase_add_test(t, ais_sizes);
    t = exercise(s, "together");
    tcase_add_test(t, learned);
    return judge_main(s);
}
