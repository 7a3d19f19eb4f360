/* Cases of lab 09: inputs and calls, no expected values. */
#include "09_gan_tricks.h"
#include "driver.h"

#include <math.h>

/* ---- smooth_target ---- */

static void target_by_hand(Rng *rng, Arena *mem)
{
    Mat y = given("y", ROWS(4, 1, 1, 0, 0, 1));
    result("one_side", smooth_target(y, .9f, 0, mem));
    result("two_sides", smooth_target(y, .9f, .2f, mem));
}

static void target_between(Rng *rng, Arena *mem)
{
    Mat y = mat_new(mem, 9, 1);
    mat_uniform(y, 0, 1, rng);
    result("t", smooth_target(given("y", y), .8f, .3f, mem));
}

/* A D that is a table: one logit per place, descending on the weighted loss. Densities p and q in rows. */
static void best_d(Rng *rng, Arena *mem)
{
    enum { PLACES = 12 };
    static const float side[2][2] = {{.9f, 0}, {.9f, .1f}};
    Mat p = mat_new(mem, PLACES, 1), q = mat_new(mem, PLACES, 1), D = room(PLACES, 2), y = ROWS(2, 1, 1, 0);
    mat_uniform(p, .1f, 1, rng);
    mat_uniform(q, .1f, 1, rng);
    p = given("p", p);
    q = given("q", q);
    for (int k = 0; k < 2; k++) {
        Mat t = smooth_target(y, side[k][0], side[k][1], mem);
        for (int i = 0; i < PLACES; i++) {
            double logit = 0, d = .5;
            for (int n = 0; n < 400; n++) {
                logit -= 4 / (double)(p.a[i] + q.a[i]) *
                         ((double)p.a[i] * (d - (double)t.a[0]) + (double)q.a[i] * (d - (double)t.a[1]));
                d = 1 / (1 + exp(-logit));
            }
            row(D, i)[k] = (float)d;
        }
    }
    result("D", D);
}

/* ---- instance_noise ---- */

static void noise_by_hand(Rng *rng, Arena *mem)
{
    Mat x = given("x", ROWS(2, 2, 1, 2, 3, 4)), eps = given("eps", ROWS(2, 2, 1, -1, .5f, 0));
    result("start", instance_noise(x, eps, 2, 0, 10, mem));
    result("middle", instance_noise(x, eps, 2, 4, 10, mem));
    result("end", instance_noise(x, eps, 2, 10, 10, mem));
    result("after", instance_noise(x, eps, 2, 15, 10, mem));
}

static void noise_random(Rng *rng, Arena *mem)
{
    Mat x = given("x", random_mat(8, 3, 1, rng, mem)), eps = given("eps", random_mat(8, 3, 1, rng, mem));
    result("y", instance_noise(x, eps, .7f, 333, 1000, mem));
}

/* ---- minibatch_std and its backward ---- */

static void std_by_hand(Rng *rng, Arena *mem)
{
    result("y", minibatch_std(given("x", ROWS(4, 2, 1, 5, 3, 5, 1, 11, 3, 11)), mem));
}

static void std_identical(Rng *rng, Arena *mem)
{
    Mat x = ROWS(3, 2, 7, -2, 7, -2, 7, -2), dy = ROWS(3, 3, 1, 2, 5, 3, 4, 6, 5, 6, 7);
    x = given("x", x);
    dy = given("dy", dy);
    result("y", minibatch_std(x, mem));
    result("dx", minibatch_std_back(x, dy, mem));
}

static void std_random(Rng *rng, Arena *mem)
{
    result("y", minibatch_std(given("x", random_mat(9, 5, 2, rng, mem)), mem));
}

static void std_back_random(Rng *rng, Arena *mem)
{
    Mat x = given("x", random_mat(6, 4, 1, rng, mem)), dy = given("dy", random_mat(6, 5, 1, rng, mem));
    result("dx", minibatch_std_back(x, dy, mem));
}

/* ---- pack ---- */

static void pack_by_hand(Rng *rng, Arena *mem)
{
    Mat x = given("x", ROWS(4, 2, 1, 2, 3, 4, 5, 6, 7, 8));
    result_or_view("pairs", pack(x, 2, mem));
    result_or_view("single", pack(x, 1, mem));
    result_or_view("all", pack(x, 4, mem));
}

static void pack_and_back(Rng *rng, Arena *mem)
{
    Mat x = given("x", random_mat(12, 3, 1, rng, mem)), p = pack(x, 3, mem);
    result_or_view("p", p);
    result_or_view("back", mat_reshape(p, x.n, x.d));
}

/* ---- gradient_penalty ---- */

static Net small_net(int in, int hidden, Rng *rng, Arena *mem)
{
    Net D = net_new("D", (Shape){1, 1, in}, mem);
    if (hidden) {
        net_dense(&D, hidden, rng);
        net_tanh(&D);
        net_dense(&D, hidden, rng);
        net_tanh(&D);
    }
    net_dense(&D, 1, rng);
    return D;
}

/* D(x) = 3 x1 + 4 x2 + 1: the slope is (3, 4) everywhere. Its gradients hold 10 from before. */
static void penalty_by_hand(Rng *rng, Arena *mem)
{
    Net D = small_net(2, 0, rng, mem);
    mat_set(D.layer[0].w.v, ROWS(2, 1, 3, 4));
    mat_fill(D.layer[0].b.v, 1);
    net_touch(&D);
    mat_fill(D.layer[0].w.g, 10);
    mat_fill(D.layer[0].b.g, 10);
    result_value("R1", (double)gradient_penalty(&D, given("x", ROWS(3, 2, 1, 0, -1, 2, 0, 1)), .5f, mem));
    result("dW", D.layer[0].w.g);
    result("db", D.layer[0].b.g);
}

/* Its weights are all 0: no slope, no direction. */
static void penalty_flat(Rng *rng, Arena *mem)
{
    Net D = small_net(2, 4, rng, mem);
    Param *p;
    for (int i = 0; (p = net_param(&D, &i));) mat_fill(p->v, 0);
    net_touch(&D);
    net_zero_grad(&D);
    result_value("R1", (double)gradient_penalty(&D, given("x", ROWS(3, 2, 1, 0, -1, 2, 0, 0)), 1, mem));
    result("dW", D.layer[2].w.g);
}

/* With smaller weights at both ends: the bend of D over a step is what the formula itself is off by. */
static Net gentle_net(int in, int hidden, Rng *rng, Arena *mem)
{
    Net D = small_net(in, hidden, rng, mem);
    mat_scale(D.layer[0].w.v, .5f);
    mat_scale(D.layer[4].w.v, .5f);
    net_touch(&D);
    return D;
}

static void penalty_random(Rng *rng, Arena *mem)
{
    char name[8] = "W0";
    Net D = gentle_net(2, 5, rng, mem);
    Mat x = given("x", random_mat(4, 2, 1, rng, mem));
    for (int l = 0; l < 3; l++) {
        name[1] = (char)('0' + l);
        mat_normal(D.layer[2 * l].b.v, .3f, rng);
        given(name, D.layer[2 * l].w.v);
    }
    for (int l = 0; l < 3; l++) {
        name[0] = 'b';
        name[1] = (char)('0' + l);
        given(name, D.layer[2 * l].b.v);
    }
    net_touch(&D);
    net_zero_grad(&D);
    result_value("R1", (double)gradient_penalty(&D, x, 2, mem));
    for (int l = 0; l < 3; l++) {
        name[0] = 'g';
        name[1] = (char)('0' + l);
        result(name, D.layer[2 * l].w.g);
    }
    for (int l = 0; l < 3; l++) {
        name[0] = 'h';
        name[1] = (char)('0' + l);
        result(name, D.layer[2 * l].b.g);
    }
    result("W0_after", D.layer[0].w.v);
}

/* ---- spectral_norm ---- */

static void norm_by_hand(Rng *rng, Arena *mem)
{
    Mat W = given("W", ROWS(2, 3, 3, 0, 0, 0, 4, 0)), u = mat_copy(mem, ROWS(1, 2, 1, 1));
    result_value("first", (double)spectral_norm(W, u, 1, mem));
    result("u_first", u);
    result_value("sigma", (double)spectral_norm(W, u, 40, mem));
    result("u", u);
}

static void norm_zero(Rng *rng, Arena *mem)
{
    Mat u = mat_copy(mem, ROWS(1, 2, .6f, .8f));
    result_value("sigma", (double)spectral_norm(given("W", mat_zeros(mem, 2, 3)), u, 3, mem));
    result("u", u);
}

/* W = P S Q^T with singular values 5, 2, 1. */
static void norm_known(Rng *rng, Arena *mem)
{
    Mat P = mat_orthonormal(mem, random_mat(6, 3, 1, rng, mem)),
        Q = mat_orthonormal(mem, random_mat(4, 3, 1, rng, mem)), PS = mat_copy(mem, P);
    for (int i = 0; i < 6; i++) {
        row(PS, i)[0] *= 5;
        row(PS, i)[1] *= 2;
    }
    Mat W = given("W", mat_mul_nt(mem, PS, Q)), u = random_mat(1, 6, 1, rng, mem);
    given("P", P);
    double sigma = 0;
    for (int call = 0; call < 30; call++) sigma = (double)spectral_norm(W, u, 1, mem);
    result_value("sigma", sigma);
    result("u", u);
}

/* ---- all together: a few hundred steps of the game on a thin ring ---- */

static Net mlp(int in, int out, Rng *rng, Arena *mem)
{
    Net net = net_new("net", (Shape){1, 1, in}, mem);
    net_dense(&net, 32, rng);
    net_lrelu(&net, .2f);
    net_dense(&net, 32, rng);
    net_lrelu(&net, .2f);
    net_dense(&net, out, rng);
    return net;
}

/* The slope of D on the data after 300 steps against fixed fakes, without and with the penalty, and with every layer
 * bound to 1. */
static void slopes(Rng *rng, Arena *mem)
{
    enum { B = 32 };
    Arena step = arena_new("step", MB(8));
    for (int way = 0; way < 3; way++) {
        Rng own = *rng;
        Net D = mlp(4, 1, &own, mem);
        Adam opt = {.lr = 2e-3f, .beta1 = .5f, .beta2 = .99f, .eps = 1e-8f};
        Mixture ring = mixture_ring(8, 1, .02f);
        Mat ones = mat_zeros(mem, B / 2, 1), u[3];
        for (int l = 0; l < 3; l++) u[l] = mat_noise(mem, 1, D.layer[2 * l].w.v.n, &own);
        double slope = 0;
        mat_fill(ones, 1);
        for (int n = 0; n < 300; n++) {
            arena_reset(&step);
            Trace tr = trace(&step, TRAIN), tf = trace(&step, TRAIN), ts = trace(&step, TRAIN);
            Mat real = mixture_sample(&ring, B, NULL, &own, &step), fake = mat_noise(&step, B, 2, &own);
            mat_scale(fake, .3f);
            real = instance_noise(real, mat_noise(&step, B, 2, &own), .1f, n, 150, &step);
            Mat rp = pack(real, 2, &step), fp = pack(fake, 2, &step);
            Loss up = bce_logits(net_forward(&D, rp, &tr), smooth_target(ones, .9f, 0, &step), &step);
            Loss down = bce_logits_to(net_forward(&D, fp, &tf), 0, &step);
            net_zero_grad(&D);
            net_backward(&D, up.grad, &tr, WRT_PARAMS);
            net_backward(&D, down.grad, &tf, WRT_PARAMS);
            if (way == 1) gradient_penalty(&D, rp, 1, &step);
            adam_step(&D, &opt);
            for (int l = 0; way == 2 && l < 3; l++) {
                Mat W = D.layer[2 * l].w.v;
                float sigma = spectral_norm(W, u[l], 1, &step);
                if (sigma > 1) {
                    mat_scale(W, 1 / sigma);
                    net_touch(&D);
                }
            }
            net_forward(&D, rp, &ts);
            slope = (double)mat_norm(net_backward(&D, ones, &ts, WRT_INPUT)) / sqrt(B / 2);
        }
        static const char *const called[] = {"free", "penalised", "bounded"};
        result_value(called[way], slope);
    }
    arena_free(&step);
}

/* ---- sizes and numbers from the seed: all 1, all few, then each letter in turn larger than the lab's own ---- */

enum { MANY_SAMPLES = 256, MANY_FEATURES = 64 };

static void target_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 3; turn++) {
        float a = rng_uniform(rng), b = rng_uniform(rng);
        Mat y = mat_new(mem, turn_size(turn, 0, MANY_SAMPLES, rng), 1);
        mat_uniform(y, 0, 1, rng);
        result(name_of(mem, "t%d", turn), smooth_target(untold("y", y), a, b, mem));
    }
}

static void noise_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_FEATURES) {
        long last = turn == 0 ? 0 : size_in(1, 5000, rng), step = turn == 0 ? 0 : rng_below(rng, (int)last);
        float sd = .5f + rng_uniform(rng);
        Mat x = untold("x", random_mat(n, d, 1, rng, mem)), eps = untold("eps", random_mat(n, d, 1, rng, mem));
        result(name_of(mem, "y%d", turn), instance_noise(x, eps, sd, step, last, mem));
    }
}

static void std_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_FEATURES) {
        result(name_of(mem, "y%d", turn), minibatch_std(untold("x", random_mat(n, d, 2, rng, mem)), mem));
    }
}

static void std_back_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_FEATURES) {
        Mat x = untold("x", random_mat(n, d, 1, rng, mem)), dy = untold("dy", random_mat(n, d + 1, 1, rng, mem));
        result(name_of(mem, "dx%d", turn), minibatch_std_back(x, dy, mem));
    }
}

static void pack_sizes(Rng *rng, Arena *mem)
{
    SIZES(packs, MANY_SAMPLES, m, 8, d, MANY_FEATURES) {
        result_or_view(name_of(mem, "p%d", turn), pack(untold("x", random_mat(packs * m, d, 1, rng, mem)), m, mem));
    }
}

static void penalty_of(const char *turn, int B, int d, float far, Rng *rng, Arena *mem)
{
    Net D = gentle_net(d, 4, rng, mem);
    float gamma = .5f + 4 * rng_uniform(rng);
    Mat x = random_mat(B, d, 1, rng, mem);
    if (far != 0) mat_fill(mat_rows(x, B / 2, 1), far);
    net_zero_grad(&D);
    result_value(name_of(mem, "R1%s", turn), (double)gradient_penalty(&D, untold("x", x), gamma, mem));
    for (int l = 0; l < 3; l++) result(name_of(mem, "dW%d%s", l, turn), D.layer[2 * l].w.g);
}

static void penalty_sizes(Rng *rng, Arena *mem)
{
    SIZES(B, MANY_SAMPLES, d, MANY_FEATURES) {
        penalty_of(name_of(mem, "_%d", turn), B, d, 0, rng, mem);
    }
}

/* one row so far out that every tanh is at its end */
static void penalty_flat_row(Rng *rng, Arena *mem) { penalty_of("", size_in(3, 6, rng), 2, 1e7f, rng, mem); }

static void norm_sizes(Rng *rng, Arena *mem)
{
    SIZES(in, MANY_FEATURES, out, MANY_FEATURES, rounds, 20) {
        Mat W = untold("W", random_mat(in, out, 1, rng, mem)), u = untold("u", random_mat(1, in, 1, rng, mem));
        result_value(name_of(mem, "sigma%d", turn), (double)spectral_norm(W, u, rounds, mem));
        result_in_place(name_of(mem, "u%d", turn), u);
    }
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(target_by_hand),   CASE(target_between), CASE(best_d),
    CASE(noise_by_hand),    CASE(noise_random),   CASE(std_by_hand),
    CASE(std_identical),    CASE(std_random),     CASE(std_back_random),
    CASE(pack_by_hand),     CASE(pack_and_back),  CASE(penalty_by_hand),
    CASE(penalty_flat),     CASE(penalty_random), CASE(norm_by_hand),
    CASE(norm_zero),        CASE(norm_known),     CASE(slopes),
    CASE(target_sizes),     CASE(noise_sizes),    CASE(std_sizes),
    CASE(std_back_sizes),   CASE(pack_sizes),     CASE(penalty_sizes),
    CASE(penalty_flat_row), CASE(norm_sizes),     {0},
};
