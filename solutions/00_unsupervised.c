/* 00_unsupervised: find structure without labels.
 *
 * Learn    the three questions that need no teacher: which samples belong together, along which
 *          axes do they vary, how likely is each.
 * Write    six functions, marked TODO, in this order; labs/00_unsupervised.h says what each must
 *          do, `make test-00` tests them.
 * Run      `make 00` builds this file, runs it and draws its figures; --epochs restarts of k-means,
 *          --batch samples behind a density.
 * Writes   out/00_unsupervised/: csv and png for the figures, metrics.csv, centroids.npy,
 *          eigenvectors.npy, components_*.npy
 * Takes    about 4 s; --quick 2 s
 * Expect   kmeans_inertia_digits8 .0396 (accuracy varies from .6 to .87 over the restarts);
 *          kl_1d about .01 nat, kl_2d about .1
 *
 * Letters  n samples, d features, k clusters or axes, K components.
 *          x (n,d) samples, c (k,d) centroids, q (m,d) where to look.
 */
#include "00_unsupervised.h"
#include "00_unsupervised_plot.h"
#include <math.h>
#include <stdio.h>

/*%% md
## Clusters: k-means
Which samples belong together? Say it with $k$ centroids: a sample belongs to the nearest, a
centroid stands in the middle of its own. Neither half can raise the inertia
$J = \frac1n\sum_i \|x_i - c_{a_i}\|^2$, so taking turns must come to rest.
*/
double kmeans_assign(Mat x, Mat c, int *which)
{
#ifdef SOLUTION
    double sum = 0;
    for (int i = 0; i < x.n; i++) {
        double nearest = INFINITY;
        for (int k = 0; k < c.n; k++) {
            double square = 0;                          // |x_i - c_k|^2
            for (int j = 0; j < x.d; j++) {
                float gap = row(x, i)[j] - row(c, k)[j];
                square += (double)(gap * gap);
            }
            if (square < nearest) {
                nearest = square;
                which[i] = k;
            }
        }
        sum += nearest;
    }
    return sum / x.n;
#else
    TODO("write the number of the nearest centroid into which[i]; return the mean squared "
         "distance to it");
#endif
}

void kmeans_update(Mat x, const int *which, Mat c)
{
#ifdef SOLUTION
    for (int k = 0; k < c.n; k++)
        for (int j = 0; j < x.d; j++) {
            double sum = 0;
            int members = 0;
            for (int i = 0; i < x.n; i++) {
                if (which[i] != k) continue;
                sum += (double)row(x, i)[j];
                members++;
            }
            if (members > 0) row(c, k)[j] = (float)(sum / members);
        }
#else
    TODO("move every centroid to the mean of its samples; one without samples stays");
#endif
}

/*%% md
## Axes: principal components
Along which direction do the samples vary most? Along the eigenvector of the largest eigenvalue of
their covariance $C$. Multiply any vector by $C$ again and again: its part along that eigenvector
grows fastest and is soon all that is left. Take this axis out and repeat.
*/
Mat covariance(Mat x, Arena *mem)
{
#ifdef SOLUTION
    Mat mean = mat_zeros(mem, 1, x.d), centred = mat_copy(mem, x);
    for (int j = 0; j < x.d; j++) {
        double sum = 0;
        for (int i = 0; i < x.n; i++) sum += (double)row(x, i)[j];
        mean.a[j] = (float)(sum / x.n);
    }
    mat_sub_row(centred, mean);
    Mat C = mat_mul_tn(mem, centred, centred);          // (d,n) (n,d) -> (d,d)
    mat_scale(C, 1.f / (float)x.n);
    return C;
#else
    TODO("centre a copy of x, return its product with itself over n; gen.h lists the matrix "
         "products");
#endif
}

#ifdef SOLUTION
/* Takes out of v (1,d) what lies along the rows of found (j,d), which are orthonormal, and brings
 * it to length 1. */
static void deflate(Mat v, Mat found, Arena *mem)
{
    if (found.n > 0) {
        Mat part = mat_mul_nt(mem, v, found);           // (1,j): how much lies along each
        mat_gemm(v, -1, part, false, found, false, 1);  // and away with it
    }
    mat_scale(v, 1 / mat_norm(v));
}
#endif

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
#ifdef SOLUTION
    Mat value = mat_new(mem, 1, k), axis = mat_new(mem, k, cov.d);      // axes as rows, for now
    Mat Cv = mat_new(mem, 1, cov.d);
    float trace = 0;                                    // all the variance there is
    for (int i = 0; i < cov.d; i++) trace += row(cov, i)[i];
    for (int j = 0; j < k; j++) {
        Mat v = mat_rows(axis, j, 1), found = mat_rows(axis, 0, j);     // (1,d), (j,d)
        mat_normal(v, 1, rng);
        for (int step = 0; step <= steps; step++) {
            deflate(v, found, mem);
            mat_gemm(Cv, 1, v, false, cov, false, 0);   // v^T C = (C v)^T, as C is symmetric
            bool nothing_left = mat_norm(Cv) < 1e-6f * trace;
            if (nothing_left) break;                    // v stays
            if (step < steps) mat_set(v, Cv);
        }
        value.a[j] = mat_mul_nt(mem, v, Cv).a[0];       // v^T C v
    }
    Eig pairs = {value, mat_transpose(mem, axis)};
    return pairs;
#else
    TODO("for each axis: random v, then `steps` times v <- C v without its parts along earlier "
         "axes, at length 1; value = v^T C v");
#endif
}

/*%% md
## Densities: kernels and mixtures
How likely is a sample? A kernel density puts a little Gaussian of width $h$ on every sample; a
mixture fits a few Gaussians of any shape. Densities far from all samples are smaller than a
computer's smallest number, so both work with logarithms:
$\log\sum_i e^{v_i} = v_{\max} + \log\sum_i e^{v_i - v_{\max}}$.
*/
double log_normal(const float *x, const float *mean, const float *cov, int d)
{
    const double half_log_2pi = .9189385332046727;
    double u = (double)(x[0] - mean[0]), a = (double)cov[0];
    if (d == 1) return -.5 * (u * u / a + log(a)) - half_log_2pi;
    double v = (double)(x[1] - mean[1]), b = (double)cov[1], c = (double)cov[3];
    double det = a * c - b * b;
    double square = (c * u * u - 2 * b * u * v + a * v * v) / det;      // (u,v) cov^-1 (u,v)^T
    return -.5 * (square + log(det)) - 2 * half_log_2pi;
}

Mat kde_eval(Mat x, Mat q, float h, Arena *mem)
{
#ifdef SOLUTION
    Mat log_p = mat_new(mem, q.n, 1);
    double *term = arena_alloc(mem, (size_t)x.n * sizeof *term);
    const float cov[4] = {h * h, 0, 0, h * h};
    for (int i = 0; i < q.n; i++) {
        for (int s = 0; s < x.n; s++) term[s] = log_normal(row(q, i), row(x, s), cov, x.d);
        log_p.a[i] = (float)(log_sum_exp(term, x.n) - log(x.n));
    }
    return log_p;
#else
    TODO("for every row of q: the log_sum_exp over samples of log_normal(q, x, h^2 I), "
         "minus log n");
#endif
}

/* The log of what each component adds to the density at x: weight_k N(x; mean_k, cov_k). */
static void log_terms(const float *x, Gmm m, double *term)
{
    for (int k = 0; k < m.mean.n; k++) {
        double log_weight = log((double)m.weight.a[k]);
        term[k] = log_weight + log_normal(x, row(m.mean, k), row(m.cov, k), m.mean.d);
    }
}

/*%% md
A mixture is fitted by turns, as k-means is: who explains which sample (E), and then each component
is fitted to what it explains (M). No turn can lower the likelihood.
*/
double em_step(Mat x, Gmm m, float floor, Arena *mem)
{
#ifdef SOLUTION
    int K = m.mean.n, d = x.d;
    double *r = arena_alloc(mem, (size_t)x.n * (size_t)K * sizeof *r);  // (n,K): responsibilities
    double log_likelihood = 0;
    for (int i = 0; i < x.n; i++) {                     /* E: who explains sample i? */
        double *ri = r + i * K;
        log_terms(row(x, i), m, ri);
        double log_p = log_sum_exp(ri, K);
        for (int k = 0; k < K; k++) ri[k] = exp(ri[k] - log_p);
        log_likelihood += log_p;
    }
    for (int k = 0; k < K; k++) {                       /* M: weighted counts, means, covariances */
        double N = 0, mean[2] = {0}, cov[4] = {0};
        for (int i = 0; i < x.n; i++) N += r[i * K + k];
        m.weight.a[k] = (float)(N / x.n);
        if (N == 0) continue;                           // it explains nothing: it stays
        for (int i = 0; i < x.n; i++)
            for (int a = 0; a < d; a++) mean[a] += r[i * K + k] * (double)row(x, i)[a] / N;
        for (int i = 0; i < x.n; i++)
            for (int a = 0; a < d; a++)
                for (int b = 0; b < d; b++) {
                    double u = (double)row(x, i)[a] - mean[a], v = (double)row(x, i)[b] - mean[b];
                    cov[a * d + b] += r[i * K + k] * u * v / N;
                }
        for (int a = 0; a < d; a++) row(m.mean, k)[a] = (float)mean[a];
        for (int a = 0; a < d * d; a++) row(m.cov, k)[a] = (float)cov[a];
        for (int a = 0; a < d; a++) row(m.cov, k)[a * d + a] += floor;
    }
    return log_likelihood / x.n;
#else
    TODO("E: responsibilities by log_terms and log_sum_exp; M: weights, means, covariances from "
         "them; return the mean log-likelihood");
#endif
}

/* ---- the data; nothing to write from here on ---- */

/* Five blobs in the plane. */
static const Mixture blobs = {5, {
    {.3f,  {-1.7f, -.9f}, {.2f, .08f, .16f}},
    {.2f,  {1.6f, -1.2f}, {.3f, -.1f, .12f}},
    {.2f,  {.1f, .25f},   {.1f, 0, .1f}},
    {.15f, {-1.5f, 1.5f}, {.2f, 0, .08f}},
    {.15f, {1.7f, 1.3f},  {.12f, .05f, .25f}},
}};

/* Three humps on the line; their second coordinate, an independent N(0,1), nobody looks at. */
static const Mixture humps = {3, {
    {.4f,  {-2, 0},   {.36f, 0, 1}},
    {.25f, {.3f, 0},  {.06f, 0, 1}},
    {.35f, {2.1f, 0}, {.5f, 0, 1}},
}};

/* p(x1) = p(x1, 0) / N(0; 0, 1) */
static float humps_log_density(float x)
{
    return mixture_log_density(&humps, (float[]){x, 0}) + .9189385f;
}

/* ---- clusters ---- */

/* Takes turns until the inertia rests, and returns it; the way there goes into trail, if any. */
static double kmeans(Mat x, Mat c, int *which, Csv *trail)
{
    double before = INFINITY, inertia = kmeans_assign(x, c, which);
    for (int step = 0; inertia < before; step++) {
        if (trail) plot_centroids(trail, step, c, inertia);
        before = inertia;
        kmeans_update(x, which, c);
        inertia = kmeans_assign(x, c, which);
    }
    lab_finite("the inertia", inertia, 0);
    return inertia;
}

/* The share of samples whose label is the most frequent one of their cluster. k-means itself never
 * sees a label. */
static double accuracy(Data data, const int *which, int clusters)
{
    int right = 0;
    for (int k = 0; k < clusters; k++) {
        int count[256] = {0}, most = 0;
        for (int i = 0; i < data.x.n; i++) {
            if (which[i] != k) continue;
            int label = data.label[i];
            count[label]++;
            if (count[label] > most) most = count[label];
        }
        right += most;
    }
    return (double)right / data.x.n;
}

/* k-means from many seeds; best (k,d) gets the centroids of least inertia. */
static void restart(Lab *lab, Data data, Mat best, int *which, Rng *rng, Arena *keep, Arena *mem)
{
    enum { INERTIA, ACCURACY };                         // columns of the table
    Mat table = mat_new(keep, lab->epochs, 2);          // (restarts,2): inertia per pixel, accuracy
    int least = 0, top = 0, low = 0;                    // restarts: of least inertia, best, worst
    int done = 0;
    for (; done < lab->epochs && !lab_stopping(); done++) {
        arena_reset(mem);
        Mat c = spread_rows(data.x, best.n, rng, mem);
        float *r = row(table, done);
        r[INERTIA] = (float)(kmeans(data.x, c, which, NULL) / data.x.d);
        r[ACCURACY] = (float)accuracy(data, which, c.n);
        if (done == 0 || r[INERTIA] < row(table, least)[INERTIA]) {
            mat_set(best, c);
            least = done;
        }
        if (r[ACCURACY] > row(table, top)[ACCURACY]) top = done;
        if (r[ACCURACY] < row(table, low)[ACCURACY]) low = done;
        progress(done + 1, lab->epochs, "inertia %.5f (best %.5f)", r[INERTIA],
                 row(table, least)[INERTIA]);
    }
    float worst = row(table, low)[ACCURACY], highest = row(table, top)[ACCURACY];
    float its_inertia = row(table, top)[INERTIA];
    printf("accuracy from %.3f to %.3f; the best has inertia %.6f\n", worst, highest, its_inertia);
    lab_metric(lab, "share", worst, "accuracy_min");
    lab_metric(lab, "share", highest, "accuracy_max");
    lab_metric(lab, "per pixel", its_inertia, "inertia_of_accuracy_max");
    table_write(lab->out, "restarts", "inertia,accuracy", mat_rows(table, 0, done));
}

/* ---- densities ---- */

/* A mixture of K components by EM, which starts from k-means.
 * TRY: floor = 0. Which likelihood explodes, and on what? */
static Gmm gmm_fit(Mat x, int K, Rng *rng, Arena *mem)
{
    int d = x.d, *which = arena_alloc(mem, (size_t)x.n * sizeof *which);
    Gmm m = {mat_new(mem, 1, K), spread_rows(x, K, rng, mem), mat_zeros(mem, K, d * d)};
    float spread = (float)kmeans(x, m.mean, which, NULL) / (float)d, floor = 1e-3f * spread;
    mat_fill(m.weight, 1.f / (float)K);
    for (int k = 0; k < K; k++)
        for (int a = 0; a < d; a++) row(m.cov, k)[a * d + a] = spread + floor;

    size_t mark = mem->used;
    double before = -INFINITY, now = -1e30;             // the mean log-likelihood
    for (int step = 0; step < 500 && now > before + 1e-6 && !lab_stopping(); step++) {
        before = now;
        now = em_step(x, m, floor, mem);
        lab_finite("the log-likelihood", now, step);
        arena_rewind(mem, mark);
    }
    return m;
}

static Mat gmm_log_density(Gmm m, Mat q, Arena *mem)
{
    Mat log_p = mat_new(mem, q.n, 1);
    double term[MODES];
    for (int i = 0; i < q.n; i++) {
        log_terms(row(q, i), m, term);
        log_p.a[i] = (float)log_sum_exp(term, m.mean.n);
    }
    return log_p;
}

/* Three ways to estimate a density, each with one knob. */
typedef enum { HISTOGRAM, KERNEL, MIXTURE, ESTIMATORS } Estimator;
static const char *const estimator[ESTIMATORS] = {"histogram", "kernel", "mixture"};
enum { KNOBS = 20 };                                    /* positions that are tried */

static float knob(Estimator e, int i)
{
    switch (e) {
    case HISTOGRAM: return 4 * (float)(i + 1);                  /* bins along each axis */
    case KERNEL:    return .015f * powf(1.25f, (float)i);       /* bandwidth */
    default:        return (float)(i + 1);                      /* components */
    }
}

static Mat log_density(Estimator e, float setting, Mat x, Mat q, Rng rng, Arena *mem)
{
    float edge = x.d == 1 ? 6 : 1.6f;                   /* of the square that holds everything */
    switch (e) {
    case HISTOGRAM: return histogram_log_density(x, q, -edge, edge, (int)setting, mem);
    case KERNEL:    return kde_eval(x, q, setting, mem);
    default:        return gmm_log_density(gmm_fit(x, (int)setting, &rng, mem), q, mem);
    }
}

/* Turns the knob and looks at the first half of all (2n,d), which was fitted, and at the second:
 * a row (knob, train, heldout) for each position, mean log-likelihoods. Returns the best row. */
static const float *turn_knob(Lab *lab, Estimator e, Mat all, Rng rng, Arena *mem)
{
    int n = all.n / 2;
    Mat table = mat_new(mem, KNOBS, 3);
    for (int i = 0; i < KNOBS && !lab_stopping(); i++) {
        float *r = row(table, i);
        r[0] = knob(e, i);
        Mat log_p = log_density(e, r[0], mat_rows(all, 0, n), all, rng, mem);
        r[1] = mat_mean(mat_rows(log_p, 0, n));
        r[2] = mat_mean(mat_rows(log_p, n, n));
    }
    const float *best = row(table, 0);
    for (int i = 1; i < KNOBS; i++)
        if (row(table, i)[2] > best[2]) best = row(table, i);
    table_write(lab->out, name_of(mem, "%s_%dd", estimator[e], all.d), "knob,train,heldout", table);
    return best;
}

/* KL(truth || fit) by quadrature over an even grid with cells of this size, in nats. */
static double divergence(Mat log_truth, Mat log_fit, double cell)
{
    double kl = 0;
    for (int i = 0; i < log_truth.n; i++) {
        double p = exp((double)log_truth.a[i]);
        kl += cell * p * (double)(log_truth.a[i] - log_fit.a[i]);
    }
    return kl;
}

/* Each estimator is fitted to the first half of all (2n,d), with its knob where the second half is
 * likeliest, and compared with the truth: log_truth (m,1) at the nodes of the grid q (m,d). */
static void compare(Lab *lab, Mat all, Mat q, Mat log_truth, Rng *rng, Arena *mem)
{
    int d = all.d, n = all.n / 2, winner = 0;
    double cell = pow((double)(q.a[d] - q.a[0]), d), kl[ESTIMATORS];
    float top[ESTIMATORS];                              // held-out log-likelihood
    Mat x = mat_rows(all, 0, n), columns = mat_join(mem, q, log_truth);
    printf("%-10s %8s %26s %18s\n", "", "knob", "held-out log-likelihood", "KL to the truth");
    for (int e = 0; e < ESTIMATORS; e++) {
        const float *best = turn_knob(lab, e, all, *rng, mem);
        top[e] = best[2];
        if (top[e] > top[winner]) winner = e;
        Mat log_fit = log_density(e, best[0], x, q, *rng, mem);
        columns = mat_join(mem, columns, log_fit);
        kl[e] = divergence(log_truth, log_fit, cell);
        printf("%-10s %8.3g %26.4f %14.4f nat\n", estimator[e], best[0], top[e], kl[e]);
        if (e == MIXTURE) {
            Rng again = *rng;
            plot_components(lab, gmm_fit(x, (int)best[0], &again, mem), mem);
        }
        lab_metric(lab, "nat", kl[e], "kl_%dd_%s", d, estimator[e]);
        lab_metric(lab, "", best[0], "knob_%dd_%s", d, estimator[e]);
    }
    lab_metric(lab, "nat", kl[winner], "kl_%dd", d);    /* of what the held-out samples prefer */
    plot_density(lab, x, columns, mem);
}

/* ---- the story ---- */

static void cluster_blobs(Lab *lab, int *which, Rng *rng, Arena *keep)
{
    Mat x = mixture_sample(&blobs, 500, which, rng, keep);      // (500,2)
    Mat c = mat_new(keep, blobs.n, 2);
    int placed = 0;                                     /* a hard start: all in the first blob */
    for (int i = 0; placed < c.n; i++) {
        if (which[i] != 0) continue;
        mat_set(mat_rows(c, placed, 1), mat_rows(x, i, 1));
        placed++;
    }
    printf("inertia %.4f at the start\n", kmeans_assign(x, c, which));
    Csv *trail = csv_open(lab->out, "trail.csv", "step,cluster,x1,x2,inertia");
    double inertia = kmeans(x, c, which, trail);
    csv_close(trail);
    printf("inertia %.4f in the end\n", inertia);
    lab_metric(lab, "per sample", inertia, "kmeans_inertia_blobs");
    table_write(lab->out, "blobs", "x1,x2", x);
    table_write(lab->out, "blobs_centroids", "x1,x2", c);
}

static void cluster_digits(Lab *lab, Data digits, int *which, Rng *rng, Arena *keep, Arena *mem)
{
    Mat best = mat_new(keep, digits.classes, digits.x.d);       // (10,64)
    if (lab->load)
        best = npy_read(lab->load, "centroids.npy", keep);
    else
        restart(lab, digits, best, which, rng, keep, mem);
    double inertia = kmeans_assign(digits.x, best, which) / digits.x.d;
    double share = accuracy(digits, which, best.n);
    printf("least inertia %.6f per pixel, with accuracy %.3f\n", inertia, share);
    lab_metric(lab, "per pixel", inertia, "kmeans_inertia_digits8");
    lab_metric(lab, "share", share, "kmeans_accuracy_digits8");
    npy_write(lab->out, "centroids.npy", best);
    png_sheet(lab->out, "centroids.png", best, sheet_of(digits, best.n, 12));
}

static void axes_of_a_cloud(Lab *lab, Rng *rng, Arena *keep, Arena *mem)
{
    Mixture cloud = mixture_cloud(1.5f, .5f, 30);
    Mat x = mixture_sample(&cloud, 500, NULL, rng, keep);       // (500,2)
    Eig e = pca_power(covariance(x, mem), 2, 200, rng, keep);
    for (int j = 0; j < 2; j++)
        printf("variance %.3f along (%6.3f, %6.3f)\n", e.value.a[j], row(e.vec, 0)[j],
               row(e.vec, 1)[j]);
    plot_axes(lab, x, e, mem);
}

static void axes_of_the_digits(Lab *lab, Data digits, Rng *rng, Arena *keep, Arena *mem)
{
    int d = digits.x.d;
    Eig e = pca_power(covariance(digits.x, mem), d, 400, rng, keep);
    Pca lapack = pca_fit(keep, digits.x, 1);
    Mat table = mat_new(keep, d, 2);                    // (64,2): variance, share of the first ones
    double total = (double)mat_mean(e.value) * d, sum = 0;
    for (int j = 0; j < d; j++) {
        sum += (double)e.value.a[j];
        row(table, j)[0] = e.value.a[j];
        row(table, j)[1] = (float)(sum / total);
    }
    float two = row(table, 1)[1], ten = row(table, 9)[1];
    printf("2 axes hold %.1f %% of the variance, 10 hold %.1f %%\n", 100 * two, 100 * ten);
    for (int j = 0; j < 16; j += 5)
        printf("eigenvalue %2d: %.5f, by LAPACK %.5f\n", j + 1, e.value.a[j], lapack.value.a[j]);
    lab_metric(lab, "share", two, "variance_2_axes");
    lab_metric(lab, "share", ten, "variance_10_axes");
    table_write(lab->out, "scree", "variance,cumulative", table);
    npy_write(lab->out, "eigenvectors.npy", e.vec);
    mat_sub_row(digits.x, lapack.mean);
    plot_codes(lab, digits, e, keep);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "00_unsupervised", .title = "find structure without labels",
        .epochs = 20, .batch = 600, .quick_epochs = 20,
        .steps = "blobs digits cloud scree line plane",
        .result = "kmeans_inertia_digits8",
    };
    Lab *lab = lab_open(argc, argv, &info);
    check(lab->batch >= 50, "00_unsupervised: --batch is how many samples a density is estimated "
          "from: at least 50\n  hint: --batch 600");
    Arena keep = arena_new("keep", MB(64)), mem = arena_new("step", MB(512));
    Rng rng = rng_new(lab->seed);
    Data digits = data_digits8(&keep);                  // x (1797,64)
    int *which = arena_alloc(&keep, (size_t)digits.x.n * sizeof *which);

    /* TRY: other seeds, until two centroids share a blob and two blobs a centroid */
    STEP("blobs") cluster_blobs(lab, which, &rng, &keep);
    /*%% fig 00_unsupervised-clustering
    Where the centroids go, and the cells that they rule. */
    /*%% md
    **Ten clusters for ten digits?** k-means ends in different places from different seeds, so it is
    run many times and the least inertia is kept. Nobody told it what a digit is; look for what it
    took for one. */
    STEP("digits") cluster_digits(lab, digits, which, &rng, &keep, &mem);
    /*%% fig 00_unsupervised-centroids
    The ten centroids of the best restart. */
    /*%% fig 00_unsupervised-restarts
    Every restart. Accuracy does not follow inertia: the labels never entered the objective. */
    STEP("cloud") axes_of_a_cloud(lab, &rng, &keep, &mem);
    /*%% fig 00_unsupervised-axes
    The principal axes, each two standard deviations long. */
    STEP("scree") axes_of_the_digits(lab, digits, &rng, &keep, &mem);
    /*%% fig 00_unsupervised-scree
    Variance along each of the 64 axes of the digits, and summed up. */
    /*%% fig 00_unsupervised-codes
    The digits on their first two principal axes, drawn as what they are. */
    /*%% md
    **How likely?** Every estimator has one knob: the number of bins, the bandwidth, the number of
    Gaussians. Turned too far it knows its own samples by heart; samples held out from it say where
    to stop. */
    STEP("line") {
        Mat plane = mixture_sample(&humps, 2 * lab->batch, NULL, &rng, &keep);
        Mat x = mat_cols(&keep, plane, 0, 1);           // (2n,1)
        Mat q = grid_points(-6, 6, 601, 1, &keep), log_truth = mat_new(&keep, q.n, 1);
        for (int i = 0; i < q.n; i++) log_truth.a[i] = humps_log_density(q.a[i]);
        compare(lab, x, q, log_truth, &rng, &mem);
    }
    /*%% fig 00_unsupervised-density1d
    The truth and three estimates of it from the same samples. */
    /*%% fig 00_unsupervised-bandwidth
    A narrow kernel makes its own samples likely, and new ones impossible. Held-out samples choose
    the bandwidth. */
    STEP("plane") {
        const float sd = .07f;
        Mat t = mat_new(&keep, 2 * lab->batch, 1);
        Mat x = curve_sample(SPIRAL, t.n, sd, t, &rng, &keep);          // (2n,2)
        Mat q = grid_points(-1.6f, 1.6f, lab->quick ? 65 : 129, 2, &keep);
        Mat log_truth = mat_new(&keep, q.n, 1);
        for (int i = 0; i < q.n; i++) log_truth.a[i] = curve_log_density(SPIRAL, sd, row(q, i));
        compare(lab, x, q, log_truth, &rng, &mem);
    }
    /*%% fig 00_unsupervised-density2d
    A spiral, and three estimates. */
    arena_free(&keep);
    arena_free(&mem);
    return lab_close(lab);
}
