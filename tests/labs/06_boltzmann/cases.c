/* Cases of lab 06: inputs and calls, no expected values. Uniform numbers are drawn anew where they fall so near to a
 * probability that rounding might decide; what the probabilities are is worked out here in double. */
#include "06_boltzmann.h"
#include "driver.h"

#include <math.h>

static Rbm given_rbm(Rbm r)
{
    Rbm rbm = {given("W", r.W), given("b", r.b), given("c", r.c)};
    return rbm;
}

static Rbm untold_rbm(Rbm r)
{
    Rbm rbm = {untold("W", r.W), untold("b", r.b), untold("c", r.c)};
    return rbm;
}

static Rbm random_rbm(int d, int H, float sd, Rng *rng, Arena *mem)
{
    Rbm rbm = {random_mat(d, H, sd, rng, mem), random_mat(1, d, sd, rng, mem), random_mat(1, H, sd, rng, mem)};
    return rbm;
}

static Mat random_bits(int n, int d, Rng *rng, Arena *mem)
{
    Mat v = mat_new(mem, n, d);
    for (size_t i = 0; i < mat_size(v); i++) v.a[i] = (float)rng_below(rng, 2);
    return v;
}

static Mat uniform(int n, int d, float lo, float hi, Rng *rng, Arena *mem)
{
    Mat u = mat_new(mem, n, d);
    mat_uniform(u, lo, hi, rng);
    return u;
}

/* What units become whose inputs are x + bias; u is drawn again where it is too near. */
static float drawn(double x, float *u, Rng *rng)
{
    double p = 1 / (1 + exp(-x));
    while (fabs((double)*u - p) < 1e-3) *u = rng_uniform(rng);
    return (double)*u < p;
}

/* v (n,d) one step on, and u made clear on the way. */
static Mat clear_step(const Rbm *r, Mat v, Mat uh, Mat uv, Rng *rng, Arena *mem)
{
    int d = r->W.n, H = r->W.d;
    Mat h = mat_new(mem, v.n, H), next = mat_new(mem, v.n, d);
    for (int i = 0; i < v.n; i++) {
        for (int j = 0; j < H; j++) {
            double x = (double)r->c.a[j];
            for (int k = 0; k < d; k++) x += (double)row(v, i)[k] * (double)row(r->W, k)[j];
            row(h, i)[j] = drawn(x, row(uh, i) + j, rng);
        }
        for (int k = 0; k < d; k++) {
            double x = (double)r->b.a[k];
            for (int j = 0; j < H; j++) x += (double)row(h, i)[j] * (double)row(r->W, k)[j];
            row(next, i)[k] = drawn(x, row(uv, i) + k, rng);
        }
    }
    return next;
}

static void clear_chain(const Rbm *r, Mat v, int k, Mat uh, Mat uv, Rng *rng, Arena *mem)
{
    for (int s = 0; s < k; s++) v = clear_step(r, v, mat_rows(uh, s * v.n, v.n), mat_rows(uv, s * v.n, v.n), rng, mem);
}

/* ---- 1. rbm_free_energy ---- */

/* two visible, one hidden: x = 1 + v.(2,-4) */
static void energy_by_hand(Rng *rng, Arena *mem)
{
    Rbm r = given_rbm((Rbm){ROWS(2, 1, 2, -4), ROWS(1, 2, .5f, 3), ROWS(1, 1, 1)});
    result("F", rbm_free_energy(&r, given("v", ROWS(4, 2, 0, 0, 1, 0, 0, 1, 1, 1)), mem));
}

static void energy_random(Rng *rng, Arena *mem)
{
    Rbm r = given_rbm(random_rbm(5, 3, 1, rng, mem));
    result("F", rbm_free_energy(&r, given("v", random_bits(6, 5, rng, mem)), mem));
}

/* x of 2000 and -2000 */
static void energy_extreme(Rng *rng, Arena *mem)
{
    Rbm r = given_rbm((Rbm){ROWS(1, 2, 1000, -1000), ROWS(1, 1, 0), ROWS(1, 2, 1000, -1000)});
    result("F", rbm_free_energy(&r, given("v", ROWS(2, 1, 0, 1)), mem));
}

/* ---- 2. rbm_p_h_given_v ---- */

static void given_by_hand(Rng *rng, Arena *mem)
{
    Rbm r = given_rbm((Rbm){ROWS(2, 3, 1, 0, -2, .5f, 3, 1), ROWS(1, 2, 7, 7), ROWS(1, 3, 0, -1, 2)});
    result("p", rbm_p_h_given_v(&r, given("v", ROWS(4, 2, 0, 0, 1, 0, 0, 1, .25f, .5f)), mem));
}

static void given_random(Rng *rng, Arena *mem)
{
    Rbm r = given_rbm(random_rbm(5, 3, 1, rng, mem));
    result("p", rbm_p_h_given_v(&r, given("v", random_bits(6, 5, rng, mem)), mem));
}

/* ---- 3. gibbs_step ---- */

static void step_of(Rbm r, Mat v, Mat uh, Mat uv, Rng *rng, Arena *mem)
{
    clear_step(&r, v, uh, uv, rng, mem);
    r = given_rbm(r);
    v = given("v", v);
    uh = given("uh", uh);
    uv = given("uv", uv);
    result("next", gibbs_step(&r, v, uh, uv, mem));
}

/* p(h|v) = .731, .269; then .953 .5 with the first hidden unit alone */
static void step_by_hand(Rng *rng, Arena *mem)
{
    Rbm r = {ROWS(2, 2, 3, -6, 0, 2), ROWS(1, 2, 0, 0), ROWS(1, 2, 1, -1)};
    step_of(r, ROWS(2, 2, 0, 0, 0, 0), ROWS(2, 2, .7f, .3f, .75f, .25f), ROWS(2, 2, .9f, .6f, .1f, .8f), rng, mem);
}

static void step_random(Rng *rng, Arena *mem)
{
    Rbm r = random_rbm(5, 3, 1, rng, mem); /* draws have names: compilers differ in which argument comes first */
    Mat v = random_bits(40, 5, rng, mem), uh = uniform(40, 3, 0, 1, rng, mem), uv = uniform(40, 5, 0, 1, rng, mem);
    step_of(r, v, uh, uv, rng, mem);
}

/* A long chain visits pictures as often as p says: shares of the eight pictures of three pixels. */
static void step_stationary(Rng *rng, Arena *mem)
{
    enum { CHAINS = 4000, STEPS = 30 };
    Rbm r = given_rbm(random_rbm(3, 2, 1, rng, mem));
    Mat v = random_bits(CHAINS, 3, rng, mem), shares = mat_zeros(mem, 1, 8);
    for (int s = 0; s < STEPS; s++) {
        Mat uh = uniform(CHAINS, 2, 0, 1, rng, mem), uv = uniform(CHAINS, 3, 0, 1, rng, mem);
        v = gibbs_step(&r, v, uh, uv, mem);
    }
    for (int i = 0; i < CHAINS; i++) {
        const float *p = row(v, i);
        shares.a[(p[0] > 0) + 2 * (p[1] > 0) + 4 * (p[2] > 0)] += 1.f / CHAINS;
    }
    result("shares", shares);
}

/* ---- 4. cd_k_grad ---- */

static void grad_results(Rbm d, const char *turn, Arena *mem)
{
    result(name_of(mem, "dW%s", turn), d.W);
    result(name_of(mem, "db%s", turn), d.b);
    result(name_of(mem, "dc%s", turn), d.c);
}

static void grad_of(int n, int d, int H, int k, Rng *rng, Arena *mem)
{
    Rbm r = random_rbm(d, H, 1, rng, mem);
    Mat v = random_bits(n, d, rng, mem), uh = uniform(k * n, H, 0, 1, rng, mem), uv = uniform(k * n, d, 0, 1, rng, mem);
    clear_chain(&r, v, k, uh, uv, rng, mem);
    r = given_rbm(r);
    v = given("v", v);
    uh = given("uh", uh);
    uv = given("uv", uv);
    grad_results(cd_k_grad(&r, v, k, uh, uv, mem), "", mem);
}

static void grad_one(Rng *rng, Arena *mem) { grad_of(1, 3, 2, 1, rng, mem); }
static void grad_once(Rng *rng, Arena *mem) { grad_of(6, 5, 3, 1, rng, mem); }
static void grad_thrice(Rng *rng, Arena *mem) { grad_of(4, 5, 3, 3, rng, mem); }

/* ---- 5. log_partition ---- */

/* W = 0: everything is independent */
static void partition_by_hand(Rng *rng, Arena *mem)
{
    Rbm r = given_rbm((Rbm){ROWS(2, 2, 0, 0, 0, 0), ROWS(1, 2, 0, 1), ROWS(1, 2, 2, -1)});
    result_value("log_z", log_partition(&r));
}

static void partition_random(Rng *rng, Arena *mem)
{
    Rbm r = given_rbm(random_rbm(4, 3, 1, rng, mem)),
        one = {given("W1", random_mat(6, 1, 1, rng, mem)), given("b1", random_mat(1, 6, 1, rng, mem)),
               given("c1", random_mat(1, 1, 1, rng, mem))};
    result_value("log_z", log_partition(&r));
    result_value("one_hidden", log_partition(&one));
}

/* terms as large as exp(1500) */
static void partition_large(Rng *rng, Arena *mem)
{
    Rbm r = given_rbm((Rbm){ROWS(3, 2, 300, 1, 200, -2, 500, 3), ROWS(1, 3, 100, 200, 150), ROWS(1, 2, 50, -20)});
    result_value("log_z", log_partition(&r));
}

/* ---- 6. ais_log_partition ---- */

/* The ladder's machine at beta. */
static Rbm rung(const Rbm *r, Mat base, double beta, Arena *mem)
{
    Rbm m = {.W = mat_copy(mem, r->W), .c = mat_copy(mem, r->c)};
    m.b = mat_new(mem, 1, base.d);
    mat_scale(m.W, (float)beta);
    mat_scale(m.c, (float)beta);
    for (int i = 0; i < base.d; i++) m.b.a[i] = (float)((1 - beta) * (double)base.a[i] + beta * (double)r->b.a[i]);
    return m;
}

typedef struct {
    Mat base, beta, v, uh, uv;
} Ladder;

static Ladder ladder(const Rbm *r, int n, int K, float uneven, Rng *rng, Arena *mem)
{
    int d = r->W.n, H = r->W.d;
    Ladder l = {random_mat(1, d, .5f, rng, mem), mat_new(mem, 1, K + 1), mat_new(mem, n, d),
                uniform((K - 1) * n, H, 0, 1, rng, mem), uniform((K - 1) * n, d, 0, 1, rng, mem)};
    for (int k = 0; k <= K; k++) l.beta.a[k] = powf((float)k / (float)K, uneven);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < d; j++) row(l.v, i)[j] = rng_uniform(rng) < 1 / (1 + expf(-l.base.a[j]));
    Mat v = l.v;
    for (int k = 1; k < K; k++) {
        Rbm m = rung(r, l.base, (double)l.beta.a[k], mem);
        v = clear_step(&m, v, mat_rows(l.uh, (k - 1) * n, n), mat_rows(l.uv, (k - 1) * n, n), rng, mem);
    }
    return l;
}

static double climbed(const Rbm *r, Ladder l, Mat (*as)(const char *, Mat), Arena *mem)
{
    l = (Ladder){as("base", l.base), as("beta", l.beta), as("v", l.v), as("uh", l.uh), as("uv", l.uv)};
    return ais_log_partition(r, l.base, l.beta, l.v, l.uh, l.uv, mem);
}

/* r is the machine at 0 itself: every w is 1 */
static void ais_nothing(Rng *rng, Arena *mem)
{
    Rbm r = {mat_zeros(mem, 3, 2), random_mat(1, 3, 1, rng, mem), mat_zeros(mem, 1, 2)};
    Ladder l = ladder(&r, 4, 3, 1, rng, mem);
    mat_set(l.base, r.b);
    r = given_rbm(r);
    result_value("log_z", climbed(&r, l, given, mem));
}

/* plain importance sampling, no move at all */
static void ais_one_rung(Rng *rng, Arena *mem)
{
    Rbm r = given_rbm(random_rbm(4, 3, 1, rng, mem));
    result_value("log_z", climbed(&r, ladder(&r, 5, 1, 1, rng, mem), given, mem));
}

static void ais_rungs(Rng *rng, Arena *mem)
{
    Rbm r = given_rbm(random_rbm(4, 3, 1, rng, mem));
    result_value("log_z", climbed(&r, ladder(&r, 3, 5, 1.7f, rng, mem), given, mem));
}

/* w as small as exp(-1000) */
static void ais_small(Rng *rng, Arena *mem)
{
    Rbm r = random_rbm(4, 3, 1, rng, mem);
    for (int i = 0; i < 4; i++) r.b.a[i] -= 700;
    r = given_rbm(r);
    Ladder l = ladder(&r, 3, 2, 1, rng, mem);
    mat_fill(l.v, 1); /* wherever they came from */
    Rbm m = rung(&r, l.base, (double)l.beta.a[1], mem);
    clear_step(&m, l.v, l.uh, l.uv, rng, mem);
    result_value("log_z", climbed(&r, l, given, mem));
}

/* ---- all together: a small machine learns two pictures, and its Z is estimated ---- */

static void learned(Rng *rng, Arena *mem)
{
    enum { D = 6, H = 3, N = 20, STEPS = 1500, K = 200, CLIMBERS = 200 };
    Rbm r = random_rbm(D, H, .1f, rng, mem);
    Mat v = mat_zeros(mem, N, D);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < 3; j++) row(v, i)[i % 2 ? j : 3 + j] = 1;
    size_t mark = mem->used;
    for (int step = 0; step < STEPS; step++) {
        arena_rewind(mem, mark);
        Mat uh = uniform(2 * N, H, 0, 1, rng, mem), uv = uniform(2 * N, D, 0, 1, rng, mem);
        Rbm d = cd_k_grad(&r, v, 2, uh, uv, mem);
        mat_scale(d.W, .1f);
        mat_scale(d.b, .1f);
        mat_scale(d.c, .1f);
        mat_add(r.W, d.W);
        mat_add(r.b, d.b);
        mat_add(r.c, d.c);
    }
    arena_rewind(mem, mark);
    double log_z = log_partition(&r), ll = 0;
    Mat F = rbm_free_energy(&r, v, mem);
    for (int i = 0; i < N; i++) ll += (-(double)F.a[i] - log_z) / N;
    result_value("ll", ll);
    Mat base = mat_zeros(mem, 1, D), beta = mat_new(mem, 1, K + 1), start = random_bits(CLIMBERS, D, rng, mem);
    for (int k = 0; k <= K; k++) beta.a[k] = (float)k / K;
    Mat uh = uniform((K - 1) * CLIMBERS, H, 0, 1, rng, mem), uv = uniform((K - 1) * CLIMBERS, D, 0, 1, rng, mem);
    double estimate = ais_log_partition(&r, base, beta, start, uh, uv, mem);
    result_value("ais_error", estimate - log_z);
}

/* ---- sizes from the seed: all 1, all few, then each letter in turn larger than the lab's own ---- */

enum { MANY_SAMPLES = 100, MANY_VISIBLE = 64, MANY_HIDDEN = 16, MANY_STEPS = 10, MANY_RUNGS = 10 };

static void energy_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_VISIBLE, H, MANY_HIDDEN) {
        Rbm r = untold_rbm(random_rbm(d, H, .5f, rng, mem));
        result(name_of(mem, "F%d", turn), rbm_free_energy(&r, untold("v", random_bits(n, d, rng, mem)), mem));
    }
}

static void given_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_VISIBLE, H, MANY_HIDDEN) {
        Rbm r = untold_rbm(random_rbm(d, H, .5f, rng, mem));
        result(name_of(mem, "p%d", turn), rbm_p_h_given_v(&r, untold("v", random_bits(n, d, rng, mem)), mem));
    }
}

static void step_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_VISIBLE, H, MANY_HIDDEN) {
        Rbm r = random_rbm(d, H, .5f, rng, mem);
        Mat v = random_bits(n, d, rng, mem), uh = uniform(n, H, 0, 1, rng, mem), uv = uniform(n, d, 0, 1, rng, mem);
        clear_step(&r, v, uh, uv, rng, mem);
        r = untold_rbm(r);
        result(name_of(mem, "next%d", turn), gibbs_step(&r, untold("v", v), untold("uh", uh), untold("uv", uv), mem));
    }
}

static void grad_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 6; turn++) {
        int n = turn_size(turn, 0, MANY_SAMPLES, rng), d = turn_size(turn, 1, MANY_VISIBLE, rng),
            H = turn_size(turn, 2, MANY_HIDDEN, rng);
        int k = turn_size(turn, 3, MANY_STEPS, rng);
        Rbm r = random_rbm(d, H, .5f, rng, mem);
        Mat v = random_bits(n, d, rng, mem), uh = uniform(k * n, H, 0, 1, rng, mem),
            uv = uniform(k * n, d, 0, 1, rng, mem);
        clear_chain(&r, v, k, uh, uv, rng, mem);
        r = untold_rbm(r);
        grad_results(cd_k_grad(&r, untold("v", v), k, untold("uh", uh), untold("uv", uv), mem),
                     name_of(mem, "%d", turn), mem);
    }
}

static void partition_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 4; turn++) {
        int d = turn_size(turn, 0, MANY_VISIBLE, rng), H = turn == 3 ? 17 : size_in(1, 5, rng);
        Rbm r = untold_rbm(random_rbm(d, turn ? H : 1, .5f, rng, mem));
        result_value(name_of(mem, "log_z%d", turn), log_partition(&r));
    }
}

static void ais_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 6; turn++) {
        int n = turn_size(turn, 0, MANY_SAMPLES, rng), d = turn_size(turn, 1, MANY_VISIBLE, rng),
            H = turn_size(turn, 2, MANY_HIDDEN, rng);
        Rbm r = untold_rbm(random_rbm(d, H, .5f, rng, mem));
        result_value(name_of(mem, "log_z%d", turn),
                     climbed(&r, ladder(&r, n, turn_size(turn, 3, MANY_RUNGS, rng), 1.3f, rng, mem), untold, mem));
    }
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(energy_by_hand),   CASE(energy_random),
    CASE(energy_extreme),   CASE(energy_sizes),
    CASE(given_by_hand),    CASE(given_random),
    CASE(given_sizes),      CASE(step_by_hand),
    CASE(step_random),      CASE(step_stationary),
    CASE(step_sizes),       CASE(grad_one),
    CASE(grad_once),        CASE(grad_thrice),
    CASE(grad_sizes),       CASE(partition_by_hand),
    CASE(partition_random), CASE(partition_large),
    CASE(partition_sizes),  CASE(ais_nothing),
    CASE(ais_one_rung),     CASE(ais_rungs),
    CASE(ais_small),        CASE(ais_sizes),
    CASE(learned),          {0},
};
