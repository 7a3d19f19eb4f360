/* The judge of lab 06: hand cases, everything enumerated in double, chains redone number by number, and a short
 * training. */
#include "judge.h"

#include <math.h>
#include <stdlib.h>

/* ---- a machine, in double ---- */

typedef struct {
    int d, H;
    const double *W, *b, *c;
} Rbm;

static Rbm rbm_of(const Run *r, const char *W, const char *b, const char *c)
{
    Value w = value(r, W);
    Rbm rbm = {w.n, w.d, w.a, value(r, b).a, value(r, c).a};
    return rbm;
}


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
            if (turn)
                sum += exp(term - top);
            else
                top = fmax(top, term);
        }
    return top + log(sum);
}

/* One Gibbs step of n rows. */
static double *stepped(Rbm r, const double *v, int n, const double *uh, const double *uv)
{
    double *next = numbers(n * r.d), *h = numbers(r.H);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < r.H; j++) h[j] = uh[i * r.H + j] < sigmoid(input_h(r, v + i * r.d, j));
        for (int k = 0; k < r.d; k++) next[i * r.d + k] = uv[i * r.d + k] < sigmoid(input_v(r, h, k));
    }
    return next;
}

/* ---- 1. rbm_free_energy ---- */

static void expect_energy(const char *test_case, int n)
{
    Run got = student(test_case), want = reference(test_case);
    Rbm r = rbm_of(&want, "W", "b", "c");
    const double *v = value(&want, "v").a;
    double *F = numbers(n), *turned = numbers(n), *no_b = numbers(n), *no_c = numbers(n), *linear = numbers(n),
           *first = numbers(n);
    for (int i = 0; i < n; i++) {
        const double *at = v + i * r.d;
        double field = 0, with = 0, without = 0;
        for (int k = 0; k < r.d; k++) field += r.b[k] * at[k];
        for (int j = 0; j < r.H; j++) {
            with += input_h(r, at, j);
            without += softplus(input_h(r, at, j) - r.c[j]);
        }
        F[i] = free_energy(r, at);
        turned[i] = -F[i];
        no_b[i] = F[i] + field;
        no_c[i] = -field - without;
        linear[i] = -field - with;
        first[i] = field + (F[i] + field);
    }
    expect(value(&got, "F"), ARRAY(n, 1, F), .rtol = 1e-5, .atol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY("the sign: p(v) = exp(-F(v)) / Z, so what is likely has a low F", turned),
        SLIP_ARRAY("the visible biases are missing: - b.v", no_b),
        SLIP_ARRAY("the hidden biases are missing: x = c + v W", no_c),
        SLIP_ARRAY("the sign of b.v: a pixel with a high bias lowers F", first),
        SLIP_ARRAY("the hidden units are summed out: log(1 + exp(x)), not x", linear)));
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
        expect_that(F.n == 2 && isfinite(F.a[i]),
                    "F[%d] is %g\nhint: exp(1000) is infinite: log(1 + exp(x)) = max(x,0) + log(1 + exp(-|x|))", i,
                    F.a[i]);
    }
    expect(value(&got, "F"), MATRIX(2, 1, -1000, -2000), .rtol = 1e-6, .atol = 1e-3);
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
        p[i] = sigmoid(x);
        no_c[i] = sigmoid(x - r.c[i % r.H]);
        logit[i] = x;
        off[i] = sigmoid(-x);
    }
    expect(value(&got, "p"), ARRAY(n, r.H, p), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP_ARRAY("the hidden biases are missing: c + v W", no_c),
        SLIP_ARRAY("that is what goes into sigma", logit),
        SLIP_ARRAY("the probability of 1, not of 0: sigma(x) = 1 / (1 + exp(-x))", off)));
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
    double *next = stepped(r, v, n, uh, uv), *soft = numbers(n * r.d), *turned = numbers(n * r.d),
           *p = numbers(n * r.d), *no_b = numbers(n * r.d), *h = numbers(r.H), *q = numbers(r.H);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < r.H; j++) {
            q[j] = sigmoid(input_h(r, v + i * r.d, j));
            h[j] = uh[i * r.H + j] < q[j];
        }
        for (int k = 0; k < r.d; k++) {
            int at = i * r.d + k;
            p[at] = sigmoid(input_v(r, h, k));
            soft[at] = uv[at] < sigmoid(input_v(r, q, k));
            no_b[at] = uv[at] < sigmoid(input_v(r, h, k) - r.b[k]);
        }
        for (int j = 0; j < r.H; j++) h[j] = !(uh[i * r.H + j] < q[j]);
        for (int k = 0; k < r.d; k++) turned[i * r.d + k] = !(uv[i * r.d + k] < sigmoid(input_v(r, h, k)));
    }
    expect(value(&got, "next"), ARRAY(n, r.d, next), .atol = 1e-6, .slips = SLIPS(
        SLIP_ARRAY("those are probabilities; v' is drawn: 1 where uv is below its probability, else 0", p),
        SLIP_ARRAY("h is drawn too: 0 or 1, not its probability", soft),
        SLIP_ARRAY("the visible biases are missing: sigma(b + h W^T)", no_b),
        SLIP_ARRAY("a unit is 1 where its uniform number is below its probability", turned)));
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
    double log_z = log_z_of(r), *v = numbers(r.d);
    for (int s = 0; s < 8 && shares.n * shares.d == 8; s++) {
        for (int i = 0; i < r.d; i++) v[i] = s >> i & 1;
        double p = exp(-free_energy(r, v) - log_z), error = sqrt(p * (1 - p) / 4000);
        expect_that(fabs(shares.a[s] - p) < 7 * error + 1e-3,
                    "picture %d%d%d: a share of %.4f after 30 steps, and p is %.4f\nhint: h from v, then v' from that "
                    "h; each by its own uniform numbers",
                    s & 1, s >> 1 & 1, s >> 2 & 1, shares.a[s], p);
    }
}
END_TEST

AS_REFERENCE(step_sizes, 0, 1e-6)

/* ---- 4. cd_k_grad ---- */

typedef struct {
    double *W, *b, *c;
} Grad;

static Grad grad_new(Rbm r)
{
    Grad grad = {numbers(r.d * r.H), numbers(r.d), numbers(r.H)};
    return grad;
}

/* g += each (v^T p, v, p) over rows of v; drawn: p as 0 or 1 by uh. */
static void add(Grad g, Rbm r, const double *v, int n, double each, const double *uh)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < r.H; j++) {
            double p = sigmoid(input_h(r, v + i * r.d, j));
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
    add(g, r, v, n, 1. / n, NULL);
    add(g, r, dream, n, -1. / n, NULL);
    add(data, r, v, n, 1. / n, NULL);
    add(short_chain, r, v, n, 1. / n, NULL);
    add(short_chain, r, one, n, -1. / n, NULL);
    add(hard, r, v, n, 1. / n, uh);
    add(hard, r, dream, n, -1. / n, NULL);
    Grad turned = times(g, r, -1);
    const char *up = "the sign: up where the data are, down where the chain has come to",
               *dreams = "that is the data's part alone: take off what the chain's end gives";
    const char *chain = "one step of the chain; want k of them, each from where the last one ended",
               *soft = "p(h|v) itself, not a draw of h";
    expect(value(&got, "dW"), ARRAY(r.d, r.H, g.W), .rtol = 1e-4, .atol = 1e-5, .batch = n, .slips = SLIPS(
        SLIP_ARRAY(up, turned.W),
        SLIP_ARRAY(dreams, data.W),
        SLIP_ARRAY(soft, hard.W),
        SLIP_ARRAY(chain, k > 1 ? short_chain.W : NULL)));
    expect(value(&got, "db"), ARRAY(1, r.d, g.b), .rtol = 1e-4, .atol = 1e-5, .batch = n, .slips = SLIPS(
        SLIP_ARRAY(up, turned.b),
        SLIP_ARRAY(dreams, data.b),
        SLIP_ARRAY(chain, k > 1 ? short_chain.b : NULL)));
    expect(value(&got, "dc"), ARRAY(1, r.H, g.c), .rtol = 1e-4, .atol = 1e-5, .batch = n, .slips = SLIPS(
        SLIP_ARRAY(up, turned.c),
        SLIP_ARRAY(dreams, data.c),
        SLIP_ARRAY(soft, hard.c),
        SLIP_ARRAY(chain, k > 1 ? short_chain.c : NULL)));
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
    no_b = log_z_of((Rbm){r.d, r.H, r.W, zero, r.c});
    no_c = log_z_of((Rbm){r.d, r.H, r.W, r.b, zero});
    double empty = 0;
    for (int i = 0; i < r.d; i++) empty += softplus(r.b[i]); /* the term of h = 0 */
    double without = want + log1p(-exp(empty - want));
    expect(value(got, name), SCALAR(want), .rtol = 1e-6, .atol = 1e-5, .slips = SLIPS(
        SLIP("the visible biases are missing", no_b),
        SLIP("the hidden biases are missing: exp(c.h)", no_c),
        SLIP("the state in which every hidden unit is 0 counts too", without),
        SLIP("log Z, not Z", exp(want))));
}

START_TEST(partition_by_hand)
{
    Run got = student("partition_by_hand");
    expect_one(&got, "log_z", log(2) + softplus(1) + softplus(2) + softplus(-1), 1e-5,
               "without weights Z is the product of (1 + exp(b_i)) and (1 + exp(c_j))");
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
    expect_that(isfinite(z),
                "log_z is %g\nhint: terms as large as exp(1500): take the largest out before exp, and log(1 + exp(x)) "
                "without exp(x)",
                z);
    expect_partition(&got, "log_z", rbm_of(&want, "W", "b", "c"));
}
END_TEST

AS_REFERENCE(partition_sizes, 1e-5, 1e-4)

/* ---- 6. ais_log_partition ---- */

typedef struct {
    bool moves, base, mean, z0;
} How; /* what is done as it should be */

static Rbm rung(Rbm r, const double *base, double beta, bool with_base)
{
    double *W = numbers(r.d * r.H), *b = numbers(r.d), *c = numbers(r.H);
    for (int i = 0; i < r.d * r.H; i++) W[i] = beta * r.W[i];
    for (int i = 0; i < r.d; i++) b[i] = (with_base ? (1 - beta) * base[i] : 0) + beta * r.b[i];
    for (int j = 0; j < r.H; j++) c[j] = beta * r.c[j];
    Rbm tempered = {r.d, r.H, W, b, c};
    return tempered;
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
        if (k < K && how.moves)
            v = stepped(here, v, n, value(want, "uh").a + (k - 1) * n * r.H, value(want, "uv").a + (k - 1) * n * r.d);
    }
    for (int i = 0; i < n; i++) {
        top = fmax(top, logw[i]);
        mean += logw[i] / n;
    }
    for (int i = 0; i < n; i++) sum += exp(logw[i] - top) / n;
    double z0 = how.z0 ? r.H * log(2) : 0;
    for (int i = 0; i < r.d; i++) z0 += softplus(base[i]);
    return z0 + (how.mean ? top + log(sum) : mean);
}

static void expect_climbed(const char *test_case)
{
    Run got = student(test_case), want = reference(test_case);
    const How right = {true, true, true, true};
    double z = climbed(&want, right), still = climbed(&want, (How){false, true, true, true}),
           no_base = climbed(&want, (How){true, false, true, true});
    double logs = climbed(&want, (How){true, true, false, true}),
           no_z0 = climbed(&want, (How){true, true, true, false});
    int n = value(&want, "v").n;
    expect_that(isfinite(value(&got, "log_z").a[0]),
                "log_z is %g\nhint: the w are as small as exp(-1000): log_sum_exp knows how to average them",
                value(&got, "log_z").a[0]);
    expect(value(&got, "log_z"), SCALAR(z), .rtol = 1e-5, .atol = 1e-4, .slips = SLIPS(
        SLIP("v moves on by one gibbs_step after each rung but the last", still),
        SLIP("the log of the mean of w, not the mean of log w", logs),
        SLIP("log Z_0 has H log 2 too: the machine at 0 has hidden units without biases", no_z0),
        SLIP("the mean of the w, not their sum", z + log(n)),
        SLIP("the visible biases on the ladder are (1 - beta) base + beta b", no_base)));
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
    expect_that(ll > -2.2,
                "after a short training on two pictures log p is %.3f; without learning it is %.3f, the best is "
                "%.3f\nhint: does cd_k_grad point uphill?",
                ll, 6 * log(.5), log(.5));
    expect_that(fabs(error) < .3,
                "AIS with 200 rungs is %.3f nats from the sum\nhint: each part passes alone? then look at which "
                "machine moves v",
                error);
}
END_TEST

int main(void)
{
    return judge_main("06_boltzmann", EXERCISES(
        EXERCISE("rbm_free_energy", energy_by_hand, energy_random, energy_extreme, energy_sizes),
        EXERCISE("rbm_p_h_given_v", given_by_hand, given_random, given_sizes),
        EXERCISE("gibbs_step", step_by_hand, step_random, step_stationary, step_sizes),
        EXERCISE("cd_k_grad", grad_one, grad_once, grad_thrice, grad_sizes),
        EXERCISE("log_partition", partition_by_hand, partition_random, partition_large, partition_sizes),
        EXERCISE("ais_log_partition", ais_nothing, ais_one_rung, ais_rungs, ais_small, ais_sizes),
        EXERCISE("together", learned)));
}
