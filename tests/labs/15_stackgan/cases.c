/* Cases of lab 15: inputs and calls, no expected values. */
#include "15_stackgan.h"
#include "driver.h"

enum { MANY_SAMPLES = 33, MANY_NUMBERS = 40 };

/* ---- 1. cond_augment ---- */

static void augmented(const char *turn, Mat h, Mat eps, Arena *mem)
{
    Augmented got = cond_augment(h, eps, mem);
    result(name_of(mem, "c%s", turn), got.c);
    result_value(name_of(mem, "kl%s", turn), (double)got.kl);
    result(name_of(mem, "dkl%s", turn), got.dkl);
}

/* two conditions of two numbers: mu 1 2, logvar 0 ln 4; ... */
static void aug_by_hand(Rng *rng, Arena *mem)
{
    augmented("", given("h", ROWS(2, 4, 1, 2, 0, 1.3862944f, 0, -1, 2.7725887f, 0)),
              given("eps", ROWS(2, 2, 3, -1, .5f, 2)), mem);
}

/* mu 0, logvar 0: it is the standard normal already */
static void aug_prior(Rng *rng, Arena *mem)
{
    augmented("", given("h", ROWS(1, 6, 0, 0, 0, 0, 0, 0)), given("eps", ROWS(1, 3, 1, -2, 3)), mem);
}

static void aug_random(Rng *rng, Arena *mem)
{
    Mat h = given("h", random_mat(3, 4, .8f, rng, mem)), eps = given("eps", random_mat(3, 2, 1, rng, mem));
    augmented("", h, eps, mem);
}

/* 200,000 terms near 1000: a float loses digits */
static void aug_many(Rng *rng, Arena *mem)
{
    Mat h = mat_zeros(mem, 10000, 40), eps = mat_zeros(mem, 10000, 20);
    for (int i = 0; i < h.n; i++)
        for (int j = 0; j < 20; j++) row(h, i)[j] = 44.7f + .01f * rng_normal(rng);
    result_value("kl", (double)cond_augment(untold("h", h), untold("eps", eps), mem).kl);
}

static void aug_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, C, MANY_NUMBERS) {
        Mat h = untold("h", random_mat(n, 2 * C, 1, rng, mem)), eps = untold("eps", random_mat(n, C, 1, rng, mem));
        augmented(name_of(mem, "%d", turn), h, eps, mem);
    }
}

/* ---- both stages ---- */

static Critic critic_of(int numbers, int words, Rng *rng, Arena *mem)
{
    Critic c = {.D.pixels = size_in(1, 3, rng)};
    int channels = size_in(1, 3, rng);
    c.D.image = random_net("image", numbers, c.D.pixels * channels, rng, mem);
    c.D.pair = random_net("pair", c.D.pixels * (channels + words), words + 1, rng, mem);
    c.opt = random_adam(rng);
    return c;
}

/* A D that says nothing, whatever it is shown, and learns nothing. */
static Critic silent(int numbers, int words, Rng *rng, Arena *mem)
{
    Critic c = {.D.pixels = 1};
    c.D.image = linear_net("image", numbers, 1, 0, rng, mem);
    c.D.pair = linear_net("pair", 1 + words, words + 1, 0, rng, mem);
    Adam opt = {.beta1 = .5f, .beta2 = .99f, .eps = 1e-8f};
    c.opt = opt;
    return c;
}

static void weights_of(Net *net, Arena *mem)
{
    Param *p;
    for (int i = 0, k = 0; (p = net_param(net, &i)); k++) result(name_of(mem, "%s%d", net->name, k), p->v);
}

static void losses_of(const char *turn, Losses l, Arena *mem)
{
    result_value(name_of(mem, "d_loss%s", turn), (double)l.d);
    result_value(name_of(mem, "fooling%s", turn), (double)l.fool);
    result_value(name_of(mem, "kl%s", turn), (double)l.kl);
}

/* ---- 2. stage1_step ---- */

static Stage1 stage1_of(int W, int C, int Z, int P, float weight, Rng *rng, Arena *mem)
{
    Stage1 s = {.weight = weight};
    s.augment = random_net("augment", W, 2 * C, rng, mem);
    s.G.form = random_net("form", Z + C, 2 * P, rng, mem);
    net_sigmoid(&s.G.form);
    s.G.colour = random_net("colour", C, 6, rng, mem);
    net_sigmoid(&s.G.colour);
    s.critic = critic_of(3 * P, W, rng, mem);
    s.opt = random_adam(rng);
    return s;
}

typedef struct {
    Mat real, x1, e, wrong, z, eps;
} Batch;

static Batch batch_of(int B, int W, int C, int Z, int d, int d1, Rng *rng, Arena *mem)
{
    Batch b;
    b.real = untold("real", random_mat(B, d, 1, rng, mem));
    b.x1 = untold("x1", random_mat(B, d1, 1, rng, mem));
    b.e = untold("e", random_mat(B, W, 1, rng, mem));
    b.wrong = untold("wrong", random_mat(B, W, 1, rng, mem));
    b.z = untold("z", random_mat(B, Z, 1, rng, mem));
    b.eps = untold("eps", random_mat(B, C, 1, rng, mem));
    return b;
}

static void step1(Stage1 *s, Batch b, Arena *mem)
{
    losses_of("", stage1_step(s, b.real, b.e, b.wrong, b.z, b.eps, mem), mem);
    weights_of(&s->augment, mem);
    weights_of(&s->G.form, mem);
    weights_of(&s->G.colour, mem);
    weights_of(&s->critic.D.image, mem);
    weights_of(&s->critic.D.pair, mem);
    result_value("steps", s->augment.steps * 100 + s->G.form.steps * 10 + s->G.colour.steps);
}

/* only the KL speaks: its gradient stands in augment.g */
static void s1_silent(Rng *rng, Arena *mem)
{
    enum { B = 3, W = 4, C = 2, Z = 2, P = 2 };
    Stage1 s = stage1_of(W, C, Z, P, .3f, rng, mem);
    s.augment = linear_net("augment", W, 2 * C, .5f, rng, mem);
    s.critic = silent(3 * P, W, rng, mem);
    Batch b = batch_of(B, W, C, Z, 3 * P, 3 * P, rng, mem);
    result("h", mat_mul(mem, b.e, s.augment.layer[0].w.v));
    result("e", mat_copy(mem, b.e));
    losses_of("", stage1_step(&s, b.real, b.e, b.wrong, b.z, b.eps, mem), mem);
    result("gradient", s.augment.layer[0].w.g);
}

static void s1_of(float weight, Rng *rng, Arena *mem)
{
    enum { B = 5, W = 4, C = 3, Z = 2, P = 3 };
    Stage1 s = stage1_of(W, C, Z, P, weight, rng, mem);
    step1(&s, batch_of(B, W, C, Z, 3 * P, 3 * P, rng, mem), mem);
}

static void s1_random(Rng *rng, Arena *mem) { s1_of(.2f + rng_uniform(rng), rng, mem); }
static void s1_weightless(Rng *rng, Arena *mem) { s1_of(0, rng, mem); }

static void s1_sizes(Rng *rng, Arena *mem)
{
    SIZES(B, MANY_SAMPLES) {
        int W = turn ? size_in(2, 6, rng) : 1, C = turn ? size_in(2, 6, rng) : 1;
        int Z = turn ? size_in(2, 6, rng) : 1, P = turn ? size_in(2, 9, rng) : 1;
        Stage1 s = stage1_of(W, C, Z, P, rng_uniform(rng), rng, mem);
        for (int step = 0; step < 2; step++) {
            Batch b = batch_of(B, W, C, Z, 3 * P, 3 * P, rng, mem);
            losses_of(name_of(mem, "_%d_%d", turn, step), stage1_step(&s, b.real, b.e, b.wrong, b.z, b.eps, mem), mem);
        }
        Net *net[] = {&s.augment, &s.G.form, &s.G.colour, &s.critic.D.image, &s.critic.D.pair};
        for (int k = 0; k < LENGTH(net); k++) result(name_of(mem, "%s%d", net[k]->name, turn), net[k]->layer[0].w.v);
    }
}

/* ---- 3. stage2_forward ---- */

static Stage2 stage2_of(int h, int w, int times, int W, int C, float weight, Rng *rng, Arena *mem)
{
    int channels = size_in(1, 3, rng);
    Stage2 s = {.h = h, .w = w, .times = times, .weight = weight};
    s.augment = random_net("augment", W, 2 * C, rng, mem);
    s.encode = random_net("encode", 3 * h * w, h * w * channels, rng, mem);
    s.residual = random_net("residual", h * w * (channels + C), h * w * times * times * 4, rng, mem);
    net_tanh(&s.residual);
    s.up = net_new("up", (Shape){h, w, 3}, mem);
    for (int t = times; t > 1; t /= 2) net_upsample(&s.up);
    s.critic = critic_of(3 * h * w * times * times, W, rng, mem);
    s.opt = random_adam(rng);
    return s;
}

/* a residual of 0 */
static void fwd_zero(Rng *rng, Arena *mem)
{
    for (int times = 2; times <= 4; times *= 2) {
        Stage2 s = stage2_of(2, 3, times, 1, 2, 0, rng, mem);
        s.residual = linear_net("residual", net_in(&s.residual).c, net_out(&s.residual).c, 0, rng, mem);
        Stage2Trace way;
        Mat x1 = given(name_of(mem, "x1_%d", times), random_mat(2, 18, 1, rng, mem)),
            c = given("c", random_mat(2, 2, 1, rng, mem));
        result(name_of(mem, "x2_%d", times), stage2_forward(&s, x1, c, TRAIN, &way, mem));
    }
}

/* what is the residual's net told? Two pixels, two channels, two numbers of c */
static void fwd_told(Rng *rng, Arena *mem)
{
    Stage2 s = stage2_of(1, 2, 2, 1, 2, 0, rng, mem);
    s.encode = linear_net("encode", 6, 4, 0, rng, mem);
    mat_set(s.encode.layer[0].w.v, ROWS(6, 4, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0));
    s.residual = net_new("residual", (Shape){1, 1, 8}, mem);
    net_witness(&s.residual);
    net_linear(&s.residual, 32, .1f, rng);
    Stage2Trace way;
    result("x2", stage2_forward(&s, given("x1", ROWS(2, 6, 1, 2, 9, 3, 4, 9, 5, 6, 9, 7, 8, 9)),
                                given("c", ROWS(2, 2, 10, 20, 30, 40)), TRAIN, &way, mem));
    result_value("calls", witness_calls());
}

/* one pixel goes to the right, one to the left: r is the same at both */
static void fwd_random(Rng *rng, Arena *mem)
{
    Stage2 s = stage2_of(1, 2, 1, 1, 1, 0, rng, mem);
    s.encode = linear_net("encode", 6, 2, 0, rng, mem);
    s.residual = linear_net("residual", 4, 8, 0, rng, mem);
    for (int k = 0; k < 8; k++) { /* r is .25 c, both hear c */
        row(s.residual.layer[0].w.v, 1)[k] = k < 4 ? .25f : 0;
        row(s.residual.layer[0].w.v, 3)[k] = k < 4 ? 0 : .25f;
    }
    Stage2Trace way;
    result("x2", stage2_forward(&s, given("x1", ROWS(2, 6, 0, 0, 0, 4, 8, -4, 1, 1, 1, 1, 1, 1)),
                                given("c", ROWS(2, 1, 1, 2)), TRAIN, &way, mem));
}

/* the traces are of the kind that was asked for, and lead back */
static void fwd_kind(Rng *rng, Arena *mem)
{
    Stage2 s = stage2_of(2, 2, 2, 1, 2, 0, rng, mem);
    Stage2Trace way;
    Mat x1 = given("x1", random_mat(3, 12, 1, rng, mem)), c = given("c", random_mat(3, 2, 1, rng, mem));
    stage2_forward(&s, x1, c, EVAL, &way, mem);
    result_value("eval", way.encode.train + way.residual.train);
    stage2_forward(&s, x1, c, TRAIN, &way, mem);
    result_value("train", way.encode.train + way.residual.train);
    Mat back = net_backward(&s.residual, untold("dr", random_mat(3, 64, 1, rng, mem)), &way.residual, WRT_BOTH);
    result("dtold", back);
}

static void fwd_sizes(Rng *rng, Arena *mem)
{
    SIZES(B, MANY_SAMPLES, C, 9) {
        int h = turn ? size_in(1, 5, rng) : 1, w = turn ? size_in(1, 5, rng) : 1;
        Stage2 s = stage2_of(h, w, turn % 2 ? 4 : 2, 1, C, 0, rng, mem);
        Stage2Trace way;
        Mat x1 = untold("x1", random_mat(B, 3 * h * w, 1, rng, mem)), c = untold("c", random_mat(B, C, 1, rng, mem));
        result(name_of(mem, "x2_%d", turn), stage2_forward(&s, x1, c, EVAL, &way, mem));
    }
}

/* ---- 4. stage2_step ---- */

static void step2(Stage2 *s, Batch b, Arena *mem)
{
    losses_of("", stage2_step(s, b.real, b.x1, b.e, b.wrong, b.eps, mem), mem);
    weights_of(&s->augment, mem);
    weights_of(&s->encode, mem);
    weights_of(&s->residual, mem);
    weights_of(&s->critic.D.image, mem);
    weights_of(&s->critic.D.pair, mem);
    result_value("steps", s->augment.steps * 100 + s->encode.steps * 10 + s->residual.steps);
}

static void s2_silent(Rng *rng, Arena *mem)
{
    enum { B = 3, W = 4, C = 2, P = 2 };
    Stage2 s = stage2_of(1, P, 2, W, C, .3f, rng, mem);
    s.augment = linear_net("augment", W, 2 * C, .5f, rng, mem);
    s.critic = silent(12 * P, W, rng, mem);
    Batch b = batch_of(B, W, C, 1, 12 * P, 3 * P, rng, mem);
    result("h", mat_mul(mem, b.e, s.augment.layer[0].w.v));
    result("e", mat_copy(mem, b.e));
    losses_of("", stage2_step(&s, b.real, b.x1, b.e, b.wrong, b.eps, mem), mem);
    result("gradient", s.augment.layer[0].w.g);
}

static void s2_of(float weight, Rng *rng, Arena *mem)
{
    enum { B = 5, W = 4, C = 3 };
    Stage2 s = stage2_of(2, 3, 2, W, C, weight, rng, mem);
    step2(&s, batch_of(B, W, C, 1, 72, 18, rng, mem), mem);
}

static void s2_random(Rng *rng, Arena *mem) { s2_of(.2f + rng_uniform(rng), rng, mem); }
static void s2_weightless(Rng *rng, Arena *mem) { s2_of(0, rng, mem); }

static void s2_sizes(Rng *rng, Arena *mem)
{
    SIZES(B, MANY_SAMPLES) {
        int W = turn ? size_in(2, 6, rng) : 1, C = turn ? size_in(2, 6, rng) : 1;
        int h = turn ? size_in(1, 3, rng) : 1, w = turn ? size_in(1, 3, rng) : 1, times = turn == 2 ? 4 : 2;
        Stage2 s = stage2_of(h, w, times, W, C, rng_uniform(rng), rng, mem);
        for (int step = 0; step < 2; step++) {
            Batch b = batch_of(B, W, C, 1, 3 * h * w * times * times, 3 * h * w, rng, mem);
            losses_of(name_of(mem, "_%d_%d", turn, step), stage2_step(&s, b.real, b.x1, b.e, b.wrong, b.eps, mem), mem);
        }
        Net *net[] = {&s.augment, &s.encode, &s.residual, &s.critic.D.image, &s.critic.D.pair};
        for (int k = 0; k < LENGTH(net); k++) result(name_of(mem, "%s%d", net[k]->name, turn), net[k]->layer[0].w.v);
    }
}

/* ---- 5. edge_energy ---- */

static void edge_of(const char *name, Mat x, int h, int w) { result_value(name, edge_energy(given("x", x), h, w)); }

/* 3 x 4 pixels: a step of 2 to the right, one of 3 down, both, a picture turned */
static void edge_step(Rng *rng, Arena *mem)
{
    edge_of("right", ROWS(1, 12, 1, 1, 3, 3, 1, 1, 3, 3, 1, 1, 3, 3), 3, 4);
    edge_of("down", ROWS(1, 12, 0, 0, 0, 0, 3, 3, 3, 3, 3, 3, 3, 3), 3, 4);
    edge_of("both", ROWS(1, 12, 0, 0, 2, 2, 3, 3, 5, 5, 3, 3, 5, 5), 3, 4);
    edge_of("turned", ROWS(1, 12, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3), 4, 3);
}

/* no edge; one pixel; a row; a column */
static void edge_flat(Rng *rng, Arena *mem)
{
    edge_of("flat", ROWS(2, 6, 7, 7, 7, 7, 7, 7, -1, -1, -1, -1, -1, -1), 2, 3);
    edge_of("pixel", ROWS(1, 3, 1, 5, 9), 1, 1);
    edge_of("line", ROWS(1, 4, 1, 2, 4, 8), 1, 4);
    edge_of("column", ROWS(1, 4, 1, 2, 4, 8), 4, 1);
}

/* 1 x 2 pixels of three channels; two pictures */
static void edge_colours(Rng *rng, Arena *mem)
{
    edge_of("one", ROWS(1, 6, 0, 0, 0, 1, 2, 3), 1, 2);
    edge_of("two", ROWS(2, 6, 0, 0, 0, 1, 2, 3, 5, 5, 5, 5, 5, 5), 1, 2);
}

/* 400 pictures, a million differences of 1000 and some */
static void edge_many(Rng *rng, Arena *mem)
{
    Mat x = mat_new(mem, 400, 40 * 40);
    for (int i = 0; i < x.n; i++)
        for (int k = 0; k < x.d; k++) row(x, i)[k] = (k / 40 + k % 40) % 2 ? 31.7f + .01f * rng_normal(rng) : 0;
    result_value("energy", edge_energy(untold("x", x), 40, 40));
}

static void edge_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 6; turn++) {
        int n = turn_size(turn, 0, MANY_SAMPLES, rng), h = turn_size(turn, 1, 32, rng), w = turn_size(turn, 2, 32, rng),
            c = turn_size(turn, 3, 4, rng);
        result_value(name_of(mem, "energy%d", turn),
                     edge_energy(untold("x", random_mat(n, h * w * c, 1, rng, mem)), h, w));
    }
}

/* ---- all together ---- */

/* D wants bright pictures for one caption and dark ones for the other, and learns nothing: does Stage I come to draw
 * what is asked? */
static void learns(Rng *rng, Arena *mem)
{
    enum { B = 16, W = 2, C = 2, Z = 1, P = 4, STEPS = 200 };
    Stage1 s = stage1_of(W, C, Z, P, .001f, rng, mem);
    s.critic = silent(3 * P, W, rng, mem);
    mat_fill(s.critic.D.image.layer[0].w.v, .5f);
    row(s.critic.D.pair.layer[0].w.v, 0)[0] = 1;
    row(s.critic.D.pair.layer[0].w.v, 0)[1] = -1;
    Adam opt = {.lr = .01f, .beta1 = .5f, .beta2 = .99f, .eps = 1e-8f};
    s.opt = opt;
    size_t mark = mem->used;
    double first = 0, last = 0;
    for (int step = 0; step < STEPS; step++) {
        arena_rewind(mem, mark);
        Mat e = mat_zeros(mem, B, W), wrong = mat_zeros(mem, B, W);
        for (int i = 0; i < B; i++) {
            row(e, i)[i % 2] = 1;
            row(wrong, i)[1 - i % 2] = 1;
        }
        Mat real = random_mat(B, 3 * P, 1, rng, mem), z = random_mat(B, Z, 1, rng, mem),
            eps = random_mat(B, C, 1, rng, mem);
        Losses l = stage1_step(&s, real, e, wrong, z, eps, mem);
        if (step == 0) first = (double)l.fool;
        if (step == STEPS - 1) last = (double)l.fool;
    }
    result_value("first", first);
    result_value("last", last);
}

/* D wants an edge in the middle of the second pixel, dark on its left and bright on its right, and learns nothing: does
 * Stage II move it there? */
static void refines(Rng *rng, Arena *mem)
{
    enum { B = 8, W = 1, C = 1, STEPS = 200 };
    Stage2 s = stage2_of(1, 4, 2, W, C, .001f, rng, mem);
    s.critic = silent(48, W, rng, mem);
    for (int k = 0; k < 48; k++) s.critic.D.image.layer[0].w.v.a[k] = (float)((k % 24 / 3 == 3) - (k % 24 / 3 == 2));
    row(s.critic.D.pair.layer[0].w.v, 0)[1] = 1;
    Adam opt = {.lr = .01f, .beta1 = .5f, .beta2 = .99f, .eps = 1e-8f};
    s.opt = opt;
    size_t mark = mem->used;
    double first = 0, last = 0;
    for (int step = 0; step < STEPS; step++) {
        arena_rewind(mem, mark);
        Mat x1 = mat_new(mem, B, 12), e = mat_new(mem, B, W);
        mat_fill(e, 1);
        for (int i = 0; i < B; i++) { /* paper, half and half, ink, ink */
            float ink = .5f + .1f * rng_normal(rng);
            for (int k = 0; k < 12; k++) row(x1, i)[k] = ink * (float)((k >= 6) - (k < 3));
        }
        Mat real = random_mat(B, 48, 1, rng, mem), eps = random_mat(B, C, 1, rng, mem);
        Losses l = stage2_step(&s, real, x1, e, e, eps, mem);
        if (step == 0) first = (double)l.fool;
        if (step == STEPS - 1) last = (double)l.fool;
    }
    result_value("first", first);
    result_value("last", last);
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(aug_by_hand),   CASE(aug_prior),
    CASE(aug_random),    CASE(aug_many),
    CASE(aug_sizes),     CASE(s1_silent),
    CASE(s1_random),     CASE(s1_weightless),
    CASE(s1_sizes),      CASE(fwd_zero),
    CASE(fwd_told),      CASE(fwd_random),
    CASE(fwd_kind),      CASE(fwd_sizes),
    CASE(s2_silent),     CASE(s2_random),
    CASE(s2_weightless), CASE(s2_sizes),
    CASE(edge_step),     CASE(edge_flat),
    CASE(edge_colours),  CASE(edge_many),
    CASE(edge_sizes),    CASE(learns),
    CASE(refines),       {0},
};
