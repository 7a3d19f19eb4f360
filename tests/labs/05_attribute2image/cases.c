/* Cases of lab 05: inputs and calls, no expected values. */
#include "05_attribute2image.h"
#include "driver.h"

#include <math.h>

static Mat uniform(int n, int d, float lo, float hi, Rng *rng, Arena *mem)
{
    Mat x = mat_new(mem, n, d);
    mat_uniform(x, lo, hi, rng);
    return x;
}

/* Values of attributes that have `values` each. */
static Mat random_values(int n, const int *values, int attributes, Rng *rng, Arena *mem)
{
    Mat x = mat_new(mem, n, attributes);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < attributes; k++) row(x, i)[k] = (float)rng_below(rng, values[k]);
    return x;
}

/* ---- 1. cond_join ---- */

static void join_by_hand(Rng *rng, Arena *mem)
{
    Mat x = given("x", ROWS(2, 2, 10, 11, 20, 21)), value = given("value", ROWS(2, 2, 2, 0, 0, 1));
    result("y", cond_join(x, value, (int[]){3, 2}, mem));
}

static void join_bare(Rng *rng, Arena *mem)
{
    Mat value = given("value", ROWS(3, 3, 1, 3, 0, 0, 0, 0, 1, 2, 0));
    result("y", cond_join(mat_new(mem, 3, 0), value, (int[]){2, 4, 1}, mem));
}

/* ---- 2. compose_layers, 3. compose_backward ---- */

static void composed(Mat gate, Mat fore, Mat back, Arena *mem)
{
    Layers l = {given("gate", gate), given("fore", fore), given("back", back)};
    result("x", compose_layers(l, mem));
}

/* two pixels of three colours; then of one */
static void compose_by_hand(Rng *rng, Arena *mem)
{
    composed(ROWS(1, 2, .25f, 1), ROWS(1, 6, 4, 8, 12, 1, 2, 3), ROWS(1, 6, 0, 40, 100, 7, 7, 7), mem);
}

static void compose_grey(Rng *rng, Arena *mem)
{
    composed(ROWS(2, 2, 0, .5f, 1, .75f), ROWS(2, 2, 3, 5, 7, 8), ROWS(2, 2, 30, 50, 70, 80), mem);
}

static void composed_back(Mat dx, Mat gate, Mat fore, Mat back, Arena *mem)
{
    Layers l = {given("gate", gate), given("fore", fore), given("back", back)};
    Layers d = compose_backward(given("dx", dx), l, mem);
    result("dgate", d.gate);
    result("dfore", d.fore);
    result("dback", d.back);
}

static void backward_by_hand(Rng *rng, Arena *mem)
{
    composed_back(ROWS(1, 4, 1, 10, 100, -4), ROWS(1, 2, .25f, 1), ROWS(1, 4, 5, 3, 2, 9), ROWS(1, 4, 2, 4, 7, 1), mem);
}

static void backward_random(Rng *rng, Arena *mem)
{
    Mat dx = random_mat(3, 15, 1, rng, mem), gate = uniform(3, 5, 0, 1, rng, mem);
    Mat fore = random_mat(3, 15, 1, rng, mem), back = random_mat(3, 15, 1, rng, mem);
    composed_back(dx, gate, fore, back, mem);
}

/* ---- 4. cvae_loss ---- */

static void results_of(Bound b, const char *turn, Arena *mem)
{
    result_value(name_of(mem, "rec%s", turn), (double)b.rec);
    result_value(name_of(mem, "kl%s", turn), (double)b.kl);
    result(name_of(mem, "dy%s", turn), b.dy);
    result(name_of(mem, "dmu_q%s", turn), b.dq.mu);
    result(name_of(mem, "dlogvar_q%s", turn), b.dq.logvar);
    result(name_of(mem, "dmu_p%s", turn), b.dp.mu);
    result(name_of(mem, "dlogvar_p%s", turn), b.dp.logvar);
}

static void loss_of(Mat y, Mat x, Code q, Code p, float sd, float beta, Arena *mem)
{
    y = given("y", y);
    x = given("x", x);
    q = (Code){given("mu_q", q.mu), given("logvar_q", q.logvar)};
    p = (Code){given("mu_p", p.mu), given("logvar_p", p.logvar)};
    results_of(cvae_loss(y, x, q, p, sd, beta, mem), "", mem);
}

static void loss_by_hand(Rng *rng, Arena *mem)
{
    Code q = {ROWS(2, 1, 2, 0), ROWS(2, 1, 0, 2)}, p = {ROWS(2, 1, -1, .5f), ROWS(2, 1, 1, 0)};
    loss_of(ROWS(2, 3, 1, 0, -3, 2, 5, 0), ROWS(2, 3, 3, 0, 1, 2, 4, 2), q, p, 3, 5, mem);
}

static void loss_random(Rng *rng, Arena *mem)
{
    Mat y = random_mat(7, 5, 1, rng, mem), x = random_mat(7, 5, 1, rng, mem);
    Code q = {random_mat(7, 3, 1, rng, mem), random_mat(7, 3, 1, rng, mem)};
    Code p = {random_mat(7, 3, 1, rng, mem), random_mat(7, 3, 1, rng, mem)};
    loss_of(y, x, q, p, .3f, .7f, mem);
}

/* q is p: a code that says nothing costs nothing */
static void loss_same(Rng *rng, Arena *mem)
{
    Mat mu = random_mat(4, 3, 1, rng, mem), logvar = random_mat(4, 3, 1, rng, mem);
    Code q = {mu, logvar}, p = {mat_copy(mem, mu), mat_copy(mem, logvar)};
    Mat y = random_mat(4, 5, 1, rng, mem), x = random_mat(4, 5, 1, rng, mem);
    loss_of(y, x, q, p, 1.5f, 2, mem);
}

/* 480,000 numbers: added up in a float they lose digits */
static void loss_many(Rng *rng, Arena *mem)
{
    Mat y = uniform(160, 3000, 9.9f, 10.1f, rng, mem), x = mat_zeros(mem, 160, 3000),
        zero = untold("logvar", mat_zeros(mem, 160, 3000));
    Code q = {untold("mu_q", uniform(160, 3000, 44.6f, 44.8f, rng, mem)), zero},
         p = {untold("mu_p", mat_zeros(mem, 160, 3000)), zero};
    Bound b = cvae_loss(untold("y", y), untold("x", x), q, p, 1, 1, mem);
    result_value("rec", (double)b.rec);
    result_value("kl", (double)b.kl);
}

/* ---- 5. attribute_sweep ---- */

static void sweep_by_hand(Rng *rng, Arena *mem)
{
    Mat value = given("value", ROWS(1, 4, 5, 2, 7, 1));
    result("middle", attribute_sweep(value, 2, 4, mem));
    result("first", attribute_sweep(value, 0, 2, mem));
    result("last", attribute_sweep(value, 3, 1, mem));
}

/* ---- 6. read_colour ---- */

static double colour_of(Mat x, Mat ink, Mat paper)
{
    return read_colour(given("x", x), given("ink", ink), given("paper", paper));
}

#define WHITE ROWS(1, 3, 1, 1, 1)

/* each of four inks on white, on a third of the pixels */
static void colour_plain(Rng *rng, Arena *mem)
{
    Mat ink = ROWS(4, 3, .9f, .1f, .1f, .1f, .7f, .2f, .1f, .2f, .9f, .9f, .8f, .1f);
    for (int c = 0; c < 4; c++) {
        Mat x = mat_new(mem, 12, 3);
        mat_fill(x, 1);
        for (int i = 4; i < 8; i++) mat_set(mat_rows(x, i, 1), mat_rows(ink, c, 1));
        result_value(name_of(mem, "ink%d", c), colour_of(x, ink, WHITE));
    }
}

/* contrasts 0, .0196, .0225 */
static void colour_nothing(Rng *rng, Arena *mem)
{
    Mat ink = ROWS(2, 3, .2f, .2f, .9f, .9f, .2f, .2f);
    result_value("empty", colour_of(ROWS(2, 3, 1, 1, 1, 1, 1, 1), ink, WHITE));
    result_value("faint", colour_of(ROWS(2, 3, 1, 1, 1, 1, 1, .86f), ink, WHITE));
    result_value("just", colour_of(ROWS(2, 3, 1, 1, 1, .85f, 1, 1), ink, WHITE));
}

/* a red at half its light is nearer to brown, until shades count */
static void colour_shade(Rng *rng, Arena *mem)
{
    Mat ink = ROWS(2, 3, .5f, .1f, .1f, .9f, .1f, .1f);
    result_value("dark", colour_of(ROWS(2, 3, 1, 1, 1, .45f, .05f, .05f), ink, WHITE));
}

/* Inks that would fit if they might be as dark or as light as they like: at a shade of .4, of 1.2; and they may at .5
 * and 1.05. */
static void colour_edges(Rng *rng, Arena *mem)
{
    Mat dark = ROWS(2, 3, 1, .5f, 0, .4f, .23f, 0), light = ROWS(2, 3, .5f, .25f, 0, .6f, .27f, 0);
    result_value("too_dark", colour_of(ROWS(1, 3, .4f, .2f, 0), dark, WHITE));
    result_value("dark", colour_of(ROWS(1, 3, .46f, .23f, 0), dark, WHITE));
    result_value("too_light", colour_of(ROWS(1, 3, .6f, .3f, 0), light, WHITE));
    result_value("light", colour_of(ROWS(1, 3, .54f, .27f, 0), light, WHITE));
}

/* Five pixels of one ink with a contrast c against one of another with contrast 1: left out below a half, with a weight
 * above. */
static void colour_votes(Rng *rng, Arena *mem)
{
    Mat ink = ROWS(2, 3, 1, 0, 0, 0, 1, 0), black = ROWS(1, 3, 0, 0, 0);
    for (int k = 0; k < 2; k++) {
        Mat x = mat_zeros(mem, 7, 3);
        row(x, 0)[0] = 1;
        for (int i = 1; i < 6; i++) row(x, i)[1] = k ? .72f : .69f;
        result_value(k ? "above" : "below", colour_of(x, ink, black));
    }
    Mat x = mat_zeros(mem, 6, 3); /* four of contrast .52 against two of 1 */
    row(x, 0)[0] = 1;
    row(x, 1)[0] = 1;
    for (int i = 2; i < 6; i++) row(x, i)[1] = .722f;
    result_value("weighed", colour_of(x, ink, black));
}

static void colour_equals(Rng *rng, Arena *mem)
{
    Mat ink = ROWS(3, 3, 0, 0, 1, .8f, .2f, .1f, .8f, .2f, .1f);
    result_value("first", colour_of(ROWS(1, 3, .8f, .2f, .1f), ink, WHITE));
}

/* ---- all together: a small model learns colour and side of a square on grey ---- */

enum { SIDE = 6, P = SIDE * SIDE, D = 3 * P, Z = 2, V = 5, B = 32 };
static const int small_values[2] = {3, 2};
static const float small_ink[9] = {.9f, .1f, .1f, .1f, .8f, .2f, .2f, .2f, .9f};

static Mat small_pictures(Mat value, Rng *rng, Arena *mem)
{
    Mat x = mat_new(mem, value.n, D);
    mat_fill(x, .6f);
    for (int i = 0; i < x.n; i++) {
        int colour = (int)row(value, i)[0], left = row(value, i)[1] == 0 ? 0 : 3, top = rng_below(rng, 4);
        for (int r = top; r < top + 3; r++)
            for (int c = left; c < left + 3; c++)
                for (int k = 0; k < 3; k++) row(x, i)[3 * (r * SIDE + c) + k] = small_ink[3 * colour + k];
    }
    return x;
}

typedef struct {
    Net look, gate, fore;
    Adam opt[3];
    Mat back;
} Small;

static Mat small_draw(Small *s, Mat z, Mat value, Trace *tg, Trace *tf, Layers *l, Arena *mem)
{
    Mat za = cond_join(z, value, small_values, mem);
    *l = (Layers){net_forward(&s->gate, za, tg), net_forward(&s->fore, za, tf), mat_rows(s->back, 0, z.n)};
    return compose_layers(*l, mem);
}

static void small_step(Small *s, Rng *rng, Arena *mem)
{
    Trace te = trace(mem, TRAIN), tg = trace(mem, TRAIN), tf = trace(mem, TRAIN);
    Mat value = random_values(B, small_values, 2, rng, mem), x = small_pictures(value, rng, mem);
    Code q = {mat_new(mem, B, Z), mat_new(mem, B, Z)}, p = {mat_zeros(mem, B, Z), mat_zeros(mem, B, Z)};
    Mat eps = random_mat(B, Z, 1, rng, mem), z = mat_new(mem, B, Z);
    mat_split(net_forward(&s->look, cond_join(x, value, small_values, mem), &te), q.mu, q.logvar);
    for (int i = 0; i < B * Z; i++) z.a[i] = q.mu.a[i] + expf(.5f * q.logvar.a[i]) * eps.a[i];
    Layers l;
    Mat y = small_draw(s, z, value, &tg, &tf, &l, mem);
    Bound b = cvae_loss(y, x, q, p, .2f, 1, mem);
    Layers d = compose_backward(b.dy, l, mem);
    net_zero_grad(&s->look);
    net_zero_grad(&s->gate);
    net_zero_grad(&s->fore);
    Mat dz = net_backward(&s->gate, d.gate, &tg, WRT_BOTH);
    mat_add(dz, net_backward(&s->fore, d.fore, &tf, WRT_BOTH));
    for (int i = 0; i < B; i++)
        for (int j = 0; j < Z; j++) {
            float back = row(dz, i)[j];
            row(b.dq.mu, i)[j] += back;
            row(b.dq.logvar, i)[j] += .5f * back * row(eps, i)[j] * expf(.5f * row(q.logvar, i)[j]);
        }
    net_backward(&s->look, mat_join(mem, b.dq.mu, b.dq.logvar), &te, WRT_PARAMS);
    adam_step(&s->look, &s->opt[0]);
    adam_step(&s->gate, &s->opt[1]);
    adam_step(&s->fore, &s->opt[2]);
}

static void honoured(Rng *rng, Arena *mem)
{
    Small s = {.opt = {adam(5e-3f), adam(5e-3f), adam(5e-3f)}};
    s.look = net_new("look", (Shape){1, 1, D + V}, mem);
    s.gate = net_new("gate", (Shape){1, 1, Z + V}, mem);
    s.fore = net_new("fore", (Shape){1, 1, Z + V}, mem);
    net_dense(&s.look, 32, rng);
    net_relu(&s.look);
    net_dense(&s.look, 2 * Z, rng);
    net_dense(&s.gate, 32, rng);
    net_relu(&s.gate);
    net_dense(&s.gate, P, rng);
    net_sigmoid(&s.gate);
    net_dense(&s.fore, 32, rng);
    net_relu(&s.fore);
    net_dense(&s.fore, D, rng);
    net_sigmoid(&s.fore);
    s.back = mat_new(mem, 128, D);
    mat_fill(s.back, .6f);
    size_t mark = mem->used;
    for (int step = 0; step < 700; step++) {
        arena_rewind(mem, mark);
        small_step(&s, rng, mem);
    }

    Trace tg = trace(mem, EVAL), tf = trace(mem, EVAL);
    Layers l;
    Mat value = random_values(128, small_values, 2, rng, mem);
    Mat x = small_draw(&s, random_mat(128, Z, 1, rng, mem), value, &tg, &tf, &l, mem);
    int colours = 0, sides = 0;
    for (int i = 0; i < x.n; i++) {
        double weight[2] = {0, 0};
        for (int p = 0; p < P; p++)
            for (int k = 0; k < 3; k++) {
                double off = (double)row(x, i)[3 * p + k] - (double).6f;
                weight[p % SIDE / 3] += off * off;
            }
        sides += (weight[1] > weight[0]) == (row(value, i)[1] == 1);
        Mat ink = ROWS(3, 3, .9f, .1f, .1f, .1f, .8f, .2f, .2f, .2f, .9f);
        colours +=
            read_colour(mat_reshape(mat_rows(x, i, 1), P, 3), ink, ROWS(1, 3, .6f, .6f, .6f)) == (int)row(value, i)[0];
    }
    result_value("colours", colours / 128.);
    result_value("sides", sides / 128.);
}

/* ---- sizes and numbers from the seed: all 1, all few, then each letter in turn larger than the lab's own ---- */

enum {
    MANY_SAMPLES = 32,
    MANY_COLUMNS = 128,
    MANY_ATTRIBUTES = 7,
    MANY_PIXELS = 1024,
    MANY_COLOURS = 3,
    MANY_LATENTS = 8,
    MANY_INKS = 8
};

static void join_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 5; turn++) {
        int n = turn_size(turn, 0, MANY_SAMPLES, rng), m = turn_size(turn, 1, MANY_COLUMNS, rng);
        int A = turn_size(turn, 2, MANY_ATTRIBUTES, rng), *values = arena_alloc(mem, (size_t)A * sizeof *values);
        for (int k = 0; k < A; k++) values[k] = size_in(1, 9, rng);
        Mat x = untold("x", random_mat(n, m, 1, rng, mem)),
            value = untold("value", random_values(n, values, A, rng, mem));
        result(name_of(mem, "y%d", turn), cond_join(x, value, values, mem));
    }
}

static void compose_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, p, MANY_PIXELS, c, MANY_COLOURS) {
        Layers l = {untold("gate", uniform(n, p, 0, 1, rng, mem)), untold("fore", random_mat(n, p * c, 1, rng, mem)),
                    untold("back", random_mat(n, p * c, 1, rng, mem))};
        result(name_of(mem, "x%d", turn), compose_layers(l, mem));
    }
}

static void backward_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, p, MANY_PIXELS, c, MANY_COLOURS) {
        Layers l = {untold("gate", uniform(n, p, 0, 1, rng, mem)), untold("fore", random_mat(n, p * c, 1, rng, mem)),
                    untold("back", random_mat(n, p * c, 1, rng, mem))};
        Layers d = compose_backward(untold("dx", random_mat(n, p * c, 1, rng, mem)), l, mem);
        result(name_of(mem, "dgate%d", turn), d.gate);
        result(name_of(mem, "dfore%d", turn), d.fore);
        result(name_of(mem, "dback%d", turn), d.back);
    }
}

static void loss_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_PIXELS, z, MANY_LATENTS) {
        float sd = .2f + .5f * rng_uniform(rng), beta = .3f + 3 * rng_uniform(rng);
        Mat y = untold("y", random_mat(n, d, 1, rng, mem)), x = untold("x", random_mat(n, d, 1, rng, mem));
        Code q = {untold("mu_q", random_mat(n, z, 1, rng, mem)), untold("logvar_q", random_mat(n, z, 1, rng, mem))};
        Code p = {untold("mu_p", random_mat(n, z, 1, rng, mem)), untold("logvar_p", random_mat(n, z, 1, rng, mem))};
        results_of(cvae_loss(y, x, q, p, sd, beta, mem), name_of(mem, "%d", turn), mem);
    }
}

static void sweep_sizes(Rng *rng, Arena *mem)
{
    SIZES(A, MANY_ATTRIBUTES, values, MANY_INKS) {
        Mat value = mat_new(mem, 1, A);
        for (int k = 0; k < A; k++) value.a[k] = (float)size_in(0, 9, rng);
        result(name_of(mem, "sweep%d", turn),
               attribute_sweep(given("value", value), size_in(0, A - 1, rng), values, mem));
    }
}

/* Every third pixel is of one ink, at a shade that it may have; so no other ink comes near. */
static void colour_sizes(Rng *rng, Arena *mem)
{
    SIZES(p, MANY_PIXELS, k, MANY_INKS) {
        int c = rng_below(rng, k);
        Mat ink = uniform(k, 3, .1f, .6f, rng, mem), paper = uniform(1, 3, .9f, 1, rng, mem),
            x = mat_repeat(mem, paper, p);
        for (int i = 0; i < p; i += 3)
            for (int j = 0; j < 3; j++) row(x, i)[j] = (.5f + .05f * (float)(i % 10)) * row(ink, c)[j];
        result_value(name_of(mem, "colour%d", turn),
                     read_colour(untold("x", x), untold("ink", ink), untold("paper", paper)));
    }
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(join_by_hand),  CASE(join_bare),        CASE(join_sizes),      CASE(compose_by_hand), CASE(compose_grey),
    CASE(compose_sizes), CASE(backward_by_hand), CASE(backward_random), CASE(backward_sizes),  CASE(loss_by_hand),
    CASE(loss_random),   CASE(loss_same),        CASE(loss_many),       CASE(loss_sizes),      CASE(sweep_by_hand),
    CASE(sweep_sizes),   CASE(colour_plain),     CASE(colour_nothing),  CASE(colour_shade),    CASE(colour_edges),
    CASE(colour_votes),  CASE(colour_equals),    CASE(colour_sizes),    CASE(honoured),        {0},
};
