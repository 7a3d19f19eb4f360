/* Cases of lab 10: inputs and calls, no expected values. */
#include "10_dcgan.h"
#include "driver.h"

/* ---- 1, 2: convolution and its transpose ---- */

static Window window(Shape big, int channels, int kernel, int stride, int pad)
{
    Shape small = {(big.h + 2 * pad - kernel) / stride + 1, (big.w + 2 * pad - kernel) / stride + 1, channels};
    Window win = {big, small, kernel, stride, pad};
    return win;
}

static void conv_by_hand(Rng *rng, Arena *mem)
{
    Window win = window((Shape){3, 3, 1}, 1, 2, 1, 0);
    Mat x = given("x", ROWS(1, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9)), W = given("W", ROWS(4, 1, 1, 0, 2, -1)),
        b = given("b", ROWS(1, 1, 10));
    result("y", conv_forward(&win, x, W, b, mem));
}

static void conv_of(Window win, Rng *rng, Arena *mem)
{
    Mat x = given("x", random_mat(2, shape_size(win.big), 1, rng, mem));
    Mat W = given("W", random_mat(win.kernel * win.kernel * win.big.c, win.small.c, 1, rng, mem)),
        b = given("b", random_mat(1, win.small.c, 1, rng, mem));
    result("y", conv_forward(&win, x, W, b, mem));
}

static void conv_padded(Rng *rng, Arena *mem) { conv_of(window((Shape){5, 6, 2}, 3, 4, 2, 1), rng, mem); }
static void conv_plain(Rng *rng, Arena *mem) { conv_of(window((Shape){5, 4, 3}, 2, 3, 1, 0), rng, mem); }

static void convt_by_hand(Rng *rng, Arena *mem)
{
    Window win = window((Shape){3, 3, 1}, 1, 2, 1, 0);
    Mat x = given("x", ROWS(1, 4, 1, 2, 3, 4)), W = given("W", ROWS(4, 1, 1, 0, 2, -1)), b = given("b", ROWS(1, 1, 10));
    result("y", convt_forward(&win, x, W, b, mem));
}

static void convt_of(Window win, Rng *rng, Arena *mem)
{
    Mat x = given("x", random_mat(2, shape_size(win.small), 1, rng, mem));
    Mat W = given("W", random_mat(win.kernel * win.kernel * win.big.c, win.small.c, 1, rng, mem)),
        b = given("b", random_mat(1, win.big.c, 1, rng, mem));
    result("y", convt_forward(&win, x, W, b, mem));
}

static void convt_padded(Rng *rng, Arena *mem) { convt_of(window((Shape){6, 4, 2}, 3, 4, 2, 1), rng, mem); }
static void convt_plain(Rng *rng, Arena *mem) { convt_of(window((Shape){7, 5, 2}, 3, 3, 2, 0), rng, mem); }

/* ---- 3, 4: batch norm ---- */

static void norm(Mat x, Mat gain, Mat shift, Mat start, bool train, Arena *mem)
{
    Mat run = room(2, x.d);
    mat_set(run, start);
    Normed f = batchnorm_forward(given("x", x), given("gain", gain), given("shift", shift), run, train, mem);
    result("y", f.y);
    result("xhat", f.xhat);
    result("rsd", f.rsd);
    result("run", run);
}

/* two columns of four: means 5 and 10, variances 5 and 4 */
static void norm_by_hand(Rng *rng, Arena *mem)
{
    norm(ROWS(4, 2, 2, 8, 4, 12, 6, 8, 8, 12), ROWS(1, 2, 1, 3), ROWS(1, 2, 0, -1), ROWS(2, 2, 1, 0, 1, 1), true, mem);
}

static void norm_eval(Rng *rng, Arena *mem)
{
    norm(ROWS(3, 2, 2, 8, 4, 12, 6, 8), ROWS(1, 2, 1, 3), ROWS(1, 2, 0, -1), ROWS(2, 2, 4, 10, 4, 16), false, mem);
}

static void norm_random(Rng *rng, Arena *mem)
{
    Mat x = random_mat(50, 3, 2, rng, mem), gain = random_mat(1, 3, 1, rng, mem), shift = random_mat(1, 3, 1, rng, mem);
    norm(x, gain, shift, ROWS(2, 3, 0, 0, 0, 1, 1, 1), true, mem);
}

/* a mean of 1000 beside a spread of 1: squares minus squares lose every digit */
static void norm_far(Rng *rng, Arena *mem)
{
    Mat x = random_mat(500, 4, 1, rng, mem);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] += 1000;
    norm(x, ROWS(1, 4, 1, 1, 1, 1), ROWS(1, 4, 0, 0, 0, 0), ROWS(2, 4, 0, 0, 0, 0, 1, 1, 1, 1), true, mem);
}

/* What the forward pass would have returned, without the student's own. */
static Normed normed(Mat x, Mat gain, Mat shift, Arena *mem)
{
    Net net = net_new("norm", (Shape){1, 1, x.d}, mem);
    net_batchnorm(&net);
    Trace t = trace(mem, TRAIN);
    Mat xhat = mat_copy(mem, net_forward(&net, x, &t)), rsd = mat_copy(mem, mat_rows(t.slot[0].aux, 1, 1));
    mat_set(net.layer[0].w.v, gain);
    mat_set(net.layer[0].b.v, shift);
    Normed normed = {mat_copy(mem, net_forward(&net, x, &t)), xhat, rsd};
    return normed;
}

static void back_of(Mat x, Mat dy, Mat gain, Rng *rng, Arena *mem)
{
    Normed f = normed(x, gain, random_mat(1, x.d, 1, rng, mem), mem);
    given("x", x);
    f.y = given("y", f.y);
    f.xhat = given("xhat", f.xhat);
    f.rsd = given("rsd", f.rsd);
    NormedGrad g = batchnorm_backward(given("dy", dy), f, given("gain", gain), mem);
    result("dx", g.dx);
    result("dgain", g.dgain);
    result("dshift", g.dshift);
}

static void back_by_hand(Rng *rng, Arena *mem)
{
    back_of(ROWS(2, 1, -1, 1), ROWS(2, 1, 3, 1), ROWS(1, 1, 2), rng, mem);
}
static void back_random(Rng *rng, Arena *mem)
{
    Mat x = random_mat(7, 3, 2, rng, mem), dy = random_mat(7, 3, 1, rng, mem);
    back_of(x, dy, random_mat(1, 3, 1, rng, mem), rng, mem);
}

/* ---- 5, 6: the two steps. D and G are small linear nets, so that losses and gradients have closed forms. ---- */

static void d_step_on(Net *D, Mat real, Mat fake, Arena *mem)
{
    Adam opt = {.lr = .01f, .beta1 = .5f, .beta2 = .999f, .eps = 1e-8f};
    Layer *last = &D->layer[D->n - 1];
    result("w", mat_copy(mem, last->w.v));
    result_value("loss", (double)dcgan_d_step(D, given("real", real), given("fake", fake), &opt, mem));
    result("gradient", last->w.g);
    result("w_after", last->w.v);
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
    Net D = linear_net("D", 3, 1, .7f, rng, mem);
    Mat real = random_mat(5, 3, 1, rng, mem), fake = random_mat(5, 3, 1, rng, mem);
    d_step_on(&D, real, fake, mem);
}

/* batch norm in D: each batch by itself */
static void d_step_norm(Rng *rng, Arena *mem)
{
    Net D = net_new("D", (Shape){1, 1, 2}, mem);
    net_batchnorm(&D);
    net_lrelu(&D, .2f);
    net_linear(&D, 1, 1, rng);
    Mat real = random_mat(6, 2, 1, rng, mem), fake = random_mat(6, 2, 3, rng, mem);
    d_step_on(&D, real, fake, mem);
}

static void g_step_on(Net *G, Net *D, Mat z, Arena *mem)
{
    Adam opt = {.lr = .01f, .beta1 = .5f, .beta2 = .999f, .eps = 1e-8f};
    Trace tg = trace(mem, TRAIN);
    Mat fake = net_forward(G, given("z", z), &tg);
    Mat u = given("D.w", D->layer[0].w.v), v = given("D.g", D->layer[0].w.g); /* D as it is now must stay as it is */
    D->layer[0].w.v = u;
    D->layer[0].w.g = v;
    result("G.w", mat_copy(mem, G->layer[0].w.v));
    result_value("loss", (double)dcgan_g_step(G, D, fake, &tg, &opt, mem));
    result("gradient", G->layer[0].w.g);
    result("w_after", G->layer[0].w.v);
    result_value("steps", G->steps);
}

static void g_step_zero(Rng *rng, Arena *mem)
{
    Net G = linear_net("G", 2, 2, 1, rng, mem), D = linear_net("D", 2, 1, 0, rng, mem);
    g_step_on(&G, &D, ROWS(2, 2, 1, 2, 3, 4), mem);
}

static void g_step_random(Rng *rng, Arena *mem)
{
    Net G = linear_net("G", 2, 3, .7f, rng, mem), D = linear_net("D", 3, 1, .7f, rng, mem);
    g_step_on(&G, &D, random_mat(5, 2, 1, rng, mem), mem);
}

/* ---- all together ---- */

static void adjoint(Rng *rng, Arena *mem)
{
    Window win = window((Shape){6, 6, 2}, 3, 4, 2, 1);
    Mat W = random_mat(32, 3, 1, rng, mem), x = random_mat(2, 72, 1, rng, mem), y = random_mat(2, 27, 1, rng, mem);
    result_value("conv_x_y", mat_dot(conv_forward(&win, x, W, mat_zeros(mem, 1, 3), mem), y));
    result_value("x_convt_y", mat_dot(x, convt_forward(&win, y, W, mat_zeros(mem, 1, 2), mem)));
}

/* points around (2, -1): does G find them? */
static void play(Rng *rng, Arena *mem)
{
    enum { B = 32 };
    Net G = net_new("G", (Shape){1, 1, 2}, mem), D = net_new("D", (Shape){1, 1, 2}, mem);
    net_dense(&G, 2, rng);
    net_dense(&D, 16, rng);
    net_lrelu(&D, .2f);
    net_dense(&D, 1, rng);
    Adam opt_g = {.lr = .02f, .beta1 = .5f, .beta2 = .999f, .eps = 1e-8f}, opt_d = opt_g;
    double mean[2] = {0};
    enum { STEPS = 400, LAST = 150 };
    size_t mark = mem->used;
    for (int step = 0; step < STEPS; step++) {
        arena_rewind(mem, mark);
        Mat real = random_mat(B, 2, .5f, rng, mem);
        for (int i = 0; i < B; i++) {
            row(real, i)[0] += 2;
            row(real, i)[1] -= 1;
        }
        Trace tg = trace(mem, TRAIN);
        Mat fake = net_forward(&G, random_mat(B, 2, 1, rng, mem), &tg);
        for (int i = 0; i < B && step >= STEPS - LAST; i++)
            for (int j = 0; j < 2; j++) mean[j] += (double)row(fake, i)[j] / (B * LAST);
        dcgan_d_step(&D, real, fake, &opt_d, mem);
        dcgan_g_step(&G, &D, fake, &tg, &opt_g, mem);
    }
    result("mean", ROWS(1, 2, (float)mean[0], (float)mean[1]));
}

/* ---- sizes and numbers from the seed: all 1, all few, then each letter in turn larger than the lab's own ---- */

enum { MANY_SAMPLES = 64, MANY_FEATURES = 64 };

/* Letters: batch, height, width, channels of the big map, of the small one. */
static Window some_window(int turn, int *batch, Rng *rng)
{
    *batch = turn_size(turn, 0, MANY_SAMPLES, rng);
    int h = turn_size(turn, 1, 28, rng), w = turn_size(turn, 2, 28, rng),
        big_c = turn_size(turn, 3, MANY_FEATURES, rng);
    int small_c = turn_size(turn, 4, MANY_FEATURES, rng), kernel = turn == 0 ? 1 : size_in(1, 4, rng),
        stride = size_in(1, 3, rng);
    int pad = rng_below(rng, kernel);
    int short_of = kernel - (h < w ? h : w);
    if (short_of > 0) {
        h += short_of;
        w += short_of;
    }
    return window((Shape){h, w, big_c}, small_c, kernel, stride, pad);
}

static void conv_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 7; turn++) {
        int batch;
        Window win = some_window(turn, &batch, rng);
        Mat x = untold("x", random_mat(batch, shape_size(win.big), 1, rng, mem)),
            b = untold("b", random_mat(1, win.small.c, 1, rng, mem));
        Mat W = untold("W", random_mat(win.kernel * win.kernel * win.big.c, win.small.c, 1, rng, mem));
        result(name_of(mem, "y%d", turn), conv_forward(&win, x, W, b, mem));
    }
}

static void convt_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 7; turn++) {
        int batch;
        Window win = some_window(turn, &batch, rng);
        Mat x = untold("x", random_mat(batch, shape_size(win.small), 1, rng, mem)),
            b = untold("b", random_mat(1, win.big.c, 1, rng, mem));
        Mat W = untold("W", random_mat(win.kernel * win.kernel * win.big.c, win.small.c, 1, rng, mem));
        result(name_of(mem, "y%d", turn), convt_forward(&win, x, W, b, mem));
    }
}

static void norm_of(const char *turn, Mat x, bool train, Rng *rng, Arena *mem)
{
    Mat run = random_mat(2, x.d, 1, rng, mem);
    for (int j = 0; j < x.d; j++) row(run, 1)[j] = .5f + rng_uniform(rng);
    run = untold("run", run);
    Mat gain = untold("gain", random_mat(1, x.d, 1, rng, mem)),
        shift = untold("shift", random_mat(1, x.d, 1, rng, mem));
    Normed f = batchnorm_forward(untold("x", x), gain, shift, run, train, mem);
    result(name_of(mem, "y%s", turn), f.y);
    result(name_of(mem, "xhat%s", turn), f.xhat);
    result(name_of(mem, "rsd%s", turn), f.rsd);
    result_in_place(name_of(mem, "run%s", turn), run);
}

/* two rows or more: one has no spread */
static void norm_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 4; turn++)
        for (int train = 0; train < 2; train++) {
            int n = turn_size(turn, 0, MANY_SAMPLES, rng) + train, d = turn_size(turn, 1, MANY_FEATURES, rng);
            norm_of(name_of(mem, "%d_%d", train, turn), random_mat(n, d, 2, rng, mem), train, rng, mem);
        }
}

static void norm_nearly_equal(Rng *rng, Arena *mem) { norm_of("", random_mat(9, 3, .003f, rng, mem), true, rng, mem); }

static void back_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 4; turn++) {
        int n = turn_size(turn, 0, MANY_SAMPLES, rng) + 2, d = turn_size(turn, 1, MANY_FEATURES, rng);
        Mat x = random_mat(n, d, 2, rng, mem), gain = random_mat(1, d, 1, rng, mem),
            shift = random_mat(1, d, 1, rng, mem);
        Normed f = normed(x, gain, shift, mem);
        f.y = untold("y", f.y);
        f.xhat = untold("xhat", f.xhat);
        f.rsd = untold("rsd", f.rsd);
        NormedGrad g = batchnorm_backward(untold("dy", random_mat(n, d, 1, rng, mem)), f, untold("gain", gain), mem);
        result(name_of(mem, "dx%d", turn), g.dx);
        result(name_of(mem, "dgain%d", turn), g.dgain);
        result(name_of(mem, "dshift%d", turn), g.dshift);
    }
}

static void d_step_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_FEATURES) {
        Net D = random_net("D", d, 1, rng, mem);
        Mat real = untold("real", random_mat(n, d, 1, rng, mem)), fake = untold("fake", random_mat(n, d, 1, rng, mem)),
            loss = room(1, 3);
        Adam opt = random_adam(rng);
        for (int step = 0; step < 3; step++) loss.a[step] = dcgan_d_step(&D, real, fake, &opt, mem);
        result(name_of(mem, "losses%d", turn), loss);
        result_value(name_of(mem, "steps%d", turn), D.steps);
        result(name_of(mem, "first_w%d", turn), D.layer[0].w.v);
        result(name_of(mem, "last_w%d", turn), D.layer[2].w.v);
    }
}

static void g_step_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_FEATURES) {
        Net G = random_net("G", 2, d, rng, mem), D = random_net("D", d, 1, rng, mem);
        Mat z = random_mat(n, 2, 1, rng, mem), loss = room(1, 3);
        Adam opt = random_adam(rng);
        for (int step = 0; step < 3; step++) {
            Trace tg = trace(mem, TRAIN);
            Mat fake = net_forward(&G, z, &tg);
            loss.a[step] = dcgan_g_step(&G, &D, fake, &tg, &opt, mem);
        }
        result(name_of(mem, "losses%d", turn), loss);
        result_value(name_of(mem, "steps%d", turn), G.steps);
        result(name_of(mem, "first_w%d", turn), G.layer[0].w.v);
        result(name_of(mem, "last_w%d", turn), G.layer[2].w.v);
    }
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(conv_by_hand),  CASE(conv_padded),       CASE(conv_plain),
    CASE(convt_by_hand), CASE(convt_padded),      CASE(convt_plain),
    CASE(norm_by_hand),  CASE(norm_eval),         CASE(norm_random),
    CASE(norm_far),      CASE(back_by_hand),      CASE(back_random),
    CASE(d_step_zero),   CASE(d_step_random),     CASE(d_step_norm),
    CASE(g_step_zero),   CASE(g_step_random),     CASE(adjoint),
    CASE(play),          CASE(conv_sizes),        CASE(convt_sizes),
    CASE(norm_sizes),    CASE(norm_nearly_equal), CASE(back_sizes),
    CASE(d_step_sizes),  CASE(g_step_sizes),      {0},
};
