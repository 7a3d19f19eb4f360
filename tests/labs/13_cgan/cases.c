/* Cases of lab 13: inputs and calls, no expected values. */
#include "13_cgan.h"
#include "driver.h"

#include <string.h>

enum { MANY_SAMPLES = 64, MANY_CLASSES = 30 };

/* ---- 1. one_hot ---- */

static void hot_by_hand(Rng *rng, Arena *mem) { result("y", one_hot((uint8_t[]){2, 0, 1, 2}, 4, 4, mem)); }

/* one class; and the last of very many */
static void hot_alone(Rng *rng, Arena *mem)
{
    result("one", one_hot((uint8_t[]){0, 0, 0}, 3, 1, mem));
    result("last", one_hot((uint8_t[]){255}, 1, 256, mem));
}

static uint8_t *some_labels(const char *name, int n, int classes, Rng *rng, Arena *mem)
{
    uint8_t *label = arena_alloc(mem, (size_t)n);
    Mat told = mat_new(mem, 1, n);
    for (int i = 0; i < n; i++) {
        label[i] = (uint8_t)rng_below(rng, classes);
        told.a[i] = label[i];
    }
    if (name) given(name, told);
    return label;
}

static void hot_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, classes, MANY_CLASSES) {
        uint8_t *label = some_labels(NULL, n, classes, rng, mem);
        result(name_of(mem, "y%d", turn), one_hot(label, n, classes, mem));
    }
}

/* ---- 2. join_condition ---- */

static void join_vector(Rng *rng, Arena *mem)
{
    result("joined",
           join_condition(given("x", ROWS(2, 2, 1, 2, 3, 4)), 1, given("y", ROWS(2, 3, 0, 1, 0, 1, 0, 0)), mem));
}

/* 3 pixels of 2 channels */
static void join_planes(Rng *rng, Arena *mem)
{
    Mat x = given("x", ROWS(2, 6, 1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60));
    result("joined", join_condition(x, 3, given("y", ROWS(2, 2, 7, 8, -7, -8)), mem));
}

static void join_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 6; turn++) {
        int n = turn_size(turn, 0, MANY_SAMPLES, rng), pixels = turn_size(turn, 1, 49, rng),
            channels = turn_size(turn, 2, 64, rng);
        int classes = turn_size(turn, 3, MANY_CLASSES, rng);
        Mat x = untold("x", random_mat(n, pixels * channels, 1, rng, mem)),
            y = untold("y", random_mat(n, classes, 1, rng, mem));
        result(name_of(mem, "joined%d", turn), join_condition(x, pixels, y, mem));
    }
}

/* ---- 3, 4: the two losses. D's nets are linear, so that losses and gradients have closed forms. ---- */

static Discriminator linear_d(int d, int pixels, int channels, int classes, float sd, Rng *rng, Arena *mem)
{
    Discriminator D = {.pixels = pixels};
    D.image = linear_net("D_image", d, pixels * channels, sd, rng, mem);
    D.pair = linear_net("D_pair", pixels * (channels + classes), classes, sd, rng, mem);
    return D;
}

static void d_loss_of(Discriminator *D, Mat real, Mat fake, Mat y, Arena *mem)
{
    result("A", mat_copy(mem, D->image.layer[0].w.v));
    result("W", mat_copy(mem, D->pair.layer[0].w.v));
    result_value("loss", (double)cgan_d_loss(D, given("real", real), given("fake", fake), given("y", y), mem));
    result("dA", D->image.layer[0].w.g);
    result("dW", D->pair.layer[0].w.g);
    result("A_after", D->image.layer[0].w.v);
}

/* D knows nothing yet */
static void d_zero(Rng *rng, Arena *mem)
{
    Discriminator D = linear_d(2, 1, 2, 3, 0, rng, mem);
    d_loss_of(&D, ROWS(2, 2, 1, 2, 3, 4), ROWS(2, 2, 0, 1, 5, 0), ROWS(2, 3, 1, 0, 0, 0, 0, 1), mem);
}

static void d_random(Rng *rng, Arena *mem)
{
    Discriminator D = linear_d(3, 2, 2, 3, .7f, rng, mem);
    Mat real = random_mat(4, 3, 1, rng, mem), fake = random_mat(4, 3, 1, rng, mem);
    d_loss_of(&D, real, fake, ROWS(4, 3, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0), mem);
}

/* who is told what? */
static void d_told(Rng *rng, Arena *mem)
{
    Discriminator D = {.pixels = 1};
    D.image = linear_net("D_image", 2, 2, .7f, rng, mem);
    D.pair = net_new("D_pair", (Shape){1, 1, 5}, mem);
    net_witness(&D.pair);
    net_linear(&D.pair, 3, .7f, rng);
    Mat real = random_mat(3, 2, 1, rng, mem), fake = random_mat(3, 2, 1, rng, mem);
    result_value("loss", (double)cgan_d_loss(&D, real, fake, given("y", ROWS(3, 3, 0, 0, 1, 1, 0, 0, 0, 1, 0)), mem));
    result_value("calls", witness_calls());
}

static void d_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, classes, MANY_CLASSES) {
        int pixels = size_in(1, 4, rng), d = size_in(1, 9, rng);
        Discriminator D = {random_net("D_image", d, pixels * 2, rng, mem),
                           random_net("D_pair", pixels * (2 + classes), classes, rng, mem), pixels};
        Mat real = untold("real", random_mat(n, d, 1, rng, mem)), fake = untold("fake", random_mat(n, d, 1, rng, mem));
        Mat y = untold("y", random_mat(n, classes, 1, rng, mem));
        result_value(name_of(mem, "loss%d", turn), (double)cgan_d_loss(&D, real, fake, y, mem));
        result(name_of(mem, "first%d", turn), D.image.layer[0].w.g);
        result(name_of(mem, "last%d", turn), D.pair.layer[2].w.g);
    }
}

static void g_loss_of(Discriminator *D, Mat fake, Mat y, Arena *mem)
{
    Param *a = &D->image.layer[0].w, *w = &D->pair.layer[0].w; /* D as it is now must stay as it is */
    result("A", mat_copy(mem, a->v));
    result("W", mat_copy(mem, w->v));
    Loss l = cgan_g_loss(D, given("fake", fake), given("y", y), mem);
    result_value("loss", (double)l.value);
    result("dfake", l.grad);
    result("A_after", a->v);
    result("W_after", w->v);
    result("dA", a->g);
    result("dW", w->g);
}

static void g_zero(Rng *rng, Arena *mem)
{
    Discriminator D = linear_d(2, 1, 2, 3, 0, rng, mem);
    g_loss_of(&D, ROWS(2, 2, 0, 1, 5, 0), ROWS(2, 3, 1, 0, 0, 0, 0, 1), mem);
}

static void g_random(Rng *rng, Arena *mem)
{
    Discriminator D = linear_d(3, 2, 2, 3, .7f, rng, mem);
    g_loss_of(&D, random_mat(4, 3, 1, rng, mem), ROWS(4, 3, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0), mem);
}

static void g_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, classes, MANY_CLASSES) {
        int pixels = size_in(1, 4, rng), d = size_in(1, 9, rng);
        Discriminator D = {random_net("D_image", d, pixels * 2, rng, mem),
                           random_net("D_pair", pixels * (2 + classes), classes, rng, mem), pixels};
        Mat fake = untold("fake", random_mat(n, d, 1, rng, mem)), y = untold("y", random_mat(n, classes, 1, rng, mem));
        Loss l = cgan_g_loss(&D, fake, y, mem);
        result_value(name_of(mem, "loss%d", turn), (double)l.value);
        result(name_of(mem, "dfake%d", turn), l.grad);
    }
}

/* ---- 5. condition_accuracy ---- */

static void obeyed(const char *name, const uint8_t *asked, const uint8_t *judged, int n, int classes, Arena *mem)
{
    Obedience o = condition_accuracy(asked, judged, n, classes, mem);
    result(name_of(mem, "confusion%s", name), o.confusion);
    result_value(name_of(mem, "accuracy%s", name), (double)o.accuracy);
}

/* nobody asked for class 1, and class 3 is asked for thrice */
static void acc_by_hand(Rng *rng, Arena *mem)
{
    obeyed("", (uint8_t[]){0, 2, 3, 3, 3, 0, 2, 2}, (uint8_t[]){0, 1, 3, 3, 0, 2, 2, 2}, 8, 4, mem);
}

/* of class k, in 100 samples, 10 k are taken for the next class */
static void acc_planted(Rng *rng, Arena *mem)
{
    uint8_t asked[500], judged[500];
    for (int i = 0; i < 500; i++) {
        asked[i] = (uint8_t)(i % 5);
        judged[i] = (uint8_t)(i / 5 < 10 * asked[i] ? (asked[i] + 1) % 5 : asked[i]);
    }
    obeyed("", asked, judged, 500, 5, mem);
}

/* more than a byte, or 16 bits, can count */
static void acc_many(Rng *rng, Arena *mem)
{
    enum { MANY = 100000 };
    uint8_t *asked = arena_alloc(mem, MANY), *judged = arena_alloc(mem, MANY);
    for (int i = 0; i < MANY; i++) {
        asked[i] = 1;
        judged[i] = (uint8_t)(i % 10 == 0 ? 0 : 1);
    }
    obeyed("", asked, judged, MANY, 2, mem);
}

static void acc_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, classes, MANY_CLASSES) {
        uint8_t *asked = some_labels(NULL, n, classes, rng, mem), *judged = some_labels(NULL, n, classes, rng, mem);
        obeyed(name_of(mem, "%d", turn), asked, judged, n, classes, mem);
    }
}

/* ---- all together ---- */

/* Classes get other numbers, and D's planes and scores move with them. */
static void renamed(Rng *rng, Arena *mem)
{
    enum { K = 4, PIXELS = 2, C = 3, N = 5 };
    static const uint8_t to[K] = {2, 0, 3, 1};
    Discriminator D = linear_d(3, PIXELS, C, K, .7f, rng, mem), M = linear_d(3, PIXELS, C, K, .7f, rng, mem);
    mat_set(M.image.layer[0].w.v, D.image.layer[0].w.v);
    Mat from = D.pair.layer[0].w.v, move = M.pair.layer[0].w.v;
    for (int q = 0; q < PIXELS; q++)
        for (int i = 0; i < C + K; i++)
            for (int k = 0; k < K; k++) {
                int at = i < C ? i : C + to[i - C];
                row(move, q * (C + K) + at)[to[k]] = row(from, q * (C + K) + i)[k];
            }
    uint8_t *label = some_labels("label", N, K, rng, mem), other[N];
    for (int i = 0; i < N; i++) other[i] = to[label[i]];
    Mat real = random_mat(N, 3, 1, rng, mem), fake = random_mat(N, 3, 1, rng, mem);
    result_value("d_before", (double)cgan_d_loss(&D, real, fake, one_hot(label, N, K, mem), mem));
    result_value("d_after", (double)cgan_d_loss(&M, real, fake, one_hot(other, N, K, mem), mem));
    Loss a = cgan_g_loss(&D, fake, one_hot(label, N, K, mem), mem),
         b = cgan_g_loss(&M, fake, one_hot(other, N, K, mem), mem);
    result_value("g_before", (double)a.value);
    result_value("g_after", (double)b.value);
    result("dfake_before", a.grad);
    result("dfake_after", b.grad);
}

/* Four clouds, a label each. Does G draw the one that it is asked for? */
static void obeys(Rng *rng, Arena *mem)
{
    enum { K = 4, B = 32, W = 24, STEPS = 700, N = 200 };
    Net G = net_new("G", (Shape){1, 1, 2 + K}, mem);
    net_dense(&G, W, rng);
    net_relu(&G);
    net_dense(&G, 2, rng);
    Discriminator D = {net_new("D_image", (Shape){1, 1, 2}, mem), net_new("D_pair", (Shape){1, 1, W + K}, mem), 1};
    net_dense(&D.image, W, rng);
    net_lrelu(&D.image, .2f);
    net_dense(&D.pair, W, rng);
    net_lrelu(&D.pair, .2f);
    net_dense(&D.pair, K, rng);
    Adam opt_g = {.lr = .005f, .beta1 = .5f, .beta2 = .999f, .eps = 1e-8f}, opt_i = opt_g, opt_p = opt_g;
    static const float centre[K][2] = {{2, 0}, {0, 2}, {-2, 0}, {0, -2}};
    size_t mark = mem->used;
    for (int step = 0; step < STEPS; step++) {
        arena_rewind(mem, mark);
        uint8_t *label = some_labels(NULL, B, K, rng, mem);
        Mat real = random_mat(B, 2, .3f, rng, mem), z = random_mat(B, 2, 1, rng, mem), y = one_hot(label, B, K, mem);
        for (int i = 0; i < B; i++) {
            row(real, i)[0] += centre[label[i]][0];
            row(real, i)[1] += centre[label[i]][1];
        }
        Trace tg = trace(mem, TRAIN);
        Mat fake = net_forward(&G, join_condition(z, 1, y, mem), &tg);
        cgan_d_loss(&D, real, fake, y, mem);
        adam_step(&D.image, &opt_i);
        adam_step(&D.pair, &opt_p);
        Loss l = cgan_g_loss(&D, fake, y, mem);
        net_zero_grad(&G);
        net_backward(&G, l.grad, &tg, WRT_PARAMS);
        adam_step(&G, &opt_g);
    }
    uint8_t *asked = some_labels(NULL, N, K, rng, mem), judged[N];
    Mat x = net_eval(&G, join_condition(random_mat(N, 2, 1, rng, mem), 1, one_hot(asked, N, K, mem), mem), mem);
    for (int i = 0; i < N; i++) {
        float u = row(x, i)[0], v = row(x, i)[1];
        if (u * u > v * v)
            judged[i] = u > 0 ? 0 : 2;
        else
            judged[i] = v > 0 ? 1 : 3;
    }
    result_value("accuracy", (double)condition_accuracy(asked, judged, N, K, mem).accuracy);
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(hot_by_hand), CASE(hot_alone), CASE(hot_sizes), CASE(join_vector), CASE(join_planes),
    CASE(join_sizes),  CASE(d_zero),    CASE(d_random),  CASE(d_told),      CASE(d_sizes),
    CASE(g_zero),      CASE(g_random),  CASE(g_sizes),   CASE(acc_by_hand), CASE(acc_planted),
    CASE(acc_many),    CASE(acc_sizes), CASE(renamed),   CASE(obeys),       {0},
};
