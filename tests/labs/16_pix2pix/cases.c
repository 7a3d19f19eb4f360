/* Cases of lab 16: inputs and calls, no expected values. */
#include "16_pix2pix.h"
#include "driver.h"

enum { MANY_PICTURES = 33, MANY_PIXELS = 40, MANY_CHANNELS = 5 };

/* ---- 1. skip_join, skip_split ---- */

/* two pictures of two pixels: two channels from the left, one from below */
static void join_by_hand(Rng *rng, Arena *mem)
{
    Mat skip = given("skip", ROWS(2, 4, 1, 2, 3, 4, 5, 6, 7, 8)), up = given("up", ROWS(2, 2, 10, 20, 30, 40));
    result("joined", skip_join(skip, up, 2, mem));
}

static void split_by_hand(Rng *rng, Arena *mem)
{
    Mat dskip = mat_new(mem, 2, 4), dup = mat_new(mem, 2, 2);
    /* what lies there is overwritten */
    mat_fill(dskip, 7);
    mat_fill(dup, 7);
    Mat d = given("d", ROWS(2, 6, 1, 2, 10, 3, 4, 20, 5, 6, 30, 7, 8, 40));
    skip_split(d, 2, dskip, dup);
    result("dskip", dskip);
    result("dup", dup);
}

static void join_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_PICTURES, p, MANY_PIXELS) {
        int s = turn_size(turn, 0, MANY_CHANNELS, rng), u = turn_size(turn, 1, MANY_CHANNELS, rng);
        Mat skip = untold("skip", random_mat(n, p * s, 1, rng, mem)),
            up = untold("up", random_mat(n, p * u, 1, rng, mem));
        Mat joined = skip_join(skip, up, p, mem);
        result(name_of(mem, "joined%d", turn), joined);
        Mat d = untold("d", random_mat(n, p * (s + u), 1, rng, mem)), dskip = mat_new(mem, n, p * s),
            dup = mat_new(mem, n, p * u);
        skip_split(d, p, dskip, dup);
        result(name_of(mem, "dskip%d", turn), dskip);
        result(name_of(mem, "dup%d", turn), dup);
    }
}

/* ---- 2. patch_receptive_field ---- */

/* one to five layers of 4 x 4: the first ones go two pixels at a time */
static void field_paper(Rng *rng, Arena *mem)
{
    static const PatchLayer by_two = {4, 2}, by_one = {4, 1};
    for (int halved = -1; halved <= 3; halved++) {
        PatchLayer layer[5];
        int n = 0;
        while (n < halved) layer[n++] = by_two;
        layer[n++] = by_one;
        if (halved >= 0) layer[n++] = by_one;
        result_value(name_of(mem, "reach%d", halved + 1), patch_receptive_field(layer, n));
    }
}

static void field_pixel(Rng *rng, Arena *mem)
{
    PatchLayer layer[3] = {{1, 1}, {1, 1}, {1, 1}};
    result_value("none", patch_receptive_field(layer, 0));
    result_value("pixel", patch_receptive_field(layer, 3));
}

/* first 5 x 5, every third; then 2 x 2. And the other way round. */
static void field_order(Rng *rng, Arena *mem)
{
    PatchLayer wide_first[2] = {{5, 3}, {2, 1}}, wide_last[2] = {{2, 1}, {5, 3}};
    result_value("first", patch_receptive_field(wide_first, 2));
    result_value("last", patch_receptive_field(wide_last, 2));
}

static void field(const char *name, int n, int least_kernel, Rng *rng)
{
    PatchLayer layer[8];
    for (int k = 0; k < n; k++) {
        layer[k].kernel = size_in(least_kernel, 5, rng);
        layer[k].stride = size_in(1, 3, rng);
    }
    result_value(name, patch_receptive_field(layer, n));
}

/* one layer; some; and 8, none of which sees a single pixel */
static void field_sizes(Rng *rng, Arena *mem)
{
    field("reach1", 1, 1, rng);
    for (int turn = 0; turn < 4; turn++) {
        int n = size_in(2, 8, rng);
        field(name_of(mem, "reach_some%d", turn), n, 1, rng);
    }
    field("reach8", 8, 2, rng);
}

/* ---- 3. l1_loss ---- */

static void far_by_hand(Rng *rng, Arena *mem)
{
    Loss loss =
        l1_loss(given("y", ROWS(2, 3, 1, 2, 3, -1, 0, 4)), given("truth", ROWS(2, 3, 3, 2, 1.5f, 0, 0, -1)), mem);
    result_value("loss", (double)loss.value);
    result("grad", loss.grad);
}

/* five truths, one guess for all: which is best? */
static void far_median(Rng *rng, Arena *mem)
{
    Mat truth = given("truth", ROWS(5, 1, 0, 0, .1f, 1, 1));
    static const float guess[3] = {.05f, .1f, .42f}; /* below the median, the median, the mean */
    for (int k = 0; k < 3; k++) {
        Mat y = mat_new(mem, 5, 1);
        mat_fill(y, guess[k]);
        Loss loss = l1_loss(y, truth, mem);
        double pull = 0;
        for (int i = 0; i < 5; i++) pull += (double)loss.grad.a[i];
        result_value(name_of(mem, "loss%d", k), (double)loss.value);
        result_value(name_of(mem, "pull%d", k), pull);
    }
}

/* 640,000 errors near 1: a float loses digits */
static void far_many(Rng *rng, Arena *mem)
{
    Mat y = mat_new(mem, 200, 3200), truth = mat_zeros(mem, 200, 3200);
    for (size_t i = 0; i < mat_size(y); i++) y.a[i] = 1.001f + .0001f * rng_uniform(rng);
    result_value("loss", (double)l1_loss(untold("y", y), untold("truth", truth), mem).value);
}

static void far_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_PICTURES, d, 7 * MANY_PIXELS) {
        Mat y = untold("y", random_mat(n, d, 1, rng, mem)), truth = untold("truth", random_mat(n, d, 1, rng, mem));
        Loss loss = l1_loss(y, truth, mem);
        result_value(name_of(mem, "loss%d", turn), (double)loss.value);
        result(name_of(mem, "grad%d", turn), loss.grad);
    }
}

/* ---- 4. pix2pix_g_loss ---- */

static void losses_of(const char *turn, Pix2pixLoss loss, Arena *mem)
{
    result_value(name_of(mem, "value%s", turn), (double)loss.value);
    result_value(name_of(mem, "gan%s", turn), (double)loss.gan);
    result_value(name_of(mem, "l1%s", turn), (double)loss.l1);
    result(name_of(mem, "dlogit%s", turn), loss.dlogit);
    result(name_of(mem, "dfake%s", turn), loss.dfake);
}

/* a D that does not know, four patches; G is where it should be */
static void wish_zero(Rng *rng, Arena *mem)
{
    Mat fake = given("fake", ROWS(2, 3, 1, 0, -1, .5f, 0, 0));
    losses_of("",
              pix2pix_g_loss(given("logit", mat_zeros(mem, 2, 4)), fake, given("truth", mat_copy(mem, fake)), 100, mem),
              mem);
}

static void wish_of(float lambda, Rng *rng, Arena *mem)
{
    Mat logit = given("logit", random_mat(3, 4, 2, rng, mem));
    Mat fake = given("fake", random_mat(3, 5, 1, rng, mem)), truth = given("truth", random_mat(3, 5, 1, rng, mem));
    losses_of("", pix2pix_g_loss(logit, fake, truth, lambda, mem), mem);
}

static void wish_random(Rng *rng, Arena *mem) { wish_of(7, rng, mem); }
static void wish_alone(Rng *rng, Arena *mem) { wish_of(0, rng, mem); }

/* logits for which exp overflows */
static void wish_extreme(Rng *rng, Arena *mem)
{
    Mat fake = given("fake", ROWS(1, 1, 0));
    losses_of("", pix2pix_g_loss(given("logit", ROWS(1, 2, 200, -200)), fake, given("truth", ROWS(1, 1, 0)), 1, mem),
              mem);
}

static void wish_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_PICTURES, q, MANY_PIXELS) {
        int d = turn_size(turn, 0, 3 * MANY_PIXELS, rng);
        Mat logit = untold("logit", random_mat(n, q, 2, rng, mem));
        Mat fake = untold("fake", random_mat(n, d, 1, rng, mem)),
            truth = untold("truth", random_mat(n, d, 1, rng, mem));
        float lambda = 100 * rng_uniform(rng);
        if (turn == 0) lambda = 50 + lambda / 2; /* as large as the paper's at least once */
        losses_of(name_of(mem, "_%d", turn), pix2pix_g_loss(logit, fake, truth, lambda, mem), mem);
    }
}

/* ---- 5. pix2pix_d_input ---- */

/* two pixels: one channel in, two out */
static void shown_by_hand(Rng *rng, Arena *mem)
{
    Mat input = given("input", ROWS(2, 2, 10, 20, 30, 40)),
        output = given("output", ROWS(2, 4, 1, 2, 3, 4, 5, 6, 7, 8));
    result("shown", pix2pix_d_input(input, output, 2, mem));
}

static void shown_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_PICTURES, p, MANY_PIXELS) {
        int a = turn_size(turn, 1, MANY_CHANNELS, rng), b = turn_size(turn, 0, MANY_CHANNELS, rng);
        Mat input = untold("input", random_mat(n, p * a, 1, rng, mem)),
            output = untold("output", random_mat(n, p * b, 1, rng, mem));
        result(name_of(mem, "shown%d", turn), pix2pix_d_input(input, output, p, mem));
    }
}

/* ---- all together ---- */

/* D is one weight for each number that it is shown, and G's picture moves against dL/dfake: does G come to the truth
 * although D pulls? */
static void settles(Rng *rng, Arena *mem)
{
    enum { B = 4, P = 3, C = 2 };
    Mat x = untold("x", random_mat(B, P, 1, rng, mem)), truth = untold("truth", random_mat(B, P * C, 1, rng, mem)),
        fake = random_mat(B, P * C, 1, rng, mem);
    Mat w = random_mat(P * (1 + C), P, .3f, rng, mem);
    for (int step = 0; step < 400; step++) {
        Mat logit = mat_mul(mem, pix2pix_d_input(x, fake, P, mem), w);
        Pix2pixLoss loss = pix2pix_g_loss(logit, fake, truth, 10, mem);
        if (step == 0) result_value("first", (double)loss.l1);
        Mat dx = mat_new(mem, B, P), dfake = mat_new(mem, B, P * C);
        skip_split(mat_mul_nt(mem, loss.dlogit, w), P, dx, dfake);
        mat_add(dfake, loss.dfake);
        mat_scale(dfake, .05f * (1 - (float)step / 400));
        mat_sub(fake, dfake);
    }
    result_value("last", (double)l1_loss(fake, truth, mem).value);
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(join_by_hand), CASE(split_by_hand), CASE(join_sizes),  CASE(field_paper), CASE(field_pixel),
    CASE(field_order),  CASE(field_sizes),   CASE(far_by_hand), CASE(far_median),  CASE(far_many),
    CASE(far_sizes),    CASE(wish_zero),     CASE(wish_random), CASE(wish_alone),  CASE(wish_extreme),
    CASE(wish_sizes),   CASE(shown_by_hand), CASE(shown_sizes), CASE(settles),     {0},
};
