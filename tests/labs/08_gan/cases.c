/* Cases of lab 08: inputs and calls, no expected values. */
#include "08_gan.h"
#include "driver.h"

#include <math.h>
#include <stdio.h>

/* D and G are small linear nets, so that losses and gradients have closed forms.
 *
 * The net as it is now must stay as it is. */
static void guard(Net *net, const char *weights, const char *gradient)
{
    net->layer[0].w.v = given(weights, net->layer[0].w.v);
    net->layer[0].w.g = given(gradient, net->layer[0].w.g);
}

/* ---- 1. gan_value ---- */

static void value_of(float w1, float w2, Mat real, Mat fake, Rng *rng, Arena *mem)
{
    Net D = linear_net("D", 2, 1, 0, rng, mem);
    mat_set(D.layer[0].w.v, ROWS(2, 1, w1, w2));
    guard(&D, "D.w", "D.g");
    result_value("V", (double)gan_value(&D, given("real", real), given("fake", fake), mem));
}

static void value_zero(Rng *rng, Arena *mem)
{
    value_of(0, 0, ROWS(2, 2, 1, 2, 3, 4), ROWS(2, 2, 0, 1, 5, 0), rng, mem);
}
static void value_by_hand(Rng *rng, Arena *mem)
{
    value_of(1, -1, ROWS(3, 2, 2, 1, 4, 1, 1, 3), ROWS(2, 2, 1, 1, 0, 1), rng, mem);
}
static void value_sure(Rng *rng, Arena *mem) { value_of(1000, 0, ROWS(2, 2, 1, 0, -1, 0), ROWS(1, 2, 1, 0), rng, mem); }

/* ---- 2. d_step ---- */

static void d_step_on(Net *D, Mat real, Mat fake, Arena *mem)
{
    Adam opt = {.lr = .01f, .beta1 = .5f, .beta2 = .999f, .eps = 1e-8f};
    result("w", mat_copy(mem, D->layer[0].w.v));
    result_value("loss", (double)d_step(D, given("real", real), given("fake", fake), &opt, mem));
    result("gradient", D->layer[0].w.g);
    result("w_after", D->layer[0].w.v);
    result_value("steps", D->steps);
}

/* D knows nothing yet */
static void d_step_zero(Rng *rng, Arena *mem)
{
    Net D = linear_net("D", 2, 1, 0, rng, mem);
    d_step_on(&D, ROWS(2, 2, 1, 2, 3, 4), ROWS(2, 2, 0, 1, 5, 0), mem);
}

static void d_step_random(Rng *rng, Arena *mem)
{
    Net D = linear_net("D", 2, 1, .7f, rng, mem);
    Mat real = random_mat(5, 2, 1, rng, mem), fake = random_mat(5, 2, 1, rng, mem);
    d_step_on(&D, real, fake, mem);
}

/* ---- 3. g_step ---- */

static void g_step_on(float sd, Mat z, GLoss loss, Rng *rng, Arena *mem)
{
    Adam opt = {.lr = .01f, .beta1 = .5f, .beta2 = .999f, .eps = 1e-8f};
    Net G = linear_net("G", 2, 2, .7f, rng, mem), D = linear_net("D", 2, 1, sd, rng, mem);
    guard(&D, "D.w", "D.g");
    result("G.w", mat_copy(mem, G.layer[0].w.v));
    result_value("loss", (double)g_step(&G, &D, given("z", z), loss, &opt, mem));
    result("gradient", G.layer[0].w.g);
    result("w_after", G.layer[0].w.v);
    result_value("steps", G.steps);
}

static void g_step_zero(Rng *rng, Arena *mem) { g_step_on(0, ROWS(2, 2, 1, 2, 3, 4), FOOLING, rng, mem); }
static void g_step_fooling(Rng *rng, Arena *mem) { g_step_on(.7f, random_mat(5, 2, 1, rng, mem), FOOLING, rng, mem); }
static void g_step_minimax(Rng *rng, Arena *mem) { g_step_on(.7f, random_mat(5, 2, 1, rng, mem), MINIMAX, rng, mem); }

/* ---- 4. alternate: both steps are replaced by ones that take notes ---- */

enum { CALLS = 12, B = 50 };
static struct {
    Game *game;
    Arena *mem;
    int calls;
    float who[CALLS], right[CALLS];
    Mat real[CALLS], fake[CALLS], z[CALLS];
} notes;

static int note(bool is_d, bool right)
{
    check(notes.calls < CALLS, "more than %d steps in two rounds", CALLS);
    notes.who[notes.calls] = is_d ? 1 : 2;
    notes.right[notes.calls] = right;
    return notes.calls++;
}

static float noting_d_step(Net *D, Mat real, Mat fake, const Adam *opt, Arena *mem)
{
    int i = note(true, D == &notes.game->D && opt == &notes.game->opt_d);
    notes.real[i] = mat_copy(notes.mem, real);
    notes.fake[i] = mat_copy(notes.mem, fake);
    return 10 + (float)i;
}

static float noting_g_step(Net *G, Net *D, Mat z, GLoss loss, const Adam *opt, Arena *mem)
{
    int i = note(false,
                 G == &notes.game->G && D == &notes.game->D && opt == &notes.game->opt_g && loss == notes.game->loss);
    notes.z[i] = mat_copy(notes.mem, z);
    mat_scale(G->layer[0].w.v, 3); /* G moves: the next fakes lie three times as far out */
    net_touch(G);
    return 100 + (float)i;
}

static Game game_of_notes(int k, int batch, GLoss loss, Rng *rng, Arena *mem)
{
    Net G = linear_net("G", 2, 2, 0, rng, mem), D = linear_net("D", 2, 1, 0, rng, mem);
    Game game = {.G = G,
                 .D = D,
                 .step_d = noting_d_step,
                 .step_g = noting_g_step,
                 .loss = loss,
                 .k = k,
                 .batch = batch,
                 .data = mixture_cloud(.5f, .5f, 0),
                 .rng = rng_split(rng)};
    game.data.mode[0].mean[0] = 20;
    game.data.mode[0].mean[1] = -30;
    mat_set(game.G.layer[0].w.v, ROWS(2, 2, .6f, 1.2f, .8f, 1.6f)); /* every fake lies on the line x2 = 2 x1 */
    return game;
}

static void rounds_of(int k, Rng *rng, Arena *mem)
{
    Game game = game_of_notes(k, B, MINIMAX, rng, mem);
    notes.game = &game;
    notes.mem = mem;
    notes.calls = 0;
    Losses l[2] = {alternate(&game, mem), alternate(&game, mem)};
    result("losses", ROWS(2, 2, l[0].d, l[0].g, l[1].d, l[1].g));
    result("order", mat_copy(mem, (Mat){1, notes.calls, notes.who}));
    result("operands", mat_copy(mem, (Mat){1, notes.calls, notes.right}));
    result("gradient", game.G.layer[0].w.g); /* of G: no step has touched it */
    for (int i = 0; i < notes.calls; i++) {
        char name[3][16];
        snprintf(name[0], sizeof name[0], "real%d", i);
        snprintf(name[1], sizeof name[1], "fake%d", i);
        snprintf(name[2], sizeof name[2], "z%d", i);
        if (notes.who[i] == 1) {
            result(name[0], notes.real[i]);
            result(name[1], notes.fake[i]);
        }
        else
            result(name[2], notes.z[i]);
    }
}

static void rounds_one(Rng *rng, Arena *mem) { rounds_of(1, rng, mem); }
static void rounds_three(Rng *rng, Arena *mem) { rounds_of(3, rng, mem); }

/* ---- 5. mode_coverage ---- */

static void cover(const Mixture *m, Mat x)
{
    Coverage c = mode_coverage(m, given("x", x));
    result_value("strict", c.strict);
    result_value("lax", c.lax);
    result_value("quality", (double)c.quality);
}

/* Four modes of sd .1 at (1,0), (0,1), (-1,0), (0,-1); sixteen samples, so that a fair share is four: six near the
 * first mode, two near the second, three near the third, one near the fourth, and three more there at 3.5 sd, one of
 * them off by 2.5 sd in both directions. */
static void cover_planted(Rng *rng, Arena *mem)
{
    Mixture m = mixture_ring(4, 1, .1f);
    cover(&m, ROWS(16, 2, 1, 0, 1.1f, 0, .9f, 0, 1, .1f, 1, -.1f, 1.2f, 0, .05f, 1, 0, 1.29f, -1, 0, -1.2f, 0, -1, .2f,
                   0, -1, 0, -1.35f, .35f, -1, .25f, -1.25f, .5f, .4f));
}

/* modes of weight .7, .2, .1: half of their shares of 40 samples are 14, 4, 2 */
static void cover_weights(Rng *rng, Arena *mem)
{
    Mixture m = mixture_ring(3, 1, .1f);
    m.mode[0].weight = .7f;
    m.mode[1].weight = .2f;
    m.mode[2].weight = .1f;
    Mat x = mat_new(mem, 40, 2);
    mat_fill(x, 9); /* 15, 5 and 3 on the modes, the others nowhere */
    for (int i = 0; i < 23; i++) {
        int k = (i >= 15) + (i >= 20);
        mat_set(mat_rows(x, i, 1), ROWS(1, 2, m.mode[k].mean[0], m.mode[k].mean[1]));
    }
    cover(&m, x);
}

static void cover_random(Rng *rng, Arena *mem)
{
    Mixture m = mixture_grid(5, .5f, .05f), wider = mixture_grid(5, .5f, .11f);
    for (int k = 0; k < 25; k++) wider.mode[k].weight = k == 7 ? 0 : 1.f / 24;
    cover(&m, mixture_sample(&wider, 1000, NULL, rng, mem));
}

/* ---- all together ---- */

static float resting_g_step(Net *G, Net *D, Mat z, GLoss loss, const Adam *opt, Arena *mem) { return 0; }
static float resting_d_step(Net *D, Mat real, Mat fake, const Adam *opt, Arena *mem) { return 0; }

/* one Gaussian around (2,-1) with sd .5 */
static Game cloud_game(Rng *rng, Arena *mem)
{
    Adam opt = {.lr = .02f, .beta1 = .5f, .beta2 = .999f, .eps = 1e-8f};
    Game game = {.G = net_new("G", (Shape){1, 1, 2}, mem),
                 .D = net_new("D", (Shape){1, 1, 2}, mem),
                 .opt_g = opt,
                 .opt_d = opt,
                 .step_d = d_step,
                 .step_g = g_step,
                 .k = 4,
                 .batch = 64,
                 .data = mixture_cloud(.5f, .5f, 0),
                 .rng = rng_split(rng)};
    game.data.mode[0].mean[0] = 2;
    game.data.mode[0].mean[1] = -1;
    net_dense(&game.G, 2, rng);
    net_dense(&game.D, 24, rng);
    net_lrelu(&game.D, .2f);
    net_dense(&game.D, 1, rng);
    return game;
}

/* D's steps leave G as it is, and G's step leaves D */
static void apart(Rng *rng, Arena *mem)
{
    Game game = cloud_game(rng, mem);
    game.k = 3;
    game.step_g = resting_g_step;
    result("G_before", mat_copy(mem, game.G.layer[0].w.v));
    result("D_before", mat_copy(mem, game.D.layer[0].w.v));
    alternate(&game, mem);
    result("G_after_D", mat_copy(mem, game.G.layer[0].w.v));
    result("D_after_D", mat_copy(mem, game.D.layer[0].w.v));
    game.step_g = g_step;
    game.step_d = resting_d_step;
    alternate(&game, mem);
    result("G_after_G", game.G.layer[0].w.v);
    result("D_after_G", game.D.layer[0].w.v);
}

static void learn(Rng *rng, Arena *mem)
{
    enum { ROUNDS = 600, LAST = 300 };
    Game game = cloud_game(rng, mem);
    double mean[2] = {0}, square = 0;
    size_t mark = mem->used;
    for (int i = 0; i < ROUNDS; i++) {
        arena_rewind(mem, mark);
        game.opt_d.lr = cosine_decay(.02f, i, ROUNDS);
        game.opt_g.lr = game.opt_d.lr;
        alternate(&game, mem);
        if (i < ROUNDS - LAST) continue;
        Mat b = game.G.layer[0].b.v, w = game.G.layer[0].w.v;
        for (int j = 0; j < 2; j++) mean[j] += (double)b.a[j] / LAST;
        square += mat_dot(w, w) / (2 * LAST); /* variance of a coordinate of G(z), mean of both */
    }
    result("mean", ROWS(1, 2, (float)mean[0], (float)mean[1]));
    result_value("variance", square);
    result_value("held", mode_coverage(&game.data, net_eval(&game.G, mat_noise(mem, 500, 2, rng), mem)).strict);
}

/* ---- sizes and numbers from the seed: all 1, all few, then each letter in turn larger than the lab's own ---- */

enum { MANY_SAMPLES = 256 };

static void value_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, m, MANY_SAMPLES) {
        Net D = random_net("D", 2, 1, rng, mem);
        Mat real = untold("real", random_mat(n, 2, 2, rng, mem)), fake = untold("fake", random_mat(m, 2, 2, rng, mem));
        result_value(name_of(mem, "V%d", turn), (double)gan_value(&D, real, fake, mem));
    }
}

static void d_step_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES) {
        Net D = random_net("D", 2, 1, rng, mem);
        Mat real = untold("real", random_mat(n, 2, 1, rng, mem)), fake = untold("fake", random_mat(n, 2, 1, rng, mem));
        Adam opt = random_adam(rng);
        for (int step = 0; step < 3; step++)
            result_value(name_of(mem, "loss%d_%d", turn, step), (double)d_step(&D, real, fake, &opt, mem));
        result_value(name_of(mem, "steps%d", turn), D.steps);
        result(name_of(mem, "first_w%d", turn), D.layer[0].w.v);
        result(name_of(mem, "last_w%d", turn), D.layer[2].w.v);
    }
}

static void g_step_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 6; turn++) {
        int n = turn_size(turn / 2, 0, MANY_SAMPLES, rng);
        Net G = random_net("G", 2, 2, rng, mem), D = random_net("D", 2, 1, rng, mem);
        Mat z = untold("z", random_mat(n, 2, 1, rng, mem));
        Adam opt = random_adam(rng);
        Mat loss = room(1, 3);
        for (int step = 0; step < 3; step++) loss.a[step] = g_step(&G, &D, z, turn % 2 ? MINIMAX : FOOLING, &opt, mem);
        result(name_of(mem, "losses%d", turn), loss);
        result_value(name_of(mem, "steps%d", turn), G.steps);
        result(name_of(mem, "first_w%d", turn), G.layer[0].w.v);
        result(name_of(mem, "last_w%d", turn), G.layer[2].w.v);
    }
}

static void rounds_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 3; turn++) {
        int k = turn == 0 ? 1 : size_in(2, 5, rng), batch = turn_size(turn, 0, MANY_SAMPLES, rng);
        Game game = game_of_notes(k, batch, turn % 2 ? MINIMAX : FOOLING, rng, mem);
        notes.game = &game;
        notes.mem = mem;
        notes.calls = 0;
        Losses l[2] = {{0}};
        for (int round = 0; round < 2; round++) l[round] = alternate(&game, mem);
        Mat shape = mat_zeros(mem, notes.calls, 4);
        for (int i = 0; i < notes.calls; i++) {
            bool is_d = notes.who[i] == 1;
            Mat seen = is_d ? notes.real[i] : notes.z[i], other = is_d ? notes.fake[i] : seen;
            mat_set(mat_rows(shape, i, 1), ROWS(1, 4, (float)seen.n, (float)seen.d, (float)other.n, (float)other.d));
        }
        result(name_of(mem, "losses%d", turn), ROWS(2, 2, l[0].d, l[0].g, l[1].d, l[1].g));
        result(name_of(mem, "order%d", turn), mat_copy(mem, (Mat){1, notes.calls, notes.who}));
        result(name_of(mem, "operands%d", turn), mat_copy(mem, (Mat){1, notes.calls, notes.right}));
        result(name_of(mem, "shapes%d", turn), shape);
    }
}

/* Samples well inside of 3 sd, or well outside; an odd number, so that no mode holds just half of its share. */
static void cover_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 3; turn++) {
        int modes = turn == 0 ? 1 : size_in(2, 20, rng), n = turn_size(turn, 0, 1000, rng) | 1;
        float sd = .01f + .04f * rng_uniform(rng);
        Mixture m = mixture_ring(modes, 2, sd);
        Mat x = mat_new(mem, n, 2);
        for (int i = 0; i < n; i++) {
            const float *mean = m.mode[rng_below(rng, rng_below(rng, modes) + 1)].mean;
            float away = rng_uniform(rng), angle = 6.2831853f * rng_uniform(rng),
                  r = sd * (away < .7f ? 2.8f * rng_uniform(rng) : 3.2f + away);
            row(x, i)[0] = mean[0] + r * cosf(angle);
            row(x, i)[1] = mean[1] + r * sinf(angle);
        }
        Coverage c = mode_coverage(&m, untold("x", x));
        result(name_of(mem, "coverage%d", turn), ROWS(1, 3, (float)c.strict, (float)c.lax, c.quality));
    }
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(value_zero),     CASE(value_by_hand),  CASE(value_sure),
    CASE(d_step_zero),    CASE(d_step_random),  CASE(g_step_zero),
    CASE(g_step_fooling), CASE(g_step_minimax), CASE(rounds_one),
    CASE(rounds_three),   CASE(cover_planted),  CASE(cover_weights),
    CASE(cover_random),   CASE(apart),          CASE(learn),
    CASE(value_sizes),    CASE(d_step_sizes),   CASE(g_step_sizes),
    CASE(rounds_sizes),   CASE(cover_sizes),    {0},
};
