/* The judge of lab 00: hand cases, closed forms in double, invariants, and short outcomes. */
#include "judge.h"

#include <math.h>

/* ---- 1. kmeans_assign ---- */

static double square_between(const double *a, const double *b, int d)
{
    double sum = 0;
    for (int j = 0; j < d; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
    return sum;
}

static void expect_inertia(Value got, double sum, double roots, int n, int d)
{
    expect(got, SCALAR(sum / n), .rtol = 1e-5, .batch = n, .slips = SLIPS(
        SLIP("that is the mean over features too; sum over features, average over samples", sum / n / d),
        SLIP("that is the mean distance; square it", roots / n),
        SLIP("no square root", sqrt(sum / n))));
}

/* Every cluster must be as near as the nearest, up to rounding. */
static void expect_nearest(const char *test_case, int n, int d, int k, const char *hint)
{
    Run got = student(test_case), want = reference(test_case);
    Value which = value(&got, "which");
    const double *x = value(&want, "x").a, *c = value(&want, "c").a;
    double sum = 0, roots = 0;
    expect_that(value(&got, "outside_which").a[0] == 0,
                "wrote outside of which\nhint: it has room for n numbers, 0 .. n-1");
    for (int i = 0; i < n; i++) {
        double least = INFINITY;
        for (int j = 0; j < k; j++) least = fmin(least, square_between(x + i * d, c + j * d, d));
        int w = (int)which.a[i];
        expect_that(w != -1, "which[%d] was never written\nhint: every sample belongs to some cluster", i);
        expect_that(w >= 0 && w < k, "which[%d] is %d, but centroids are numbered 0 .. %d", i, w, k - 1);
        double mine = square_between(x + i * d, c + w * d, d);
        expect_that(mine <= least * (1 + 1e-4),
                    "sample %d was given to centroid %d at squared distance %.6g; the nearest is at %.6g\nhint: %s", i,
                    w, mine, least, hint);
        sum += least;
        roots += sqrt(least);
    }
    expect_inertia(value(&got, "inertia"), sum, roots, n, d);
}

START_TEST(assign_by_hand)
{
    Run got = student("assign_by_hand");
    expect_that(value(&got, "outside_which").a[0] == 0,
                "wrote outside of which\nhint: it has room for n numbers, 0 .. n-1");
    expect(value(&got, "which"), MATRIX(5, 1, 0, 0, 1, 1, 0), .slips = SLIPS(
        SLIP("where two are equally near the smaller k counts: compare by <, not by <=", 0, 0, 1, 1, 1),
        SLIP("that is the farthest centroid", 1, 1, 0, 0, 0),
        SLIP("that is the farthest centroid", 1, 1, 0, 0, 1),
        SLIP("clusters are numbered from 0", 1, 1, 2, 2, 1),
        SLIP("which was never written", -1, -1, -1, -1, -1)));
    expect_inertia(value(&got, "inertia"), 4 * 1 + 16, 4 * 1 + 4, 5, 2);
}
END_TEST

START_TEST(assign_random)
{
    expect_nearest("assign_random", 60, 4, 7,
                   "compare squared distances over all features, start anew for each sample");
}
END_TEST

START_TEST(assign_far)
{
    expect_nearest("assign_far", 40, 3, 5,
                   "far from the origin |x|^2 - 2 x.c + |c|^2 loses its digits; square the differences");
}
END_TEST

/* ---- 2. kmeans_update ---- */

START_TEST(update_by_hand)
{
    Run got = student("update_by_hand");
    expect(value(&got, "centroids"), MATRIX(2, 2, 0, 1, 8, 3), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP("the centroids came back as they were", 5, 5, 6, 6),
        SLIP("those are sums; divide by the size of the cluster", 0, 2, 24, 9),
        SLIP("divided by all n samples; divide by those of the cluster", 0, .4, 4.8, 1.8),
        SLIP("the old centroid was counted in: start each sum at 0", 5. / 3, 7. / 3, 7.5, 3.75),
        SLIP("the old centroid was counted in: start each sum at 0", 2.5, 3.5, 10, 5)));
}
END_TEST

START_TEST(update_empty)
{
    Run got = student("update_empty");
    Value c = value(&got, "centroids");
    expect_that(c.n == 3 && c.d == 2, "the centroids have the shape (%d,%d)", c.n, c.d);
    expect_that(isfinite(c.a[2]) && isfinite(c.a[3]),
                "the centroid of a cluster without samples is (%g, %g), it was (7, -7)\nhint: an empty cluster keeps "
                "its centroid; 0/0 is NaN",
                c.a[2], c.a[3]);
    expect_that(c.a[2] == 7 && c.a[3] == -7,
                "the centroid of a cluster without samples is (%g, %g), it was (7, -7)\nhint: an empty cluster keeps "
                "its centroid",
                c.a[2], c.a[3]);
    expect(c, MATRIX(3, 2, 2, 3, 7, -7, 10, 20), .rtol = 1e-6);
}
END_TEST

START_TEST(update_random)
{
    Run got = student("update_random"), want = reference("update_random");
    const double *x = value(&want, "x").a, *which = value(&want, "which").a;
    double *mean = numbers(4 * 3), members[4] = {0};
    for (int i = 0; i < 50; i++) members[(int)which[i]]++;
    for (int i = 0; i < 50; i++)
        for (int j = 0; j < 3; j++) mean[(int)which[i] * 3 + j] += x[i * 3 + j] / members[(int)which[i]];
    expect(value(&got, "centroids"), ARRAY(4, 3, mean), .rtol = 1e-5, .atol = 1e-5);
}
END_TEST

/* ---- 3. covariance ---- */

#define UNCENTRED "the mean is still in it: subtract it from every row first"

/* 1/n sum (x - shift mean)(x - shift mean)^T */
static double *moments(const double *x, int n, int d, double shift)
{
    double *mean = numbers(d), *c = numbers(n * d), *C;
    for (int i = 0; i < n * d; i++) mean[i % d] += x[i] / n;
    for (int i = 0; i < n * d; i++) c[i] = x[i] - shift * mean[i % d];
    C = product(c, true, c, false, d, n, d);
    for (int i = 0; i < d * d; i++) C[i] /= n;
    return C;
}

START_TEST(covariance_by_hand)
{
    Run got = student("covariance_by_hand");
    expect(value(&got, "C"), MATRIX(2, 2, 5, 4, 4, 4), .rtol = 1e-6, .atol = 1e-6, .batch = 4, .slips = SLIPS(
        SLIP(UNCENTRED, 30, 19, 19, 13),
        SLIP("divided by n - 1; the contract wants 1/n", 20. / 3, 16. / 3, 16. / 3, 16. / 3),
        SLIP("divided by the number of columns; divide by the number of rows", 10, 8, 8, 8)));
}
END_TEST

START_TEST(covariance_random)
{
    enum { N = 30, D = 5 };
    Run got = student("covariance_random"), want = reference("covariance_random");
    const double *x = value(&want, "x").a, *C = moments(x, N, D, 1);
    double *less = numbers(D * D);
    for (int i = 0; i < D * D; i++) less[i] = C[i] * N / (N - 1);
    expect(value(&got, "C"), ARRAY(D, D, C), .rtol = 1e-4, .atol = 1e-5, .batch = N, .slips = SLIPS(
        SLIP_ARRAY(UNCENTRED, moments(x, N, D, 0)),
        SLIP_ARRAY("divided by n - 1; the contract wants 1/n", less)));
}
END_TEST

START_TEST(covariance_far)
{
    Run got = student("covariance_far"), want = reference("covariance_far");
    Value C = value(&got, "C");
    const double *right = value(&want, "C").a;
    for (int i = 0; i < 4 && C.n == 2 && C.d == 2; i++)
        expect_that(fabs(C.a[i] - right[i]) < 2e-3,
                    "C[%d][%d]: want %.6g, got %.6g, for samples near (1000, -500)\nhint: the mean of squares less the "
                    "square of "
                    "the mean, or a mean added up in a float, loses its digits here: a mean in double, subtract it, "
                    "then multiply",
                    i / 2, i % 2, right[i], C.a[i]);
    expect(C, ARRAY(2, 2, right), .rtol = 1e-3, .atol = 2e-3, .batch = 20000);
}
END_TEST

/* ---- 4. pca_power ---- */

/* Orthonormal columns, C v = lambda v, and the values themselves. */
static void expect_axes(Run *got, const double *C, const double *values, int d, int k)
{
    Value value_ = value(got, "value"), vec = value(got, "vec");
    double top = values[0], *one = numbers(k * k);
    for (int j = 0; j < k; j++) one[j * k + j] = 1;
    expect_that(vec.n == d && vec.d == k, "vec has the shape (%d,%d), want (%d,%d)\nhint: one axis per column", vec.n,
                vec.d, d, k);
    for (int i = 0; i < d * k; i++)
        expect_that(
            !isnan(vec.a[i]),
            "vec[%d][%d] is NaN\nhint: where no variance is left C v is 0, and has no length to divide by: keep v; "
            "and is every entry written?",
            i / k, i % k);
    double *squares = numbers(k), *ones = numbers(k);
    for (int i = 0; i < d * k; i++) {
        squares[i % k] += vec.a[i] * vec.a[i];
        ones[i % k] = 1;
    }
    bool rows = d == k && fabs(squares[0] - 1) > 1e-3;
    expect(((Value){.name = "squared lengths of the axes", .n = 1, .d = k, .a = squares}), ARRAY(1, k, ones),
           .atol = 1e-3, .slips = SLIPS(
        SLIP_ARRAY("", rows ? ones : NULL)));
    double *gram = product(vec.a, true, vec.a, false, k, d, k);
    for (int i = 0; i < k * k; i++)
        expect_that(fabs(gram[i] - one[i]) < 1e-3,
                    "axes %d and %d are not at right angles: their product is %.4f\nhint: at every step take out of v "
                    "what lies along "
                    "each axis already found, then make its length 1",
                    i / k, i % k, gram[i]);
    expect(value_, ARRAY(1, k, values), .rtol = 1e-3, .atol = 1e-4 * top);
    double *Cv = product(C, false, vec.a, false, d, d, k);
    for (int i = 0; i < d * k; i++)
        expect_that(fabs(Cv[i] - values[i % k] * vec.a[i]) < 2e-3 * top,
                    "axis %d is no eigenvector: (C v)[%d] is %.4f, lambda v is %.4f\nhint: one axis per column; "
                    "and are all `steps` made?",
                    i % k, i / k, Cv[i], values[i % k] * vec.a[i]);
}

START_TEST(power_by_hand)
{
    Run got = student("power_by_hand");
    Value v = value(&got, "value");
    expect(v, MATRIX(1, 2, 6, 1), .rtol = 1e-4, .atol = 1e-5, .slips = SLIPS(
        SLIP("largest first", 1, 6),
        SLIP("the second axis is the first once more: take out what was found", 6, 6),
        SLIP("that is |C v|^2; the eigenvalue is v^T C v", 36, 1),
        SLIP("that is a root of the eigenvalue", sqrt(6), 1)));
    expect_axes(&got, (double[]){5, 2, 2, 2}, (double[]){6, 1}, 2, 2);
}
END_TEST

static void expect_power(const char *test_case, const double *values, int d, int k)
{
    Run got = student(test_case), want = reference(test_case);
    expect_axes(&got, value(&want, "cov").a, values, d, k);
}

START_TEST(power_random) { expect_power("power_random", (double[]){9, 5, 3, 1.5, .7, .2}, 6, 6); }
END_TEST

START_TEST(power_leading) { expect_power("power_leading", (double[]){4, 2}, 5, 2); }
END_TEST

START_TEST(power_flat) { expect_power("power_flat", (double[]){2, 1, 0, 0}, 4, 4); }
END_TEST

/* ---- 5. kde_eval ---- */

#define WIDTH_NOT_VARIANCE "the kernel's covariance is h^2 I, not h I"

/* log sum_i N(q; x_i, var I) - less */
static double *log_kernels(const double *x, int n, const double *q, int m, int d, double var, double less)
{
    double *out = numbers(m);
    for (int i = 0; i < m; i++) {
        double least = INFINITY, sum = 0;
        for (int s = 0; s < n; s++) least = fmin(least, square_between(q + i * d, x + s * d, d));
        for (int s = 0; s < n; s++) sum += exp(-.5 * (square_between(q + i * d, x + s * d, d) - least) / var);
        out[i] = log(sum) - .5 * least / var - .5 * d * log(2 * M_PI * var) - less;
    }
    return out;
}

static void expect_kernels(const char *test_case, int n, int m, int d, double h)
{
    Run got = student(test_case), want = reference(test_case);
    const double *x = value(&want, "x").a, *q = value(&want, "q").a, *right = log_kernels(x, n, q, m, d, h * h, log(n));
    double *density = numbers(m);
    for (int i = 0; i < m; i++) density[i] = exp(right[i]);
    Value log_p = value(&got, "log_p");
    for (int i = 0; i < m && log_p.n == m && log_p.d == 1; i++)
        expect_that(
            !isinf(log_p.a[i]),
            "log_p[%d] is %g, want %.6g\nhint: the exponentials were all 0 before the logarithm was taken; log_sum_exp "
            "takes the largest out first",
            i, log_p.a[i], right[i]);
    expect(log_p, ARRAY(m, 1, right), .rtol = 1e-4, .atol = 1e-4, .slips = SLIPS(
        SLIP_ARRAY("that is the density; return its logarithm", density),
        SLIP_ARRAY("the sum over samples is not yet a mean: minus log n", log_kernels(x, n, q, m, d, h * h, 0)),
        SLIP_ARRAY("the constant is that of one dimension: h^d, here h^2",
                   log_kernels(x, n, q, m, d, h * h, log(n) - (d - 1) * log(h))),
        SLIP_ARRAY(WIDTH_NOT_VARIANCE, log_kernels(x, n, q, m, d, h, log(n))),
        SLIP_ARRAY("h was squared twice", log_kernels(x, n, q, m, d, h * h * h * h, log(n)))));
}

START_TEST(kde_by_hand)
{
    Run got = student("kde_by_hand"); /* N(0) = .398942, N(1) = .241971, N(2) = .053991, N(4) = .000133830 */
    expect(value(&got, "log_p"),
           MATRIX(3, 1, log(.5 * (.3989423 + .0539910)), log(.2419707), log(.5 * (.0539910 + .0001338))), .rtol = 1e-4,
           .atol = 1e-5, .slips = SLIPS(
        SLIP("that is the density; return its logarithm", .2264666, .2419707, .0270624),
        SLIP("the sum over samples is not yet a mean: minus log n", log(.4529333), log(.4839414), log(.0541248))));
}
END_TEST

START_TEST(kde_plane) { expect_kernels("kde_plane", 12, 9, 2, .4f); }
END_TEST

START_TEST(kde_far) { expect_kernels("kde_far", 3, 2, 1, .01f); }
END_TEST

START_TEST(kde_mass)
{
    Run got = student("kde_mass");
    expect_that(value(&got, "points").a[0] == 1201, "%g densities came back for 1201 points",
                value(&got, "points").a[0]);
    for (int d = 1; d <= 2; d++) {
        double mass = value(&got, d == 1 ? "line" : "plane").a[0];
        expect_that(fabs(mass - 1) < 1e-3,
                    "integrated over the %s it gives %.6g, not 1\nhint: 1/n, and 1 / (h sqrt(2 pi))^d",
                    d == 1 ? "line" : "plane", mass);
    }
}
END_TEST

/* ---- 6. em_step ---- */

typedef struct {
    double *weight, *mean, *cov, ll;
} Em;
enum { RIGHT, OLD_MEAN, NO_FLOOR, NO_WEIGHTS, HARD };

static double log_gauss(const double *x, const double *m, const double *c, int d)
{
    double u = x[0] - m[0];
    if (d == 1) return -.5 * u * u / c[0] - .5 * log(2 * M_PI * c[0]);
    double v = x[1] - m[1], det = c[0] * c[3] - c[1] * c[2];
    return -.5 * (c[3] * u * u - (c[1] + c[2]) * u * v + c[0] * v * v) / det - .5 * log(det) - log(2 * M_PI);
}

/* The M step from responsibilities r (n,K). */
static void m_step(const double *x, const double *r, int n, int d, int K, const double *old_mean, double floor, Em *e,
                   int slip)
{
    for (int k = 0; k < K; k++) {
        double N = 0;
        for (int i = 0; i < n; i++) N += r[i * K + k];
        e->weight[k] = N / n;
        if (N == 0) continue;
        for (int a = 0; a < d; a++) e->mean[k * d + a] = 0;
        for (int i = 0; i < n * d; i++) e->mean[k * d + i % d] += r[i / d * K + k] * x[i] / N;
        const double *about = slip == OLD_MEAN ? old_mean + k * d : e->mean + k * d;
        for (int a = 0; a < d * d; a++) {
            double *c = &e->cov[k * d * d + a];
            *c = a / d == a % d && slip != NO_FLOOR ? floor : 0;
            for (int i = 0; i < n; i++)
                *c += r[i * K + k] * (x[i * d + a / d] - about[a / d]) * (x[i * d + a % d] - about[a % d]) / N;
        }
    }
}

/* One step in double, by the textbook, or with one slip. */
static Em em_right(const Run *r, int n, int d, int K, double floor, int slip)
{
    const double *x = value(r, "x").a, *w = value(r, "weight").a, *mean = value(r, "mean").a, *cov = value(r, "cov").a;
    Em e = {numbers(K), numbers(K * d), numbers(K * d * d), 0};
    double *resp = numbers(n * K);
    for (int i = 0; i < K * d; i++) e.mean[i] = mean[i];
    for (int i = 0; i < K * d * d; i++) e.cov[i] = cov[i];
    for (int i = 0; i < n; i++) {
        double *ri = resp + i * K, top = -INFINITY, sum = 0;
        int best = 0;
        for (int k = 0; k < K; k++) {
            ri[k] = (slip == NO_WEIGHTS ? 0 : log(w[k])) + log_gauss(x + i * d, mean + k * d, cov + k * d * d, d);
            if (ri[k] > top) {
                top = ri[k];
                best = k;
            }
        }
        for (int k = 0; k < K; k++) sum += exp(ri[k] - top);
        for (int k = 0; k < K; k++) ri[k] = slip == HARD ? k == best : exp(ri[k] - top) / sum;
        e.ll += (top + log(sum)) / n;
    }
    m_step(x, resp, n, d, K, mean, floor, &e, slip);
    return e;
}

static void expect_em(const char *test_case, int n, int d, int K, double floor)
{
    Run got = student(test_case), want = reference(test_case);
    Em right = em_right(&want, n, d, K, floor, RIGHT), slip[5];
    for (int s = 1; s < 5; s++) slip[s] = em_right(&want, n, d, K, floor, s);
    static const char no_weights[] = "the responsibilities lack the weights: weight_k times N(x; mean_k, cov_k)";
    static const char hard[] = "each sample went whole to its likeliest component; it is shared by r_ik";
    expect(value(&got, "log_likelihood"), SCALAR(right.ll), .rtol = 1e-5, .atol = 1e-6, .batch = n, .slips = SLIPS(
        SLIP_ARRAY(no_weights, &slip[NO_WEIGHTS].ll)));
    expect(value(&got, "new_weight"), ARRAY(1, K, right.weight), .rtol = 1e-4, .atol = 1e-6, .batch = n, .slips = SLIPS(
        SLIP_ARRAY("the weights came back as they were", value(&want, "weight").a),
        SLIP_ARRAY(no_weights, slip[NO_WEIGHTS].weight),
        SLIP_ARRAY(hard, slip[HARD].weight)));
    expect(value(&got, "new_mean"), ARRAY(K, d, right.mean), .rtol = 1e-4, .atol = 1e-4, .slips = SLIPS(
        SLIP_ARRAY("the means came back as they were", value(&want, "mean").a),
        SLIP_ARRAY(hard, slip[HARD].mean)));
    expect(value(&got, "new_cov"), ARRAY(K, d * d, right.cov), .rtol = 1e-3, .atol = 1e-4, .slips = SLIPS(
        SLIP_ARRAY("the covariances came back as they were", value(&want, "cov").a),
        SLIP_ARRAY("about the old means; the new ones come first", slip[OLD_MEAN].cov),
        SLIP_ARRAY("floor is missing on the diagonal", slip[NO_FLOOR].cov)));
}

START_TEST(em_one) /* one component: mean (5,3), covariance (5 4; 4 4), and the floor */
{
    Run got = student("em_one");
    expect(value(&got, "new_mean"), MATRIX(1, 2, 5, 3), .rtol = 1e-5, .atol = 1e-5);
    expect(value(&got, "new_cov"), MATRIX(1, 4, 5.25, 4, 4, 4.25), .rtol = 1e-5, .atol = 1e-5, .slips = SLIPS(
        SLIP("floor is missing on the diagonal", 5, 4, 4, 4),
        SLIP("floor belongs on the diagonal only", 5.25, 4.25, 4.25, 4.25),
        SLIP("about the old means; the new ones come first", 30.25, 19, 19, 13.25)));
    expect_em("em_one", 4, 2, 1, .25);
}
END_TEST

START_TEST(em_by_hand)
{
    Run got = student("em_by_hand");
    expect(value(&got, "new_weight"), MATRIX(1, 2, 2. / 3, 1. / 3), .rtol = 1e-5, .batch = 3);
    expect(value(&got, "new_mean"), MATRIX(2, 1, 1, 100), .rtol = 1e-5);
    expect(value(&got, "new_cov"), MATRIX(2, 1, 1.5, .5), .rtol = 1e-5, .atol = 1e-5, .slips = SLIPS(
        SLIP("floor is missing on the diagonal", 1, 0)));
    /* log .5 - 1/2 - log sqrt(2 pi) for each of the three samples */
    expect(value(&got, "log_likelihood"), SCALAR(log(.5) - .5 - .5 * log(2 * M_PI)), .rtol = 1e-5, .batch = 3,
           .slips = SLIPS(
        SLIP("the likelihood lacks the weights", -.5 - .5 * log(2 * M_PI))));
}
END_TEST

START_TEST(em_line) { expect_em("em_line", 25, 1, 3, 0); }
END_TEST

START_TEST(em_plane) { expect_em("em_plane", 30, 2, 3, .01f); }
END_TEST

START_TEST(em_far)
{
    Run got = student("em_far"), want = reference("em_far");
    Value w = value(&got, "new_weight"), mean = value(&got, "new_mean"), cov = value(&got, "new_cov");
    expect_that(w.n == 1 && w.d == 3 && w.a[1] == 0, "a component that explains nothing has weight %g, want 0", w.a[1]);
    expect_that(mean.a[1] == -1000 && cov.a[1] == 1,
                "a component with N_k = 0 moved to mean %g, cov %g; it keeps what it has\nhint: divide by N_k only "
                "where it is not 0",
                mean.a[1], cov.a[1]);
    double ll = value(&got, "log_likelihood").a[0];
    expect_that(
        isfinite(ll) && isfinite(mean.a[2]),
        "far from all components: log-likelihood %g, mean %g\nhint: every density is 0 in a double here; stay with "
        "logarithms until r_ik = exp(log weight_k + log_normal - log_sum_exp)",
        ll, mean.a[2]);
    Em right = em_right(&want, 2, 1, 3, 0, RIGHT);
    expect(value(&got, "log_likelihood"), SCALAR(right.ll), .rtol = 1e-5, .batch = 2);
    expect(mean, ARRAY(3, 1, right.mean), .rtol = 1e-4);
}
END_TEST

/* It never falls, to 1e-9, while it still rises by 1e-6 a step. At rest, parameters that are rounded to floats let it
 * tremble by some 1e-8. */
START_TEST(em_climb)
{
    Run got = student("em_climb"), want = reference("em_climb");
    Value ll = value(&got, "ll"), drop = value(&got, "drop");
    const double *right = value(&want, "ll").a;
    for (int i = 1; i < drop.d; i++)
        expect_that(drop.a[i] <= (right[i] > right[i - 1] + 1e-6 ? 1e-9 : 1e-7),
                    "the log-likelihood fell by %.3g in step %d\nhint: a step of EM never lowers it; is it that of the "
                    "mixture before "
                    "the step, and are covariances about the new means?",
                    drop.a[i], i);
    expect_that(ll.a[ll.d - 1] > ll.a[0] + .1, "40 steps brought the log-likelihood from %.4f to %.4f only", ll.a[0],
                ll.a[ll.d - 1]);
    double sum = value(&got, "weights").a[0];
    expect_that(fabs(sum - 1) < 1e-5, "the weights add up to %.6g, not to 1", sum);
}
END_TEST

/* ---- all together ---- */

static void expect_no_rise(Value inertia)
{
    for (int i = 1; i < inertia.d; i++)
        expect_that(inertia.a[i] <= inertia.a[i - 1] * (1 + 1e-6), "the inertia rose from %.6g to %.6g in step %d",
                    inertia.a[i - 1], inertia.a[i], i);
}

START_TEST(lloyd_square)
{
    Run got = student("lloyd_square");
    Value c = value(&got, "centroids"), inertia = value(&got, "inertia");
    expect_no_rise(inertia);
    const double middle[8] = {-4, -3, 4, -3, -4, 3, 4, 3};
    for (int i = 0; i < 8; i++) {
        double want = middle[i];
        expect_that(fabs(c.a[i] - want) < 5 * .3 / sqrt(20),
                    "centroid %d should end in the middle of its cluster, at about %g, not at %.4f", i / 2, want,
                    c.a[i]);
    }
    /* 2 features of variance .09 and 4 of 80 degrees of freedom spent on means: mean .171, standard error .02 */
    expect_that(fabs(inertia.a[inertia.d - 1] - .171) < 5 * .0203, "the inertia ends at %.4f, want about 0.17",
                inertia.a[inertia.d - 1]);
}
END_TEST

START_TEST(lloyd_descends)
{
    Run got = student("lloyd_descends"), want = reference("lloyd_descends");
    Value c = value(&got, "centroids"), inertia = value(&got, "inertia");
    expect_no_rise(inertia);
    expect_that(inertia.a[inertia.d - 1] < inertia.a[0], "15 turns brought the inertia from %.4f to %.4f only",
                inertia.a[0], inertia.a[inertia.d - 1]);
    expect_that(c.a[15] == 1000, "the empty cluster's centroid moved to %g", c.a[15]);
    expect(inertia, ARRAY(1, inertia.d, value(&want, "inertia").a), .rtol = 1e-2);
}
END_TEST

START_TEST(principal)
{
    Run got = student("principal"), want = reference("principal");
    Value values = value(&got, "value"), codes = value(&got, "codes");
    double trace = value(&want, "trace").a[0], sum = 0;
    expect(value(&got, "trace"), SCALAR(trace), .rtol = 1e-4, .batch = 100);
    for (int j = 0; j < 4; j++) sum += values.a[j];
    expect_that(fabs(sum - trace) < 1e-4 * trace, "the eigenvalues add up to %.6g, the trace is %.6g", sum, trace);
    for (int i = 0; i < 16; i++)
        expect_that(fabs(codes.a[i] - (i % 5 ? 0 : values.a[i / 5])) < 2e-3 * trace,
                    "on the principal axes the covariance should be diagonal with the eigenvalues on it; "
                    "entry [%d][%d] is %.4f",
                    i / 4, i % 4, codes.a[i]);
}
END_TEST

/* ---- sizes and numbers from the seed ---- */

AS_REFERENCE(assign_sizes, 1e-5, 1e-6)
AS_REFERENCE(update_sizes, 1e-5, 1e-5)
AS_REFERENCE(covariance_sizes, 1e-4, 1e-4)
AS_REFERENCE(power_sizes, 1e-3, 2e-3)
AS_REFERENCE(kde_sizes, 1e-5, 1e-5)
AS_REFERENCE(em_sizes, 1e-4, 1e-5)

int main(void)
{
    return judge_main("00_unsupervised", EXERCISES(
        EXERCISE("kmeans_assign", assign_by_hand, assign_random, assign_far, assign_sizes),
        EXERCISE("kmeans_update", update_by_hand, update_empty, update_random, update_sizes),
        EXERCISE("covariance", covariance_by_hand, covariance_random, covariance_far, covariance_sizes),
        EXERCISE("pca_power", power_by_hand, power_random, power_leading, power_flat, power_sizes),
        EXERCISE("kde_eval", kde_by_hand, kde_plane, kde_far, kde_mass, kde_sizes),
        EXERCISE("em_step", em_one, em_by_hand, em_line, em_plane, em_far, em_climb, em_sizes),
        EXERCISE("together", lloyd_square, lloyd_descends, principal)));
}
