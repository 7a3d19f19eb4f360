/* Cases of lab 17: inputs and calls, no expected values. */
#include "17_cyclegan.h"
#include "driver.h"

enum { MANY_SAMPLES = 33, MANY_NUMBERS = 3073, MANY_MARKS = 50 };

/* ---- 1. cycle_loss ---- */

static void far_of(const char *turn, Mat back, Mat x, Arena *mem)
{
    Loss got = cycle_loss(back, x, mem);
    result_value(name_of(mem, "loss%s", turn), (double)got.value);
    result(name_of(mem, "grad%s", turn), got.grad);
}

/* 1 to the left, nothing, 1.5, 2, nothing, .5 */
static void far_by_hand(Rng *rng, Arena *mem)
{
    far_of("", given("back", ROWS(2, 3, 1, 2, 3, -4, 5, 6.5f)), given("x", ROWS(2, 3, 2, 2, 1.5f, -2, 5, 6)), mem);
}

static void far_exact(Rng *rng, Arena *mem)
{
    Mat x = random_mat(3, 5, 1, rng, mem);
    far_of("", given("back", x), given("x", x), mem);
}

/* 640,000 numbers that are 1000 off: a float loses digits */
static void far_many(Rng *rng, Arena *mem)
{
    Mat x = random_mat(200, 3200, 1, rng, mem), back = mat_copy(mem, x);
    for (size_t i = 0; i < mat_size(back); i++) back.a[i] += 1000 + .1f * rng_normal(rng);
    result_value("loss", (double)cycle_loss(untold("back", back), untold("x", x), mem).value);
}

static void far_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_NUMBERS) {
        Mat x = untold("x", random_mat(n, d, 1, rng, mem)), back = untold("back", random_mat(n, d, 1, rng, mem));
        Loss got = cycle_loss(back, x, mem);
        result_value(name_of(mem, "loss%d", turn), (double)got.value);
        result_value(name_of(mem, "first%d", turn), (double)got.grad.a[0]);
        result_value(name_of(mem, "last%d", turn), (double)got.grad.a[mat_size(got.grad) - 1]);
        result_value(name_of(mem, "size%d", turn), got.grad.n * 10000 + got.grad.d);
    }
}

/* ---- 2. identity_loss ---- */

static void same_of(const char *turn, Net *net, Mat y, float weight, Arena *mem)
{
    result_value(name_of(mem, "loss%s", turn), (double)identity_loss(net, y, weight, mem));
    result(name_of(mem, "gradient%s", turn), net->layer[0].w.g);
}

/* Two numbers become 2 y0 and y1 - y0; something is in the gradient already: 7. */
static void same_by_hand(Rng *rng, Arena *mem)
{
    Net net = linear_net("net", 2, 2, 1, rng, mem);
    mat_set(net.layer[0].w.v, ROWS(2, 2, 2, -1, 0, 1));
    same_of("", &net, given("y", ROWS(2, 2, 3, -1, 5, 2)), 3, mem);
}

/* a net that leaves everything alone */
static void same_exact(Rng *rng, Arena *mem)
{
    Net net = linear_net("net", 3, 3, 1, rng, mem);
    mat_set(net.layer[0].w.v, ROWS(3, 3, 1, 0, 0, 0, 1, 0, 0, 0, 1));
    same_of("", &net, given("y", random_mat(4, 3, 1, rng, mem)), 5, mem);
}

/* what is the net shown, and how often? */
static void same_once(Rng *rng, Arena *mem)
{
    Net net = net_new("net", (Shape){1, 1, 2}, mem);
    net_witness(&net);
    net_linear(&net, 2, 1, rng);
    identity_loss(&net, given("y", ROWS(2, 2, 3, -1, 5, 2)), 1, mem);
    result_value("calls", witness_calls());
}

static void same_random(Rng *rng, Arena *mem)
{
    Net net = random_net("net", 4, 4, rng, mem);
    Mat y = untold("y", random_mat(5, 4, 1, rng, mem));
    same_of("", &net, y, .2f + rng_uniform(rng), mem);
    result("top", net.layer[2].w.g);
}

static void same_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, 41) {
        Net net = linear_net("net", d, d, .5f, rng, mem);
        Mat y = untold("y", random_mat(n, d, 1, rng, mem));
        same_of(name_of(mem, "%d", turn), &net, y, rng_uniform(rng), mem);
    }
}

/* ---- 3. lsgan_loss ---- */

static void marks_of(const char *turn, Mat says, float target, Arena *mem)
{
    Loss got = lsgan_loss(says, target, mem);
    result_value(name_of(mem, "loss%s", turn), (double)got.value);
    result(name_of(mem, "grad%s", turn), got.grad);
}

/* two pictures of three patches */
static void marks_by_hand(Rng *rng, Arena *mem)
{
    Mat says = ROWS(2, 3, 1, 0, 2, .5f, -1, 3);
    marks_of("_real", given("says", says), 1, mem);
    marks_of("_fake", given("says", says), 0, mem);
}

/* a target that is neither 0 nor 1 */
static void marks_target(Rng *rng, Arena *mem) { marks_of("", given("says", ROWS(1, 4, 1, 0, .9f, -.1f)), .9f, mem); }

static void marks_many(Rng *rng, Arena *mem)
{
    Mat says = random_mat(400, 1600, 1, rng, mem);
    for (size_t i = 0; i < mat_size(says); i++) says.a[i] += 30;
    result_value("loss", (double)lsgan_loss(untold("says", says), 1, mem).value);
}

static void marks_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, q, MANY_MARKS) {
        float target = rng_uniform(rng);
        marks_of(name_of(mem, "%d", turn), untold("says", random_mat(n, q, 1, rng, mem)), target, mem);
    }
}

/* ---- 4. cyclegan_g_total ---- */

static void total_of(const char *turn, Net *G, Net *F, Net *D, Mat x, float lambda, float lambda_id, Arena *mem)
{
    CycleganLoss got = cyclegan_g_total(G, F, D, x, lambda, lambda_id, mem);
    result_value(name_of(mem, "gan%s", turn), (double)got.gan);
    result_value(name_of(mem, "cycle%s", turn), (double)got.cycle);
    result_value(name_of(mem, "identity%s", turn), (double)got.identity);
    result_value(name_of(mem, "value%s", turn), (double)got.value);
    result(name_of(mem, "fake%s", turn), got.fake);
    result(name_of(mem, "G%s", turn), G->layer[0].w.g);
    result(name_of(mem, "F%s", turn), F->layer[0].w.g);
    result(name_of(mem, "D%s", turn), D->layer[0].w.g);
}

static Net times(const char *name, float factor, Rng *rng, Arena *mem)
{
    Net net = linear_net(name, 1, 1, 1, rng, mem);
    net.layer[0].w.v.a[0] = factor;
    return net;
}

/* x 7; G doubles, F trebles, D is five times that */
static void prime(float lambda, float lambda_id, Rng *rng, Arena *mem)
{
    Net G = times("G", 2, rng, mem), F = times("F", 3, rng, mem), D = times("D", 5, rng, mem);
    total_of("", &G, &F, &D, given("x", ROWS(1, 1, 7)), lambda, lambda_id, mem);
}

static void total_prime(Rng *rng, Arena *mem) { prime(11, 13, rng, mem); }
static void total_no_cycle(Rng *rng, Arena *mem) { prime(0, 13, rng, mem); }
static void total_no_identity(Rng *rng, Arena *mem) { prime(11, 0, rng, mem); }

/* G turns three numbers round, F turns them back: there and back is perfect, and x was not left alone. D is silent. */
static void total_relabelled(Rng *rng, Arena *mem)
{
    Net G = linear_net("G", 3, 3, 1, rng, mem), F = linear_net("F", 3, 3, 1, rng, mem),
        D = linear_net("D", 3, 2, 0, rng, mem);
    Mat x = given("x", ROWS(2, 3, 1, 2, 4, -1, 0, 3));
    mat_set(G.layer[0].w.v, ROWS(3, 3, 0, 1, 0, 0, 0, 1, 1, 0, 0));
    mat_set(F.layer[0].w.v, ROWS(3, 3, 0, 0, 1, 1, 0, 0, 0, 1, 0));
    CycleganLoss turned = cyclegan_g_total(&G, &F, &D, x, 10, 5, mem);
    result_value("cycle_turned", (double)turned.cycle);
    result_value("identity_turned", (double)turned.identity);
    mat_set(G.layer[0].w.v, ROWS(3, 3, 1, 0, 0, 0, 1, 0, 0, 0, 1));
    mat_set(F.layer[0].w.v, ROWS(3, 3, 1, 0, 0, 0, 1, 0, 0, 0, 1));
    CycleganLoss kept = cyclegan_g_total(&G, &F, &D, x, 10, 5, mem);
    result_value("cycle_kept", (double)kept.cycle);
    result_value("identity_kept", (double)kept.identity);
}

/* Who is shown what, and how often? One net of the three has a witness. */
static void shown(char who, float lambda_id, Rng *rng, Arena *mem)
{
    Net net[3];
    for (int k = 0; k < 3; k++) {
        net[k] = net_new((const char *[]){"G", "F", "D"}[k], (Shape){1, 1, 2}, mem);
        if ("GFD"[k] == who) net_witness(&net[k]);
        net_linear(&net[k], 2, 1, rng);
        mat_set(net[k].layer[net[k].n - 1].w.v, ROWS(2, 2, (float)(k + 2), 0, 0, 1));
    }
    cyclegan_g_total(&net[0], &net[1], &net[2], given("x", ROWS(1, 2, 3, -1)), 10, lambda_id, mem);
    result_value("calls", witness_calls());
}

static void total_shown_g(Rng *rng, Arena *mem) { shown('G', 5, rng, mem); }
static void total_shown_f(Rng *rng, Arena *mem) { shown('F', 5, rng, mem); }
static void total_not_shown(Rng *rng, Arena *mem) { shown('F', 0, rng, mem); }
static void total_shown_d(Rng *rng, Arena *mem) { shown('D', 5, rng, mem); }

static void total_random(Rng *rng, Arena *mem)
{
    Net G = random_net("G", 3, 4, rng, mem), F = random_net("F", 4, 3, rng, mem), D = random_net("D", 4, 5, rng, mem);
    Mat x = untold("x", random_mat(6, 3, 1, rng, mem));
    total_of("", &G, &F, &D, x, 2 + rng_uniform(rng), 0, mem);
    result("G_top", G.layer[2].w.g);
    result("F_top", F.layer[2].w.g);
}

/* both ways, one after the other, as a step has it */
static void total_both(Rng *rng, Arena *mem)
{
    Net G = random_net("G", 3, 3, rng, mem), F = random_net("F", 3, 3, rng, mem);
    Net D_X = random_net("D_X", 3, 2, rng, mem), D_Y = random_net("D_Y", 3, 2, rng, mem);
    Mat x = untold("x", random_mat(4, 3, 1, rng, mem)), y = untold("y", random_mat(4, 3, 1, rng, mem));
    float lambda = 1 + rng_uniform(rng), lambda_id = 1 + rng_uniform(rng);
    total_of("_x", &G, &F, &D_Y, x, lambda, lambda_id, mem);
    total_of("_y", &F, &G, &D_X, y, lambda, lambda_id, mem);
}

static void total_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, 41) {
        int q = turn ? size_in(2, 9, rng) : 1;
        Net G = linear_net("G", d, d, .5f, rng, mem), F = linear_net("F", d, d, .5f, rng, mem),
            D = linear_net("D", d, q, .5f, rng, mem);
        float lambda = 1 + rng_uniform(rng), lambda_id = turn % 2 ? rng_uniform(rng) : 0;
        Mat x = untold("x", random_mat(n, d, 1, rng, mem));
        CycleganLoss got = cyclegan_g_total(&G, &F, &D, x, lambda, lambda_id, mem);
        result_value(name_of(mem, "value%d", turn), (double)got.value);
        result(name_of(mem, "fake%d", turn), got.fake);
        result(name_of(mem, "G%d", turn), G.layer[0].w.g);
        result(name_of(mem, "F%d", turn), F.layer[0].w.g);
    }
}

/* ---- 5. pool_query ---- */

static void ask(const char *turn, Pool *pool, Mat fake, const bool *swap, const int *at, Arena *mem)
{
    result(name_of(mem, "shown%s", turn), pool_query(pool, fake, swap, at, mem));
    result_value(name_of(mem, "n%s", turn), pool->n);
}

/* Room for three; the first two calls of two fakes: the fourth fake finds it full. */
static void pool_fills(Rng *rng, Arena *mem)
{
    Pool pool = {.kept = mat_zeros(mem, 3, 2)};
    static const bool never[2] = {false, false};
    static const int first[2] = {0, 0};
    ask("1", &pool, given("one", ROWS(2, 2, 1, 10, 2, 20)), never, first, mem);
    ask("2", &pool, given("two", ROWS(2, 2, 3, 30, 4, 40)), never, first, mem);
    result("kept", mat_copy(mem, pool.kept));
}

static Pool full(Arena *mem)
{
    Pool pool = {.kept = mat_new(mem, 3, 2), .n = 3};
    mat_set(pool.kept, ROWS(3, 2, 1, 10, 2, 20, 3, 30));
    return pool;
}

/* the first and the third are swapped, with the last and the first */
static void pool_swaps(Rng *rng, Arena *mem)
{
    Pool pool = full(mem);
    static const bool swap[3] = {true, false, true};
    static const int at[3] = {2, 1, 0};
    ask("", &pool, given("fake", ROWS(3, 2, 4, 40, 5, 50, 6, 60)), swap, at, mem);
    result("kept", mat_copy(mem, pool.kept));
}

/* all three into the same row */
static void pool_comes_and_goes(Rng *rng, Arena *mem)
{
    Pool pool = full(mem);
    static const bool swap[3] = {true, true, true};
    static const int at[3] = {1, 1, 1};
    ask("", &pool, given("fake", ROWS(3, 2, 4, 40, 5, 50, 6, 60)), swap, at, mem);
    result("kept", mat_copy(mem, pool.kept));
}

/* it is full after the first of three */
static void pool_meanwhile(Rng *rng, Arena *mem)
{
    Pool pool = full(mem);
    pool.n = 2;
    static const bool swap[3] = {true, true, false};
    static const int at[3] = {0, 2, 1};
    ask("", &pool, given("fake", ROWS(3, 2, 4, 40, 5, 50, 6, 60)), swap, at, mem);
    result("kept", mat_copy(mem, pool.kept));
}

static void pool_none(Rng *rng, Arena *mem)
{
    Pool pool = {.kept = mat_new(mem, 0, 2)};
    static const bool swap[2] = {true, false};
    static const int at[2] = {0, 0};
    ask("", &pool, given("fake", ROWS(2, 2, 4, 40, 5, 50)), swap, at, mem);
}

static void pool_sizes(Rng *rng, Arena *mem)
{
    SIZES(B, MANY_SAMPLES, size, 51) {
        int d = turn ? size_in(2, 9, rng) : 1;
        Pool pool = {.kept = mat_zeros(mem, size, d)};
        bool *swap = arena_alloc(mem, (size_t)B);
        int *at = arena_alloc(mem, (size_t)B * sizeof *at);
        int calls = size / B + 3; /* full, and two more */
        for (int call = 0; call < calls; call++) {
            for (int i = 0; i < B; i++) {
                swap[i] = rng_below(rng, 2);
                at[i] = rng_below(rng, size);
            }
            Mat fake = untold("fake", random_mat(B, d, 1, rng, mem));
            if (call < calls - 2) {
                pool_query(&pool, fake, swap, at, mem);
                continue;
            }
            ask(name_of(mem, "%d_%d", turn, calls - call), &pool, fake, swap, at, mem);
        }
        result(name_of(mem, "kept%d", turn), mat_copy(mem, pool.kept));
    }
}

/* ---- all together ---- */

/* Two linear nets of two numbers learn to go there and back; the kinds are a cloud and the same, three times as large.
 * Neither turns a plane over at first, since from there no small steps lead back. */
static void settles(Rng *rng, Arena *mem)
{
    enum { B = 16, STEPS = 400 };
    Net G = linear_net("G", 2, 2, .1f, rng, mem), F = linear_net("F", 2, 2, .1f, rng, mem);
    for (int k = 0; k < 2; k++) {
        row(G.layer[0].w.v, k)[k] += .6f;
        row(F.layer[0].w.v, k)[k] += .6f;
    }
    Net D_X = linear_net("D_X", 2, 1, .2f, rng, mem),
        D_Y = linear_net("D_Y", 2, 1, .2f, rng, mem); /* who do not pull hard */
    Adam opt_G = {.lr = .01f, .beta1 = .5f, .beta2 = .99f, .eps = 1e-8f}, opt_F = opt_G;
    Pool pool = {.kept = mat_zeros(mem, 8, 2)};
    for (int step = 0; step < STEPS; step++) {
        Mat x = random_mat(B, 2, .5f, rng, mem), y = random_mat(B, 2, 1.5f, rng, mem);
        net_zero_grad(&G);
        net_zero_grad(&F);
        CycleganLoss a = cyclegan_g_total(&G, &F, &D_Y, x, 10, 0, mem),
                     b = cyclegan_g_total(&F, &G, &D_X, y, 10, 0, mem);
        opt_F.lr = cosine_decay(.02f, step, STEPS);
        opt_G.lr = opt_F.lr;
        adam_step(&G, &opt_G);
        adam_step(&F, &opt_F);
        bool swap[B];
        int at[B];
        for (int i = 0; i < B; i++) {
            swap[i] = i % 2;
            at[i] = i % 8;
        }
        pool_query(&pool, a.fake, swap, at, mem);
        if (step == 0) result_value("first", (double)(a.cycle + b.cycle));
        if (step == STEPS - 1) result_value("last", (double)(a.cycle + b.cycle));
    }
    result_value("kept", pool.n);
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(far_by_hand),
    CASE(far_exact),
    CASE(far_many),
    CASE(far_sizes),
    CASE(same_by_hand),
    CASE(same_exact),
    CASE(same_once),
    CASE(same_random),
    CASE(same_sizes),
    CASE(marks_by_hand),
    CASE(marks_target),
    CASE(marks_many),
    CASE(marks_sizes),
    CASE(total_prime),
    CASE(total_no_cycle),
    CASE(total_no_identity),
    CASE(total_relabelled),
    CASE(total_shown_g),
    CASE(total_shown_f),
    CASE(total_not_shown),
    CASE(total_shown_d),
    CASE(total_random),
    CASE(total_both),
    CASE(total_sizes),
    CASE(pool_fills),
    CASE(pool_swaps),
    CASE(pool_comes_and_goes),
    CASE(pool_meanwhile),
    CASE(pool_none),
    CASE(pool_sizes),
    CASE(settles),
    {0},
};
