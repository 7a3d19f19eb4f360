/* Cases of lab 11: inputs and calls, no expected values. */
#include "11_latent_walk.h"
#include "driver.h"

#include <math.h>

static Mat uniform(int n, int d, float lo, float hi, Rng *rng, Arena *mem)
{
    Mat x = mat_new(mem, n, d);
    mat_uniform(x, lo, hi, rng);
    return x;
}

/* one in `values` is unclear */
static Mat random_seen(int n, int attributes, int values, Rng *rng, Arena *mem)
{
    Mat x = mat_new(mem, n, attributes);
    for (int i = 0; i < n * attributes; i++) x.a[i] = (float)(rng_below(rng, values) - 1);
    return x;
}

/* ---- 1. lerp, 2. slerp ---- */

static void lerp_by_hand(Rng *rng, Arena *mem)
{
    Mat a = given("a", ROWS(2, 2, 0, 4, 1, -2)), b = given("b", ROWS(2, 2, 8, 0, 3, 2));
    result("x", lerp(a, b, .25f, mem));
}

static void lerp_beyond(Rng *rng, Arena *mem)
{
    Mat a = given("a", ROWS(1, 3, 0, 4, 1)), b = given("b", ROWS(1, 3, 8, 0, 3));
    result("start", lerp(a, b, 0, mem));
    result("end", lerp(a, b, 1, mem));
    result("after", lerp(a, b, 1.5f, mem));
    result("before", lerp(a, b, -.5f, mem));
}

/* right angles, ends of other lengths; 60 degrees; 120 */
static void slerp_by_hand(Rng *rng, Arena *mem)
{
    Mat a = given("a", ROWS(3, 2, 3, 0, 1, 0, 2, 0)), b = given("b", ROWS(3, 2, 0, 4, .5f, .8660254f, -1, 1.7320508f));
    result("third", slerp(a, b, 1.f / 3, mem));
    result("half", slerp(a, b, .5f, mem));
}

static void slerp_ends(Rng *rng, Arena *mem)
{
    Mat a = given("a", random_mat(5, 7, 1, rng, mem)), b = given("b", random_mat(5, 7, 1, rng, mem));
    result("start", slerp(a, b, 0, mem));
    result("end", slerp(a, b, 1, mem));
}

/* between points of a sphere one stays on it */
static void slerp_length(Rng *rng, Arena *mem)
{
    Mat a = random_mat(6, 9, 1, rng, mem), b = random_mat(6, 9, 1, rng, mem);
    for (int i = 0; i < 6; i++) {
        Mat from = mat_rows(a, i, 1), to = mat_rows(b, i, 1);
        mat_scale(from, 3 / mat_norm(from));
        mat_scale(to, 3 / mat_norm(to));
    }
    a = given("a", a);
    b = given("b", b);
    float t = .1f + .8f * rng_uniform(rng);
    result("x", slerp(a, b, t, mem));
}

/* the same way, against it, from nowhere, to nowhere, an angle of 1e-6 */
static void slerp_straight(Rng *rng, Arena *mem)
{
    Mat a = given("a", ROWS(5, 2, 1, 2, 1, 2, 0, 0, 3, 4, 1, 0));
    Mat b = given("b", ROWS(5, 2, 2, 4, -3, -6, 5, 7, 0, 0, 1, 1e-6f));
    result("x", slerp(a, b, .25f, mem));
}

/* ---- 3. concept_mean ---- */

static void mean_of(Mat w, Mat seen, Mat want, int from, int most, Arena *mem)
{
    Concept c = concept_mean(given("w", w), given("seen", seen), given("want", want), from, most, mem);
    result("mean", c.mean);
    result_value("n", c.n);
}

#define FIVE ROWS(5, 2, 1, 10, 2, 20, 4, 40, 8, 80, 16, 160)
#define SEEN ROWS(5, 3, 1, 0, 2, 1, 3, 2, 0, 0, 2, 1, 2, 2, 1, -1, 2)

static void concept_by_hand(Rng *rng, Arena *mem) { mean_of(FIVE, SEEN, ROWS(1, 3, 1, -1, 2), 0, 2, mem); }
static void concept_around(Rng *rng, Arena *mem) { mean_of(FIVE, SEEN, ROWS(1, 3, 1, -1, 2), 4, 3, mem); }
static void concept_all(Rng *rng, Arena *mem) { mean_of(FIVE, SEEN, ROWS(1, 3, -1, -1, 2), 2, 9, mem); }
static void concept_one(Rng *rng, Arena *mem) { mean_of(FIVE, SEEN, ROWS(1, 3, 1, 0, 2), 1, 3, mem); }
static void concept_none(Rng *rng, Arena *mem) { mean_of(FIVE, SEEN, ROWS(1, 3, 0, 1, 2), 3, 3, mem); }

/* 300,000 numbers: added up in a float they lose digits */
static void concept_many(Rng *rng, Arena *mem)
{
    enum { N = 300000 };
    Mat w = untold("w", uniform(N, 1, 44.6f, 44.8f, rng, mem)), seen = untold("seen", mat_zeros(mem, N, 1));
    Concept c = concept_mean(w, seen, given("want", ROWS(1, 1, 0)), 7, N, mem);
    result("mean", c.mean);
    result_value("n", c.n);
}

/* ---- 4. latent_arithmetic ---- */

static void arithmetic_by_hand(Rng *rng, Arena *mem)
{
    Mat a = given("a", ROWS(2, 2, 5, 1, 0, 3)), b = given("b", ROWS(2, 2, 2, 7, 1, 1)),
        c = given("c", ROWS(2, 2, 10, 100, 20, 200));
    result("x", latent_arithmetic(a, b, c, 1, mem));
}

static void arithmetic_doses(Rng *rng, Arena *mem)
{
    Mat a = given("a", ROWS(1, 2, 5, 1)), b = given("b", ROWS(1, 2, 2, 7)), c = given("c", ROWS(1, 2, 10, 100));
    result("none", latent_arithmetic(a, b, c, 0, mem));
    result("half", latent_arithmetic(a, b, c, .5f, mem));
    result("back", latent_arithmetic(a, b, c, -2, mem));
}

/* A linear generator draws from w what is shape and what is colour: sums are exact. */
static void arithmetic_linear(Rng *rng, Arena *mem)
{
    enum { D = 6, PIXELS = 11 };
    Mat shape = random_mat(2, D, 1, rng, mem), colour = random_mat(2, D, 1, rng, mem),
        G = random_mat(D, PIXELS, 1, rng, mem);
    Mat w[4];
    for (int k = 0; k < 4; k++) { /* a: 0 1, b: 0 0, c: 1 0, wanted: 1 1 */
        w[k] = mat_copy(mem, mat_rows(shape, k >= 2, 1));
        mat_add(w[k], mat_rows(colour, k == 0 || k == 3, 1));
    }
    Mat a = given("a", w[0]), b = given("b", w[1]), c = given("c", w[2]);
    given("wanted", mat_mul(mem, w[3], G));
    result("drawn", mat_mul(mem, latent_arithmetic(a, b, c, 1, mem), G));
}

/* ---- 5. path_score ---- */

static void score_of(Mat x, Mat seen, const char *turn, Arena *mem)
{
    Walk w = path_score(x, seen);
    result_value(name_of(mem, "length%s", turn), (double)w.length);
    result_value(name_of(mem, "jump%s", turn), (double)w.jump);
    result_value(name_of(mem, "clear%s", turn), (double)w.clear);
}

/* steps of 5, 0 and 12 */
static void path_by_hand(Rng *rng, Arena *mem)
{
    Mat x = given("x", ROWS(4, 2, 0, 0, 3, 4, 3, 4, 3, 16)),
        seen = given("seen", ROWS(4, 2, 1, -1, -1, 0, 0, 3, 2, -1));
    score_of(x, seen, "", mem);
}

static void path_still(Rng *rng, Arena *mem)
{
    score_of(given("x", ROWS(3, 2, 7, 1, 7, 1, 7, 1)), given("seen", ROWS(3, 1, -1, -1, -1)), "", mem);
}

/* a straight line of equal steps */
static void path_even(Rng *rng, Arena *mem)
{
    int n = size_in(3, 12, rng);
    Mat x = mat_new(mem, n, 3), seen = mat_zeros(mem, n, 2), step = random_mat(1, 3, 1, rng, mem);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < 3; j++) row(x, i)[j] = (float)i * step.a[j];
    score_of(given("x", x), given("seen", seen), "", mem);
}

/* 200,000 steps: added up in a float they lose digits */
static void path_many(Rng *rng, Arena *mem)
{
    enum { N = 200000 };
    Mat x = uniform(N, 1, 0, .001f, rng, mem);
    for (int i = 0; i < N; i += 2) x.a[i] += .7f;
    score_of(untold("x", x), untold("seen", mat_zeros(mem, N, 1)), "", mem);
}

/* ---- all together: concepts that are planted, and a walk from one to another ---- */

enum { SHAPES = 3, COLOURS = 4, D = 12, N = 240 };

static Mat centre(Mat shape, Mat colour, int s, int c, Arena *mem)
{
    Mat w = mat_copy(mem, mat_rows(shape, s, 1));
    mat_add(w, mat_rows(colour, c, 1));
    return w;
}

static Mat mean_at(Mat w, Mat seen, int s, int c, Arena *mem)
{
    Mat want = mat_new(mem, 1, 2);
    want.a[0] = (float)s;
    want.a[1] = (float)c;
    return concept_mean(w, seen, want, 5, 3, mem).mean;
}

static void planted(Rng *rng, Arena *mem)
{
    Mat shape = random_mat(SHAPES, D, 2, rng, mem), colour = random_mat(COLOURS, D, 2, rng, mem);
    Mat w = random_mat(N, D, .05f, rng, mem), seen = mat_new(mem, N, 2);
    for (int i = 0; i < N; i++) {
        int s = i % SHAPES, c = i / SHAPES % COLOURS;
        row(seen, i)[0] = (float)s;
        row(seen, i)[1] = (float)c;
        mat_add(mat_rows(w, i, 1), centre(shape, colour, s, c, mem));
    }
    double worst = 0;
    for (int s = 1; s < SHAPES; s++)
        for (int c = 1; c < COLOURS; c++) {
            Mat sum = latent_arithmetic(mean_at(w, seen, 0, c, mem), mean_at(w, seen, 0, 0, mem),
                                        mean_at(w, seen, s, 0, mem), 1, mem);
            mat_sub(sum, centre(shape, colour, s, c, mem));
            worst = fmax(worst, (double)mat_norm(sum));
        }
    result_value("worst", worst);

    enum { STOPS = 11 };
    Mat a = mean_at(w, seen, 0, 0, mem), b = mean_at(w, seen, 1, 1, mem), round = mat_new(mem, STOPS, D),
        straight = mat_new(mem, STOPS, D);
    mat_scale(a, 1 / mat_norm(a));
    mat_scale(b, 1 / mat_norm(b));
    for (int i = 0; i < STOPS; i++) {
        mat_set(mat_rows(round, i, 1), slerp(a, b, (float)i / (STOPS - 1), mem));
        mat_set(mat_rows(straight, i, 1), lerp(a, b, (float)i / (STOPS - 1), mem));
    }
    Mat unread = mat_zeros(mem, STOPS, 1);
    Walk arc = path_score(round, unread), line = path_score(straight, unread);
    result_value("arc_jump", (double)arc.jump);
    result_value("line_jump", (double)line.jump);
    result_value("longer", (double)(arc.length - line.length));
}

/* ---- sizes and numbers from the seed: all 1, all few, then each letter in turn larger than the lab's own ---- */

enum { MANY_WALKS = 64, MANY_DIMENSIONS = 64, MANY_PICTURES = 64, MANY_ATTRIBUTES = 7, MANY_NUMBERS = 512 };

static void lerp_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_WALKS, z, MANY_DIMENSIONS) {
        float t = 2 * rng_uniform(rng) - .5f;
        Mat a = untold("a", random_mat(n, z, 1, rng, mem)), b = untold("b", random_mat(n, z, 1, rng, mem));
        result(name_of(mem, "x%d", turn), lerp(a, b, t, mem));
    }
}

static void slerp_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_WALKS, z, MANY_DIMENSIONS) {
        float t = rng_uniform(rng);
        Mat a = untold("a", random_mat(n, z, 1, rng, mem)), b = untold("b", random_mat(n, z, 1, rng, mem));
        result(name_of(mem, "x%d", turn), slerp(a, b, t, mem));
    }
}

static void concept_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_PICTURES, z, MANY_DIMENSIONS, A, MANY_ATTRIBUTES) {
        Mat w = untold("w", random_mat(n, z, 1, rng, mem)), seen = random_seen(n, A, 3, rng, mem);
        int like = rng_below(rng, n), from = rng_below(rng, n), most = size_in(1, 4, rng);
        Mat want = mat_copy(mem, mat_rows(seen, like, 1));
        for (int k = 2; k < A; k++) want.a[k] = -1;
        Concept c = concept_mean(w, untold("seen", seen), untold("want", want), from, most, mem);
        result(name_of(mem, "mean%d", turn), c.mean);
        result_value(name_of(mem, "n%d", turn), c.n);
    }
}

static void arithmetic_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_WALKS, z, MANY_DIMENSIONS) {
        float t = 3 * rng_uniform(rng) - 1;
        Mat a = untold("a", random_mat(n, z, 1, rng, mem)), b = untold("b", random_mat(n, z, 1, rng, mem));
        Mat c = untold("c", random_mat(n, z, 1, rng, mem));
        result(name_of(mem, "x%d", turn), latent_arithmetic(a, b, c, t, mem));
    }
}

static void path_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 5; turn++) {
        int n = 1 + turn_size(turn, 0, MANY_PICTURES, rng), d = turn_size(turn, 1, MANY_NUMBERS, rng),
            A = turn_size(turn, 2, MANY_ATTRIBUTES, rng);
        Mat x = untold("x", random_mat(n, d, 1, rng, mem)), seen = untold("seen", random_seen(n, A, 3, rng, mem));
        score_of(x, seen, name_of(mem, "%d", turn), mem);
    }
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(lerp_by_hand),     CASE(lerp_beyond),
    CASE(lerp_sizes),       CASE(slerp_by_hand),
    CASE(slerp_ends),       CASE(slerp_length),
    CASE(slerp_straight),   CASE(slerp_sizes),
    CASE(concept_by_hand),  CASE(concept_around),
    CASE(concept_all),      CASE(concept_one),
    CASE(concept_none),     CASE(concept_many),
    CASE(concept_sizes),    CASE(arithmetic_by_hand),
    CASE(arithmetic_doses), CASE(arithmetic_linear),
    CASE(arithmetic_sizes), CASE(path_by_hand),
    CASE(path_still),       CASE(path_even),
    CASE(path_many),        CASE(path_sizes),
    CASE(planted),          {0},
};
