/* Cases of lab 03: inputs and calls, no expected values. */
#include "03_deep_ae.h"
#include "driver.h"

static Mat uniform(int n, int d, Rng *rng, Arena *mem)
{
    Mat x = mat_new(mem, n, d);
    mat_uniform(x, 0, 1, rng);
    return x;
}

static void give_loss(Loss loss)
{
    result_value("loss", (double)loss.value);
    result("grad", loss.grad);
}

/* ---- bce_loss ---- */

static void bce_by_hand(Rng *rng, Arena *mem)
{
    Mat v = given("v", ROWS(2, 2, 0, 2, -1, 1)), t = given("t", ROWS(2, 2, .5f, .25f, .75f, 1));
    give_loss(bce_loss(v, t, mem));
}

static void bce_extreme(Rng *rng, Arena *mem)
{
    Mat v = given("v", ROWS(1, 5, 1000, -1000, 1000, -1000, 100)), t = given("t", ROWS(1, 5, 1, 0, 0, 1, .5f));
    give_loss(bce_loss(v, t, mem));
}

static void bce_random(Rng *rng, Arena *mem)
{
    Mat v = given("v", random_mat(7, 5, 3, rng, mem)), t = given("t", uniform(7, 5, rng, mem));
    give_loss(bce_loss(v, t, mem));
}

/* ---- denoise_corrupt ---- */

static void corrupt_by_hand(Rng *rng, Arena *mem)
{
    Mat x = given("x", ROWS(2, 4, .3f, .6f, .3f, .6f, .3f, .6f, .3f, .6f)),
        u = given("u", ROWS(2, 4, .1f, .2f, .39f, .41f, .19f, 0, .9f, .21f));
    result("seen", mat_copy(mem, denoise_corrupt(x, u, .4f, mem))); /* a copy, so that a changed x shows */
}

static void corrupt_random(Rng *rng, Arena *mem)
{
    Mat x = mat_new(mem, 60, 50), u = given("u", uniform(60, 50, rng, mem));
    mat_uniform(x, .1f, .9f, rng);
    x = given("x", x);
    result("seen", mat_copy(mem, denoise_corrupt(x, u, .3f, mem)));
    result("none", mat_copy(mem, denoise_corrupt(x, u, 0, mem)));
}

/* ---- encode_sweep ---- */

static Ae small_ae(int d, int hidden, int k, Rng *rng, Arena *mem)
{
    Ae ae = {net_new("enc", (Shape){1, 1, d}, mem), net_new("dec", (Shape){1, 1, k}, mem)};
    if (hidden) {
        net_dense(&ae.enc, hidden, rng);
        net_lrelu(&ae.enc, .1f);
    }
    net_dense(&ae.enc, k, rng);
    if (hidden) {
        net_dense(&ae.dec, hidden, rng);
        net_lrelu(&ae.dec, .1f);
    }
    net_dense(&ae.dec, d, rng);
    return ae;
}

static void sweep_by_hand(Rng *rng, Arena *mem)
{
    Ae ae = small_ae(2, 0, 1, rng, mem);
    mat_fill(ae.dec.layer[0].w.v, 0); /* logits 0, whatever the code */
    result("table", encode_sweep(&ae, 1, given("x", ROWS(2, 2, .5f, 1, 0, .5f)), mem));
}

static void sweep_random(Rng *rng, Arena *mem)
{
    Ae ae[3] = {small_ae(6, 4, 2, rng, mem), small_ae(6, 0, 3, rng, mem), small_ae(6, 5, 1, rng, mem)};
    Mat x = given("x", uniform(9, 6, rng, mem));
    for (int i = 0; i < 3; i++) {
        char name[8] = {'x', 'h', 'a', 't', (char)('0' + i), 0};
        given(name, ae_picture(&ae[i].dec, net_eval(&ae[i].enc, x, mem), mem));
    }
    result("table", encode_sweep(ae, 3, x, mem));
}

/* ---- hole_probe ---- */

/* All eight (+-1, +-1, +-1): their mean is 0 and their covariance I, exactly. */
static Mat corners(Arena *mem)
{
    Mat eps = mat_new(mem, 8, 3);
    for (int i = 0; i < 8; i++)
        for (int j = 0; j < 3; j++) row(eps, i)[j] = i >> j & 1 ? 1 : -1;
    return eps;
}

static void probe(Mat codes, Mat eps, Rng *rng, Arena *mem)
{
    Net dec = net_new("dec", (Shape){1, 1, codes.d}, mem);
    net_dense(&dec, 4, rng);
    mat_normal(dec.layer[0].b.v, 1, rng);
    given("W", dec.layer[0].w.v);
    given("b", dec.layer[0].b.v);
    Probe p = hole_probe(&dec, given("codes", codes), given("eps", eps), mem);
    result("z", p.z);
    result("picture", p.picture);
}

static void probe_exact(Rng *rng, Arena *mem)
{
    Mat round = random_mat(12, 3, 1, rng, mem), stretch = random_mat(3, 3, 1, rng, mem),
        codes = mat_mul(mem, round, stretch);
    mat_add_row(codes, ROWS(1, 3, 2, -1, 5));
    probe(codes, corners(mem), rng, mem);
}

/* all codes on a line: two eigenvalues are 0, or what rounding makes of it */
static void probe_flat(Rng *rng, Arena *mem)
{
    Mat codes = mat_mul(mem, random_mat(20, 1, 3, rng, mem), ROWS(1, 3, 1, 2, -1));
    probe(codes, corners(mem), rng, mem);
}

/* ---- knn_accuracy ---- */

/* A first coordinate for a query such that no two of its distances to rows of known are nearly equal: rounding may not
 * decide. */
static float clear_place(Mat known, float *query, float sd, Rng *rng)
{
    double distance[256];
    check(known.n <= 256, "clear_place: %d rows", known.n);
    for (bool clear = false; !clear;) {
        clear = true;
        query[0] = sd * rng_normal(rng);
        for (int i = 0; i < known.n; i++) {
            distance[i] = 0;
            for (int f = 0; f < known.d; f++) distance[i] += pow((double)query[f] - (double)row(known, i)[f], 2);
            for (int j = 0; j < i; j++) clear &= fabs(distance[i] - distance[j]) > 3e-5 * distance[i];
        }
    }
    return query[0];
}

/* One query after the other, so that each verdict shows. */
static void verdicts(Mat known, const uint8_t *known_label, Mat x, const uint8_t *label, int k)
{
    Mat right = room(1, x.n);
    for (int i = 0; i < x.n; i++) right.a[i] = knn_accuracy(known, known_label, mat_rows(x, i, 1), label + i, k);
    result("right", right);
}

static void knn_by_hand(Rng *rng, Arena *mem)
{
    Mat known = given("known", ROWS(6, 1, 0, 1, 3, 4, 10, 11)), x = given("x", ROWS(4, 1, -5, 9, 2.8f, 5));
    static const uint8_t known_label[6] = {2, 2, 1, 1, 0, 0}, label[4] = {2, 0, 1, 0};
    verdicts(known, known_label, x, label, 3);
    result_value("all", (double)knn_accuracy(known, known_label, x, label, 3));
}

static void knn_ties(Rng *rng, Arena *mem)
{
    Mat known = given("known", ROWS(4, 1, 3, 1, -1, -3)), x = given("x", ROWS(2, 1, .2f, -.2f));
    static const uint8_t known_label[4] = {0, 3, 1, 2}, label[2] = {3, 1};
    verdicts(known, known_label, x, label, 2);
}

static void knn_equal(Rng *rng, Arena *mem)
{
    Mat known = given("known", ROWS(3, 2, 1, 0, 0, 1, -1, 0)), x = given("x", ROWS(1, 2, 0, 0));
    verdicts(known, (const uint8_t[]){2, 1, 0}, x, (const uint8_t[]){2}, 1);
}

static void knn_random(Rng *rng, Arena *mem)
{
    enum { N = 60, M = 40 };
    uint8_t known_label[N], label[M];
    Mat known = random_mat(N, 3, 1, rng, mem), x = random_mat(M, 3, 1, rng, mem), classes = mat_new(mem, N, 1),
        asked = mat_new(mem, M, 1);
    for (int i = 0; i < N; i++) {
        known_label[i] = (uint8_t)(rng_below(rng, 2) + (row(known, i)[0] > 0 ? 2 : 0));
        classes.a[i] = known_label[i];
    }
    for (int i = 0; i < M; i++) row(x, i)[0] = clear_place(known, row(x, i), 1, rng);
    for (int i = 0; i < M; i++) {
        label[i] = (uint8_t)(rng_below(rng, 2) + (row(x, i)[0] > 0 ? 2 : 0));
        asked.a[i] = label[i];
    }
    known = given("known", known);
    x = given("x", x);
    given("known_label", classes);
    given("label", asked);
    result_value("k1", (double)knn_accuracy(known, known_label, x, label, 1));
    result_value("k4", (double)knn_accuracy(known, known_label, x, label, 4));
    result_value("k32", (double)knn_accuracy(known, known_label, x, label, 32));
}

/* ---- logreg_step ---- */

static void logreg(Mat weight, Mat bias, Mat x, const uint8_t *label, float decay, float lr, Arena *mem)
{
    Param W = param_new(mem, weight.n, weight.d), b = param_new(mem, 1, bias.d);
    mat_set(W.v, given("W", weight));
    mat_set(b.v, given("b", bias));
    /* left from an earlier step */
    mat_fill(W.g, 7);
    mat_fill(b.g, 7);
    result_value("loss", (double)logreg_step(&W, &b, given("x", x), label, decay, &(Sgd){.lr = lr}, mem));
    result("dW", W.g);
    result("db", b.g);
    result("W_after", W.v);
    result("b_after", b.v);
}

static void logreg_by_hand(Rng *rng, Arena *mem)
{
    logreg(ROWS(2, 2, 0, 0, 0, 0), ROWS(1, 2, 0, 0), ROWS(1, 2, 1, 2), (const uint8_t[]){1}, 0, 1, mem);
}

static void logreg_random(Rng *rng, Arena *mem)
{
    uint8_t label[7];
    Mat classes = mat_new(mem, 7, 1);
    for (int i = 0; i < 7; i++) {
        label[i] = (uint8_t)rng_below(rng, 3);
        classes.a[i] = label[i];
    }
    given("label", classes);
    Mat weight = random_mat(5, 3, 1, rng, mem), bias = random_mat(1, 3, 1, rng, mem), x = random_mat(7, 5, 1, rng, mem);
    logreg(weight, bias, x, label, .3f, .1f, mem);
}

static void logreg_large(Rng *rng, Arena *mem)
{
    logreg(ROWS(1, 2, 100, -100), ROWS(1, 2, 0, 0), ROWS(2, 1, 10, 10), (const uint8_t[]){0, 1}, 0, 1, mem);
}

/* ---- together ---- */

/* A small autoencoder repairs codes of four patterns; the loss before and after. */
static void repair(Rng *rng, Arena *mem)
{
    Mat x = mat_new(mem, 64, 12);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++) row(x, i)[j] = j / 3 == i % 4 ? .9f : .1f;
    Ae ae = small_ae(12, 16, 3, rng, mem);
    Adam enc = adam(.01f), dec = adam(.01f);
    size_t mark = mem->used;
    for (int step = 0; step < 300; step++) {
        arena_rewind(mem, mark);
        Trace te = trace(mem, TRAIN), td = trace(mem, TRAIN);
        Mat seen = denoise_corrupt(x, uniform(x.n, x.d, rng, mem), .2f, mem), z = net_forward(&ae.enc, seen, &te);
        Loss loss = bce_loss(net_forward(&ae.dec, z, &td), x, mem);
        net_zero_grad(&ae.enc);
        net_zero_grad(&ae.dec);
        net_backward(&ae.enc, net_backward(&ae.dec, loss.grad, &td, WRT_BOTH), &te, WRT_PARAMS);
        adam_step(&ae.enc, &enc);
        adam_step(&ae.dec, &dec);
        if (step == 0) result_value("first", (double)loss.value);
        if (step == 299) result_value("last", (double)loss.value);
    }
    result("table", encode_sweep(&ae, 1, x, mem));
}

/* Three blobs: after some steps of regression the loss is small, and neighbours agree. */
static void blobs(Rng *rng, Arena *mem)
{
    enum { N = 90 };
    Mat x = random_mat(N, 2, .3f, rng, mem);
    uint8_t label[N];
    for (int i = 0; i < N; i++) {
        label[i] = (uint8_t)(i % 3);
        row(x, i)[0] += (float)(2 * (i % 3));
        row(x, i)[1] += (float)(i % 3 == 1 ? 2 : 0);
    }
    Param W = param_new(mem, 2, 3), b = param_new(mem, 1, 3);
    Mat loss = mat_new(mem, 1, 200);
    size_t mark = mem->used;
    for (int step = 0; step < 200; step++) {
        arena_rewind(mem, mark);
        loss.a[step] = logreg_step(&W, &b, x, label, 0, &(Sgd){.lr = .2f}, mem);
    }
    result("losses", loss);
    result_value("neighbours", (double)knn_accuracy(x, label, x, label, 5));
}

/* ---- sizes and numbers from the seed: all 1, all few, then each letter in turn larger than the lab's own ---- */

enum { MANY_SAMPLES = 128, MANY_PIXELS = 784, MANY_CODES = 64 };

static void bce_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_PIXELS) {
        Mat v = untold("v", random_mat(n, d, 3, rng, mem)), t = untold("t", uniform(n, d, rng, mem));
        Loss loss = bce_loss(v, t, mem);
        result_value(name_of(mem, "loss%d", turn), (double)loss.value);
        result(name_of(mem, "grad%d", turn), loss.grad);
    }
}

static void corrupt_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_PIXELS) {
        float share = .1f + .9f * rng_uniform(rng);
        Mat x = untold("x", uniform(n, d, rng, mem)), u = untold("u", uniform(n, d, rng, mem));
        result(name_of(mem, "seen%d", turn), denoise_corrupt(x, u, share, mem));
    }
}

/* letters: how many autoencoders, samples, pixels */
static void sweep_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 5; turn++) {
        Ae ae[17];
        int n = turn_size(turn, 0, 4, rng), batch = turn_size(turn, 1, MANY_SAMPLES, rng),
            d = turn_size(turn, 2, MANY_PIXELS, rng);
        for (int i = 0; i < n; i++) {
            int hidden = size_in(0, 4, rng), k = size_in(1, 5, rng);
            ae[i] = small_ae(d, hidden, k, rng, mem);
        }
        result(name_of(mem, "table%d", turn), encode_sweep(ae, n, untold("x", uniform(batch, d, rng, mem)), mem));
    }
}

/* two codes or more: one has no covariance */
static void probe_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 5; turn++) {
        int k = turn_size(turn, 0, MANY_CODES, rng), m = turn_size(turn, 1, MANY_SAMPLES, rng),
            n = 3 * k + turn_size(turn, 2, MANY_SAMPLES, rng);
        Mat codes = random_mat(n, k, 1, rng, mem), signs = mat_zeros(mem, 2 * k, k);
        mat_add_row(codes, random_mat(1, k, 2, rng, mem));
        for (int j = 0; j < k; j++) {
            row(signs, 2 * j)[j] = sqrtf((float)k);
            row(signs, 2 * j + 1)[j] = -sqrtf((float)k);
        }
        Net dec = net_new("dec", (Shape){1, 1, k}, mem);
        net_dense(&dec, 3, rng);
        codes = untold("codes", codes);
        Probe p = hole_probe(&dec, codes, untold("eps", signs), mem);
        result_value(name_of(mem, "rows%d", turn), p.z.n);
        result(name_of(mem, "second_moment%d", turn),
               mat_mul_tn(mem, p.z, p.z)); /* the same for every A with A A^T = C */
        Probe q = hole_probe(&dec, codes, untold("none", mat_zeros(mem, m, k)), mem);
        result(name_of(mem, "mean%d", turn), q.z);
        result(name_of(mem, "picture%d", turn), q.picture);
    }
}

/* distances of some thousand, up to 256 classes, k up to 32; neighbours never nearly equally far */
static void knn_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 5; turn++) {
        int k = turn == 0   ? 1
                : turn == 1 ? 32
                            : size_in(1, 32, rng),
            classes = turn == 0  ? 1
                      : turn % 2 ? 256
                                 : size_in(2, 20, rng);
        int n = k + turn_size(turn, 0, MANY_SAMPLES, rng), m = turn_size(turn, 1, MANY_SAMPLES, rng),
            d = turn_size(turn, 2, MANY_PIXELS, rng);
        uint8_t *known_label = arena_alloc(mem, (size_t)n), *label = arena_alloc(mem, (size_t)m);
        Mat known = random_mat(n, d, 2000, rng, mem), x = random_mat(m, d, 2000, rng, mem);
        for (int i = 0; i < n; i++) known_label[i] = (uint8_t)(classes - 1 - rng_below(rng, classes));
        for (int i = 0; i < m; i++) {
            x.a[(size_t)i * (size_t)d] = clear_place(known, row(x, i), 2000, rng);
            label[i] = (uint8_t)(classes - 1 - rng_below(rng, classes));
        }
        result_value(name_of(mem, "share%d", turn),
                     (double)knn_accuracy(untold("known", known), known_label, untold("x", x), label, k));
    }
}

static void logreg_sizes(Rng *rng, Arena *mem)
{
    SIZES(B, MANY_SAMPLES, d, MANY_CODES, c, 10) {
        float decay = .1f + rng_uniform(rng), lr = .1f + rng_uniform(rng);
        Param W = param_new(mem, d, c), b = param_new(mem, 1, c);
        mat_normal(W.v, 1, rng);
        mat_normal(b.v, 1, rng);
        mat_fill(W.g, 7);
        mat_fill(b.g, 7);
        uint8_t *label = arena_alloc(mem, (size_t)B);
        for (int i = 0; i < B; i++) label[i] = (uint8_t)rng_below(rng, c);
        Mat x = untold("x", random_mat(B, d, 1, rng, mem));
        result_value(name_of(mem, "loss%d", turn), (double)logreg_step(&W, &b, x, label, decay, &(Sgd){.lr = lr}, mem));
        result(name_of(mem, "dW%d", turn), W.g);
        result(name_of(mem, "db%d", turn), b.g);
        result(name_of(mem, "W%d", turn), W.v);
        result(name_of(mem, "b%d", turn), b.v);
    }
}

/* scores of some 200 in one row, -200 in the other */
static void logreg_rows(Rng *rng, Arena *mem)
{
    Param W = param_new(mem, 1, 3), b = param_new(mem, 1, 3);
    mat_normal(b.v, 1, rng);
    mat_fill(W.v, 200);
    uint8_t label[2] = {(uint8_t)rng_below(rng, 3), 1};
    result_value("loss", (double)logreg_step(&W, &b, untold("x", ROWS(2, 1, 1, -1)), label, 0, &(Sgd){.lr = 1}, mem));
    result("db", b.g);
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(bce_by_hand),    CASE(bce_extreme),
    CASE(bce_random),     CASE(corrupt_by_hand),
    CASE(corrupt_random), CASE(sweep_by_hand),
    CASE(sweep_random),   CASE(probe_exact),
    CASE(probe_flat),     CASE(knn_by_hand),
    CASE(knn_ties),       CASE(knn_equal),
    CASE(knn_random),     CASE(logreg_by_hand),
    CASE(logreg_random),  CASE(logreg_large),
    CASE(repair),         CASE(blobs),
    CASE(bce_sizes),      CASE(corrupt_sizes),
    CASE(sweep_sizes),    CASE(probe_sizes),
    CASE(knn_sizes),      CASE(logreg_sizes),
    CASE(logreg_rows),    {0},
};
