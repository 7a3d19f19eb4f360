/* Cases of lab 07: inputs and calls, no expected values. */
#include "07_gan_1d.h"
#include "driver.h"

#include <math.h>

/* ---- optimal_d, ratio_from_d ---- */

static void best_of(Mat p, Mat q, Arena *mem)
{
    p = given("p", p);
    q = given("q", q);
    result("d", optimal_d(p, q, mem));
}

static void best_by_hand(Rng *rng, Arena *mem)
{
    best_of(ROWS(5, 1, .2f, .5f, 0, .9f, 0), ROWS(5, 1, .2f, 0, .4f, .1f, 0), mem);
}

/* Two Gaussians of one width. line: their means and their sd. */
static void best_straight(Rng *rng, Arena *mem)
{
    float a = rng_uniform(rng), b = a - 1 - rng_uniform(rng), sd = .8f + .4f * rng_uniform(rng);
    Line p = {1, {1}, {a}, {sd}}, q = {1, {1}, {b}, {sd}};
    Mat x = given("x", grid_points((a + b) / 2 - 1.5f, (a + b) / 2 + 1.5f, 31, 1, mem));
    given("line", ROWS(1, 3, a, b, sd));
    best_of(line_densities(&p, x, mem), line_densities(&q, x, mem), mem);
}

/* On a grid over all of both densities, for a quadrature. */
static void best_value(Rng *rng, Arena *mem)
{
    Line p = {2, {.4f, .6f}, {-1, 1.5f}, {.8f, .6f}}, q = {1, {1}, {rng_uniform(rng)}, {1.3f}};
    Mat x = given("x", grid_points(-10, 10, 801, 1, mem));
    best_of(line_densities(&p, x, mem), line_densities(&q, x, mem), mem);
}

static void best_equal(Rng *rng, Arena *mem)
{
    float mean = rng_uniform(rng), sd = .5f + rng_uniform(rng);
    Line p = {1, {1}, {mean}, {sd}};
    Mat x = given("x", grid_points(-10, 10, 801, 1, mem)), density = line_densities(&p, x, mem);
    best_of(density, density, mem);
}

static void ratio_by_hand(Rng *rng, Arena *mem)
{
    result("ratio", ratio_from_d(given("d", ROWS(4, 1, .5f, .75f, .2f, .9375f)), mem));
}

static Mat positive(int n, Rng *rng, Arena *mem)
{
    Mat p = mat_new(mem, n, 1);
    for (int i = 0; i < n; i++) p.a[i] = .05f + rng_uniform(rng);
    return p;
}

/* d is made without the student's own optimal_d */
static void ratio_back(Rng *rng, Arena *mem)
{
    Mat p = given("p", positive(20, rng, mem)), q = given("q", positive(20, rng, mem)), d = mat_new(mem, 20, 1);
    for (int i = 0; i < d.n; i++) d.a[i] = p.a[i] / (p.a[i] + q.a[i]);
    result("ratio", ratio_from_d(given("d", d), mem));
}

static void there_and_back(Rng *rng, Arena *mem)
{
    Mat p = given("p", positive(20, rng, mem)), q = given("q", positive(20, rng, mem));
    result("ratio", ratio_from_d(optimal_d(p, q, mem), mem));
}

/* ---- d_loss, g_loss ---- */

static void d_of(Mat real, Mat fake, Arena *mem)
{
    real = given("real", real);
    fake = given("fake", fake);
    DLoss L = d_loss(real, fake, mem);
    result_value("loss", (double)L.value);
    result("dreal", L.dreal);
    result("dfake", L.dfake);
}

static void d_by_hand(Rng *rng, Arena *mem) { d_of(ROWS(2, 1, 0, logf(3)), ROWS(3, 1, 0, -logf(3), logf(3)), mem); }
static void d_large(Rng *rng, Arena *mem) { d_of(ROWS(2, 1, 1000, -1000), ROWS(2, 1, 1000, -1000), mem); }
static void d_random(Rng *rng, Arena *mem)
{
    Mat real = random_mat(6, 1, 2, rng, mem), fake = random_mat(9, 1, 2, rng, mem);
    d_of(real, fake, mem);
}

static void g_of(Mat fake, Arena *mem)
{
    fake = given("fake", fake);
    Loss saturating = g_loss(fake, true, mem), other = g_loss(fake, false, mem);
    result_value("loss_saturating", (double)saturating.value);
    result("dfake_saturating", saturating.grad);
    result_value("loss_nonsaturating", (double)other.value);
    result("dfake_nonsaturating", other.grad);
}

static void g_by_hand(Rng *rng, Arena *mem) { g_of(ROWS(2, 1, 0, -logf(3)), mem); }
static void g_large(Rng *rng, Arena *mem) { g_of(ROWS(2, 1, 1000, -1000), mem); }
static void g_random(Rng *rng, Arena *mem) { g_of(random_mat(7, 1, 2, rng, mem), mem); }

/* ---- game_step ---- */

static void play(float x, float y, float eta, bool alternating, int steps, Arena *mem)
{
    Mat way = mat_new(mem, steps + 1, 2);
    given("eta", ROWS(1, 1, eta));
    for (int i = 0; i <= steps; i++) {
        row(way, i)[0] = x;
        row(way, i)[1] = y;
        if (i < steps) game_step(&x, &y, eta, alternating);
    }
    result(alternating ? "alternating" : "simultaneous", way);
}

static void game_by_hand(Rng *rng, Arena *mem)
{
    play(1, 2, .5f, false, 1, mem);
    play(1, 2, .5f, true, 1, mem);
}

static void game_grows(Rng *rng, Arena *mem)
{
    float x = 1 + rng_uniform(rng), y = rng_uniform(rng), eta = .1f + .1f * rng_uniform(rng);
    play(x, y, eta, false, 60, mem);
}

static void game_circles(Rng *rng, Arena *mem)
{
    float x = 1 + rng_uniform(rng), y = rng_uniform(rng), eta = .1f + .3f * rng_uniform(rng);
    play(x, y, eta, true, 300, mem);
}

/* ---- all together: a generator of one number, x = z + theta, against a D that is a straight line, at three seeds ----
 */

enum { B = 256 };
static float one_number(Rng *rng, Arena *mem)
{
    float theta = -1, a = 0, b = 0;
    size_t mark = mem->used;
    for (int step = 0; step < 60; step++) {
        arena_rewind(mem, mark);
        Mat real = random_mat(B, 1, 1, rng, mem), fake = random_mat(B, 1, 1, rng, mem), vr = mat_new(mem, B, 1),
            vf = mat_new(mem, B, 1);
        for (int i = 0; i < B; i++) {
            real.a[i] += 2;
            fake.a[i] += theta;
        }
        size_t here = mem->used;
        for (int k = 0; k < 20; k++) { /* D keeps up */
            arena_rewind(mem, here);
            for (int i = 0; i < B; i++) {
                vr.a[i] = a * real.a[i] + b;
                vf.a[i] = a * fake.a[i] + b;
            }
            DLoss L = d_loss(vr, vf, mem);
            a -= .3f * (float)(mat_dot(L.dreal, real) + mat_dot(L.dfake, fake));
            b -= .3f * (mat_mean(L.dreal) + mat_mean(L.dfake)) * B;
        }
        for (int i = 0; i < B; i++) vf.a[i] = a * fake.a[i] + b;
        Loss L = g_loss(vf, false, mem);
        theta -= .5f * a * mat_mean(L.grad) * B;
    }
    return theta;
}

static void three_seeds(Rng *rng, Arena *mem)
{
    Mat theta = room(3, 1);
    for (int i = 0; i < 3; i++) theta.a[i] = one_number(rng, mem);
    result("theta", theta);
}

/* ---- sizes and numbers from the seed: all 1, all few, then each letter in turn larger than the lab's own ---- */

enum { MANY_SAMPLES = 800 };

/* densities from 1e-30 to 1e30: no eps belongs in the quotient */
static void best_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES) {
        Mat p = positive(n, rng, mem), q = positive(n, rng, mem);
        for (int i = 0; i < n; i++) {
            float scale = powf(10, (float)size_in(-30, 30, rng));
            p.a[i] *= scale;
            q.a[i] *= scale;
        }
        result(name_of(mem, "d%d", turn), optimal_d(untold("p", p), untold("q", q), mem));
    }
}

static void ratio_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 3; turn++) {
        Mat d = mat_new(mem, turn_size(turn, 0, MANY_SAMPLES, rng), 1);
        mat_uniform(d, .01f, .99f, rng);
        result(name_of(mem, "ratio%d", turn), ratio_from_d(untold("d", d), mem));
    }
    Mat sure = ratio_from_d(given("d", ROWS(2, 1, .5f, 1)), mem);
    result_value("half", (double)row(sure, 0)[0]);
    result_value("infinite", isinf(row(sure, 1)[0]) && row(sure, 1)[0] > 0);
}

static void d_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, m, MANY_SAMPLES) {
        Mat real = untold("real", random_mat(n, 1, 2, rng, mem)), fake = untold("fake", random_mat(m, 1, 2, rng, mem));
        DLoss L = d_loss(real, fake, mem);
        result_value(name_of(mem, "loss%d", turn), (double)L.value);
        result(name_of(mem, "dreal%d", turn), L.dreal);
        result(name_of(mem, "dfake%d", turn), L.dfake);
    }
}

static void g_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 6; turn++) {
        Loss L = g_loss(untold("fake", random_mat(turn_size(turn / 2, 0, MANY_SAMPLES, rng), 1, 2, rng, mem)), turn % 2,
                        mem);
        result_value(name_of(mem, "loss%d", turn), (double)L.value);
        result(name_of(mem, "dfake%d", turn), L.grad);
    }
}

static void game_numbers(Rng *rng, Arena *mem)
{
    Mat after = room(6, 2);
    for (int i = 0; i < after.n; i++) {
        float x = 2 * rng_normal(rng), y = 2 * rng_normal(rng), eta = .1f + 1.5f * rng_uniform(rng);
        game_step(&x, &y, eta, i % 2);
        row(after, i)[0] = x;
        row(after, i)[1] = y;
    }
    result("after", after);
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(best_by_hand),
    CASE(best_straight),
    CASE(best_value),
    CASE(best_equal),
    CASE(ratio_by_hand),
    CASE(ratio_back),
    CASE(d_by_hand),
    CASE(d_large),
    CASE(d_random),
    CASE(g_by_hand),
    CASE(g_large),
    CASE(g_random),
    CASE(game_by_hand),
    CASE(game_grows),
    CASE(game_circles),
    CASE(there_and_back),
    CASE(three_seeds),
    CASE(best_sizes),
    CASE(ratio_sizes),
    CASE(d_sizes),
    CASE(g_sizes),
    CASE(game_numbers),
    {0},
};
