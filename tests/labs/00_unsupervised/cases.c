/* Cases of lab 00: inputs and calls, no expected values. */
#include "00_unsupervised.h"
#include "driver.h"

#include <math.h>

/* ---- cluster numbers lie in ints, which the driver does not guard; here they get guards of their own, and -1 where
 * never written ---- */

enum { GUARDS = 16, GUARD = 0x5eed };

static int *cluster_room(int n, Arena *mem)
{
    int *all = arena_alloc(mem, (size_t)(n + 2 * GUARDS) * sizeof *all);
    for (int i = 0; i < n + 2 * GUARDS; i++) all[i] = i < GUARDS || i >= n + GUARDS ? GUARD : -1;
    return all + GUARDS;
}

static void result_clusters(const char *name, const int *which, int n, Arena *mem)
{
    Mat x = mat_new(mem, n, 1);
    int touched = 0;
    for (int i = 0; i < n; i++) x.a[i] = (float)which[i];
    for (int i = 0; i < GUARDS; i++) touched += (which[-1 - i] != GUARD) + (which[n + i] != GUARD);
    result(name, x);
    result_value(name_of(mem, "outside_%s", name), touched);
}

static void assign(Mat x, Mat c, Arena *mem)
{
    int *which = cluster_room(x.n, mem);
    double inertia = kmeans_assign(given("x", x), given("c", c), which);
    result_clusters("which", which, x.n, mem);
    result_value("inertia", inertia);
}

/* n samples none of which is as good as equally far from two centroids: rounding may not decide. */
static Mat without_ties(int n, Mat c, float sd, Rng *rng, Arena *mem)
{
    Mat x = mat_new(mem, n, c.d);
    for (int i = 0; i < n; i++) {
        double best, second;
        do {
            mat_normal(mat_rows(x, i, 1), sd, rng);
            best = INFINITY;
            second = INFINITY;
            for (int k = 0; k < c.n; k++) {
                double distance = 0;
                for (int j = 0; j < c.d; j++) distance += pow((double)row(x, i)[j] - (double)row(c, k)[j], 2);
                second = fmin(second, fmax(best, distance));
                best = fmin(best, distance);
            }
        } while (best > .999 * second);
    }
    return x;
}

/* ---- 1. kmeans_assign ---- */

/* the last sample is as near to one centroid as to the other */
static void assign_by_hand(Rng *rng, Arena *mem)
{
    assign(ROWS(5, 2, 0, 0, 0, 2, 8, 0, 8, 2, 4, 1), ROWS(2, 2, 0, 1, 8, 1), mem);
}

static void assign_random(Rng *rng, Arena *mem)
{
    Mat c = random_mat(7, 4, 1, rng, mem), x = without_ties(60, c, 1, rng, mem);
    assign(x, c, mem);
}

/* far from 0: |x|^2 - 2 x c + |c|^2 in floats has no digits left */
static void assign_far(Rng *rng, Arena *mem)
{
    Mat c = random_mat(5, 3, 1, rng, mem), x = without_ties(40, c, 1, rng, mem);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] += 3000;
    for (size_t i = 0; i < mat_size(c); i++) c.a[i] += 3000;
    assign(x, c, mem);
}

/* ---- 2. kmeans_update ---- */

static void update(Mat x, const int *which, Mat c)
{
    x = given("x", x);
    c = given("c", c);
    kmeans_update(x, which, c);
    result_in_place("centroids", c);
}

static void update_by_hand(Rng *rng, Arena *mem)
{
    update(ROWS(5, 2, 0, 0, 0, 2, 8, 0, 8, 3, 8, 6), (const int[]){0, 0, 1, 1, 1}, ROWS(2, 2, 5, 5, 6, 6));
}

/* nobody is in cluster 1 */
static void update_empty(Rng *rng, Arena *mem)
{
    update(ROWS(3, 2, 1, 2, 3, 4, 10, 20), (const int[]){0, 0, 2}, ROWS(3, 2, 9, 9, 7, -7, 5, 5));
}

static void update_random(Rng *rng, Arena *mem)
{
    Mat x = random_mat(50, 3, 2, rng, mem), c = random_mat(4, 3, 1, rng, mem), group = mat_new(mem, x.n, 1);
    int which[50];
    for (int i = 0; i < x.n; i++) group.a[i] = (float)(which[i] = i < 4 ? i : rng_below(rng, 4));
    given("which", group);
    update(x, which, c);
}

/* ---- 3. covariance ---- */

static void covariance_by_hand(Rng *rng, Arena *mem)
{
    result("C", covariance(given("x", ROWS(4, 2, 2, 1, 4, 1, 6, 5, 8, 5)), mem));
}

static void covariance_random(Rng *rng, Arena *mem)
{
    result("C", covariance(given("x", random_mat(30, 5, 1, rng, mem)), mem));
}

/* mean of squares minus square of mean cancels here */
static void covariance_far(Rng *rng, Arena *mem)
{
    Mat x = random_mat(20000, 2, 1, rng, mem);
    for (int i = 0; i < x.n; i++) {
        row(x, i)[0] += 1000;
        row(x, i)[1] -= 500;
    }
    result("C", covariance(x, mem));
}

/* ---- 4. pca_power ---- */

static void power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
    Eig e = pca_power(given("cov", cov), k, steps, rng, mem);
    result("value", e.value);
    result("vec", e.vec);
}

static void power_by_hand(Rng *rng, Arena *mem) { power(ROWS(2, 2, 5, 2, 2, 2), 2, 100, rng, mem); }

/* Q diag(values) Q^T with a random orthonormal Q. */
static Mat spectrum(const float *values, int d, Rng *rng, Arena *mem)
{
    Mat Q = mat_orthonormal(mem, random_mat(d, d, 1, rng, mem)), S = mat_copy(mem, Q);
    for (int i = 0; i < d; i++)
        for (int j = 0; j < d; j++) row(S, i)[j] *= values[j];
    Mat C = mat_mul_nt(mem, S, Q);
    for (int i = 0; i < d; i++)
        for (int j = 0; j < i; j++) row(C, i)[j] = row(C, j)[i];
    return C;
}

static void power_random(Rng *rng, Arena *mem)
{
    power(spectrum((const float[]){9, 5, 3, 1.5f, .7f, .2f}, 6, rng, mem), 6, 300, rng, mem);
}

/* two of five, and two equal eigenvalues among the rest */
static void power_leading(Rng *rng, Arena *mem)
{
    power(spectrum((const float[]){4, 2, .5f, .5f, .1f}, 5, rng, mem), 2, 200, rng, mem);
}

/* variance in two directions of four only */
static void power_flat(Rng *rng, Arena *mem)
{
    power(ROWS(4, 4, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0), 4, 100, rng, mem);
}

/* ---- 5. kde_eval ---- */

static void kde_by_hand(Rng *rng, Arena *mem)
{
    result("log_p", kde_eval(given("x", ROWS(2, 1, 0, 2)), given("q", ROWS(3, 1, 0, 1, 4)), 1, mem));
}

static void kde_plane(Rng *rng, Arena *mem)
{
    Mat x = random_mat(12, 2, 1, rng, mem), q = random_mat(9, 2, 1, rng, mem);
    result("log_p", kde_eval(given("x", x), given("q", q), .4f, mem));
}

/* 50 and 100 bandwidths from every sample */
static void kde_far(Rng *rng, Arena *mem)
{
    result("log_p", kde_eval(given("x", ROWS(3, 1, 0, .01f, .02f)), given("q", ROWS(2, 1, .52f, 1.02f)), .01f, mem));
}

/* over the line, and over the plane */
static void kde_mass(Rng *rng, Arena *mem)
{
    for (int d = 1; d <= 2; d++) {
        Mat x = random_mat(15, d, 1, rng, mem), log_p;
        for (size_t i = 0; i < mat_size(x); i++) x.a[i] = fmaxf(-4, fminf(4, x.a[i]));
        int side = d == 1 ? 1201 : 121;
        log_p = kde_eval(x, grid_points(-6, 6, side, d, mem), .3f, mem);
        double sum = 0;
        for (int i = 0; i < log_p.n; i++) sum += exp((double)log_p.a[i]) * pow(12. / (side - 1), d);
        result_value(d == 1 ? "line" : "plane", sum);
        if (d == 1) result_value("points", log_p.n);
    }
}

/* ---- 6. em_step ---- */

static Gmm given_gmm(Mat weight, Mat mean, Mat cov)
{
    Gmm gmm = {given("weight", weight), given("mean", mean), given("cov", cov)};
    return gmm;
}

static void em(Mat x, Gmm m, float floor, Arena *mem)
{
    double ll = em_step(given("x", x), m, floor, mem);
    result_in_place("new_weight", m.weight);
    result_in_place("new_mean", m.mean);
    result_in_place("new_cov", m.cov);
    result_value("log_likelihood", ll);
}

/* one component: its step is the sample mean and covariance */
static void em_one(Rng *rng, Arena *mem)
{
    em(ROWS(4, 2, 2, 1, 4, 1, 6, 5, 8, 5), given_gmm(ROWS(1, 1, 1), ROWS(1, 2, 0, 0), ROWS(1, 4, 9, 0, 0, 9)), .25f,
       mem);
}

/* two narrow components, so far apart that each sample is all one's */
static void em_by_hand(Rng *rng, Arena *mem)
{
    em(ROWS(3, 1, 0, 2, 100), given_gmm(ROWS(1, 2, .5f, .5f), ROWS(2, 1, 1, 99), ROWS(2, 1, 1, 1)), .5f, mem);
}

static Gmm random_gmm(int K, int d, Rng *rng, Arena *mem)
{
    Mat weight = mat_new(mem, 1, K), mean = random_mat(K, d, 1, rng, mem), cov = mat_zeros(mem, K, d * d);
    for (int k = 0; k < K; k++) {
        weight.a[k] = (float)(k + 1) / (.5f * (float)(K * (K + 1)));
        float *c = row(cov, k), u = .4f + .2f * (float)k, v = .9f - .2f * (float)k;
        c[0] = u;
        if (d == 1) continue;
        c[1] = .15f;
        c[2] = .15f;
        c[3] = v;
    }
    return given_gmm(weight, mean, cov);
}

static void em_line(Rng *rng, Arena *mem)
{
    Mat x = random_mat(25, 1, 1.5f, rng, mem);
    em(x, random_gmm(3, 1, rng, mem), 0, mem);
}

static void em_plane(Rng *rng, Arena *mem)
{
    Mat x = random_mat(30, 2, 1.2f, rng, mem);
    em(x, random_gmm(3, 2, rng, mem), .01f, mem);
}

/* every density underflows; the second component is so far off that it explains nothing */
static void em_far(Rng *rng, Arena *mem)
{
    em(ROWS(2, 1, 60, 62), given_gmm(ROWS(1, 3, .5f, .25f, .25f), ROWS(3, 1, 0, -1000, 1), ROWS(3, 1, 1, 1, 1)), 0,
       mem);
}

/* The log-likelihood, step after step. Weights that are floats add up to 1 within 1e-7 only, which is taken out of it.
 */
static void em_climb(Rng *rng, Arena *mem)
{
    enum { STEPS = 40 };
    Mat x = random_mat(80, 2, .5f, rng, mem), ll = mat_new(mem, 1, STEPS), drop = mat_new(mem, 1, STEPS);
    for (int i = 0; i < x.n; i++) row(x, i)[i % 2] += i % 3 ? 2 : -1;
    Gmm m = {mat_copy(mem, ROWS(1, 3, .3f, .3f, .4f)), random_mat(3, 2, 1, rng, mem),
             mat_copy(mem, ROWS(3, 4, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1))};
    double before = -INFINITY, now = 0, sum;
    for (int step = 0; step < STEPS; step++, before = now) {
        sum = (double)m.weight.a[0] + (double)m.weight.a[1] + (double)m.weight.a[2];
        now = em_step(x, m, 0, mem) - log(sum);
        /* the drop in double: ll is only a float here */
        ll.a[step] = (float)now;
        drop.a[step] = (float)fmax(0, before - now);
    }
    result("ll", ll);
    result("drop", drop);
    result_value("weights", (double)m.weight.a[0] + (double)m.weight.a[1] + (double)m.weight.a[2]);
}

/* ---- all together ---- */

static Mat take_turns(Mat x, Mat c, int steps, Arena *mem)
{
    Mat inertia = mat_new(mem, 1, steps);
    int *which = cluster_room(x.n, mem);
    for (int step = 0; step < steps; step++) {
        inertia.a[step] = (float)kmeans_assign(x, c, which);
        kmeans_update(x, which, c);
    }
    return inertia;
}

/* four tight clusters on a square, from one sample of each */
static void lloyd_square(Rng *rng, Arena *mem)
{
    Mat x = random_mat(80, 2, .3f, rng, mem), c = mat_new(mem, 4, 2);
    for (int i = 0; i < x.n; i++) {
        row(x, i)[0] += i % 2 ? 4 : -4;
        row(x, i)[1] += i % 4 < 2 ? -3 : 3;
    }
    for (int k = 0; k < 4; k++) mat_set(mat_rows(c, k, 1), mat_rows(x, k, 1));
    result("inertia", take_turns(x, c, 4, mem));
    result("centroids", c);
}

/* one cloud, five centroids, and a sixth so far off that its cluster is empty */
static void lloyd_descends(Rng *rng, Arena *mem)
{
    Mat x = random_mat(120, 3, 1, rng, mem), c = mat_copy(mem, mat_rows(x, 0, 6));
    mat_fill(mat_rows(c, 5, 1), 1000);
    result("inertia", take_turns(x, c, 15, mem));
    result("centroids", c);
}

/* covariance and its axes: trace, rotation to uncorrelated codes */
static void principal(Rng *rng, Arena *mem)
{
    Mat x = random_mat(100, 4, 1, rng, mem);
    for (int i = 0; i < x.n; i++) {
        row(x, i)[0] = 3 * row(x, i)[0] + 1;
        row(x, i)[1] += row(x, i)[0];
        row(x, i)[2] *= .5f;
        row(x, i)[3] *= 1.5f;
    }
    Mat C = covariance(x, mem);
    Eig e = pca_power(C, 4, 500, rng, mem);
    double trace = 0;
    for (int i = 0; i < 4; i++) trace += (double)row(C, i)[i];
    result_value("trace", trace);
    result("value", e.value);
    result("codes", covariance(mat_mul(mem, x, e.vec), mem));
}

/* ---- sizes and numbers from the seed: all 1, all few, then each letter in turn larger than the lab's own ---- */

enum { MANY_SAMPLES = 300, MANY_FEATURES = 64, MANY_CLUSTERS = 20 };

static void assign_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_FEATURES, k, MANY_CLUSTERS) {
        Mat c = random_mat(k, d, 400, rng, mem), x = without_ties(n, c, 400, rng, mem);
        int *which = cluster_room(n, mem);
        double inertia = kmeans_assign(untold("x", x), untold("c", c), which);
        result_clusters(name_of(mem, "which%d", turn), which, n, mem);
        result_value(name_of(mem, "inertia%d", turn), inertia);
    }
}

static void update_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_FEATURES, k, MANY_CLUSTERS) {
        Mat x = untold("x", random_mat(n, d, 2, rng, mem)), c = untold("c", random_mat(k, d, 2, rng, mem));
        int *which = cluster_room(n, mem);
        for (int i = 0; i < n; i++) which[i] = rng_below(rng, k);
        kmeans_update(x, which, c);
        result_in_place(name_of(mem, "centroids%d", turn), c);
    }
}

static void covariance_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_FEATURES) {
        Mat x = untold("x", random_mat(n, d, 2, rng, mem));
        result(name_of(mem, "C%d", turn), covariance(x, mem));
    }
}

/* sum_j (j + 1) v_j v_j^T: the axes, whatever their signs. */
static Mat signless(Mat vec, Arena *mem)
{
    Mat weighted = mat_copy(mem, vec);
    for (int i = 0; i < vec.n; i++)
        for (int j = 0; j < vec.d; j++) row(weighted, i)[j] *= (float)(j + 1);
    return mat_mul_nt(mem, weighted, vec);
}

/* k <= d; each eigenvalue is four fifths of the one before */
static void power_sizes(Rng *rng, Arena *mem)
{
    SIZES(k, 6, more, MANY_FEATURES) {
        int d = turn == 0 ? 1 : k + more;
        float values[2 * MANY_FEATURES];
        check(d <= 2 * MANY_FEATURES, "power_sizes: %d features", d);
        for (int j = 0; j < d; j++) values[j] = 8 * powf(.8f, (float)j);
        Mat C = spectrum(values, d, rng, mem);
        Rng own = rng_split(rng); /* the exercise draws what it likes */
        Eig e = pca_power(untold("cov", C), k, 150, &own, mem);
        result(name_of(mem, "value%d", turn), e.value);
        result(name_of(mem, "axes%d", turn), signless(e.vec, mem));
    }
}

/* on the line and in the plane */
static void kde_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 8; turn++) {
        int n = turn_size(turn / 2, 0, MANY_SAMPLES, rng), m = turn_size(turn / 2, 1, MANY_SAMPLES, rng),
            d = 1 + turn % 2;
        float h = .2f + 1.5f * rng_uniform(rng);
        Mat x = untold("x", random_mat(n, d, 1, rng, mem)), q = untold("q", random_mat(m, d, 1.5f, rng, mem));
        result(name_of(mem, "log_p%d", turn), kde_eval(x, q, h, mem));
    }
}

static void em_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 8; turn++) {
        int n = turn_size(turn / 2, 0, MANY_SAMPLES, rng), K = turn_size(turn / 2, 1, MANY_CLUSTERS, rng),
            d = 1 + turn % 2;
        float floor = .1f + rng_uniform(rng);
        Mat weight = mat_new(mem, 1, K), mean = random_mat(K, d, 1, rng, mem), cov = mat_zeros(mem, K, d * d);
        for (int k = 0; k < K; k++) weight.a[k] = (float)(k + 1) / (.5f * (float)(K * (K + 1)));
        for (int k = 0; k < K; k++)
            for (int j = 0; j < d * d; j++) row(cov, k)[j] = j == 0 || j == d * d - 1 ? .5f + rng_uniform(rng) : .2f;
        Gmm m = {untold("weight", weight), untold("mean", mean), untold("cov", cov)};
        double ll = em_step(untold("x", random_mat(n, d, 1.5f, rng, mem)), m, floor, mem);
        result_in_place(name_of(mem, "weight%d", turn), m.weight);
        result_in_place(name_of(mem, "mean%d", turn), m.mean);
        result_in_place(name_of(mem, "cov%d", turn), m.cov);
        result_value(name_of(mem, "log_likelihood%d", turn), ll);
    }
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(assign_by_hand),
    CASE(assign_random),
    CASE(assign_far),
    CASE(update_by_hand),
    CASE(update_empty),
    CASE(update_random),
    CASE(covariance_by_hand),
    CASE(covariance_random),
    CASE(covariance_far),
    CASE(power_by_hand),
    CASE(power_random),
    CASE(power_leading),
    CASE(power_flat),
    CASE(kde_by_hand),
    CASE(kde_plane),
    CASE(kde_far),
    CASE(kde_mass),
    CASE(em_one),
    CASE(em_by_hand),
    CASE(em_line),
    CASE(em_plane),
    CASE(em_far),
    CASE(em_climb),
    CASE(lloyd_square),
    CASE(lloyd_descends),
    CASE(principal),
    CASE(assign_sizes),
    CASE(update_sizes),
    CASE(covariance_sizes),
    CASE(power_sizes),
    CASE(kde_sizes),
    CASE(em_sizes),
    {0},
};
