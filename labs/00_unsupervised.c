/* 00_unsupervised: find structure without labels.
 *
 * Learn    the three questions that need no teacher: which samples belong together, along which axes do they vary, how likely is each.
 * Write    six functions, marked TODO, in this order; labs/00_unsupervised.h says what each must do, `make test-00` tests them.
 * Run      `make 00` builds this file, runs it and draws its figures in out/figures/; the README has the one-line cc command.
 *          --epochs is the number of restarts of k-means, --batch the number of samples that a density is estimated from.
 * Writes   out/00_unsupervised/: csv and png for the figures, metrics.csv, centroids.npy, eigen*.npy, mixture*.npy, ...
 * Takes    about 3 s on one core; --quick is the same but for the grids
 * Expect   kmeans_inertia_digits8 .03958; kl_1d about .01 nat, kl_2d about .1
 *
 * Letters  n samples, d features, k clusters or axes, K components, h bandwidth.  x (n,d) samples,  c (k,d) centroids,  q (m,d) where to look.
 */
#include "00_unsupervised.h"
#include <math.h>
#include <stdio.h>

/*%% md
## Clusters: k-means
Which samples belong together? Say it with $k$ centroids: a sample belongs to the nearest, a centroid stands in the middle of its own.
Neither half can raise the inertia $J = \frac1n\sum_i \|x_i - c_{a_i}\|^2$, so taking turns must come to rest.
*/
double kmeans_assign(Mat x, Mat c, int *which)
{
    TODO("write the number of the nearest centroid into which[i]; return the mean squared distance to it");
}

void kmeans_update(Mat x, const int *which, Mat c)
{
    TODO("move every centroid to the mean of its samples; one without samples stays");
}

/*%% md
## Axes: principal components
Along which direction do the samples vary most? Along the eigenvector of the largest eigenvalue of their covariance $C$. Multiply any
vector by $C$ again and again: its part along that eigenvector grows fastest and is soon all that is left. Take this axis out and repeat.
*/
Mat covariance(Mat x, Arena *mem)
{
    TODO("centre a copy of x, return its product with itself over n; gen.h lists the matrix products");
}

/* The length of a row or a column. */
static float length(Mat v)
{
    double sum = 0;
    for (size_t i = 0; i < mat_size(v); i++) sum += (double)v.a[i] * (double)v.a[i];
    return (float)sqrt(sum);
}

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
    TODO("for each axis: random v, then `steps` times v <- C v without its parts along earlier axes, at length 1; value = v^T C v");
}

/*%% md
## Densities: kernels and mixtures
How likely is a sample? A kernel density puts a little Gaussian of width $h$ on every sample; a mixture fits a few Gaussians of any
shape. Densities far from all samples are smaller than a computer's smallest number, so both work with logarithms:
$\log\sum_i e^{v_i} = v_{\max} + \log\sum_i e^{v_i - v_{\max}}$.
*/
/* log N(x; mean, cov) for d = 1 or 2; cov (d,d). */
static double log_normal(const float *x, const float *mean, const float *cov, int d)
{
    const double log_2pi = 1.8378770664093453;
    double u = (double)(x[0] - mean[0]), a = (double)cov[0];
    if (d == 1) return -.5 * (u * u / a + log(a) + log_2pi);
    double v = (double)(x[1] - mean[1]), b = (double)cov[1], c = (double)cov[3], det = a * c - b * b;
    return -.5 * ((c * u * u - 2 * b * u * v + a * v * v) / det + log(det)) - log_2pi;
}

Mat kde_eval(Mat x, Mat q, float h, Arena *mem)
{
    TODO("for every row of q: the log_sum_exp over samples of log_normal(q, x, h^2 I), minus log n");
}

double em_step(Mat x, Gmm m, float floor, Arena *mem)
{
    TODO("E: responsibilities by log_normal and log_sum_exp; M: weights, means, covariances from them; return the mean log-likelihood");
}

/* ---- what the exercises are put together to; nothing to write from here on ---- */

/* Five blobs in the plane; and three humps on the line, whose second coordinate is an independent N(0,1) that nobody looks at. */
static const Mixture blobs = {5, {{.3f, {-1.7f, -.9f}, {.2f, .08f, .16f}}, {.2f, {1.6f, -1.2f}, {.3f, -.1f, .12f}}, {.2f, {.1f, .25f}, {.1f, 0, .1f}},
                                  {.15f, {-1.5f, 1.5f}, {.2f, 0, .08f}}, {.15f, {1.7f, 1.3f}, {.12f, .05f, .25f}}}};
static const Mixture humps = {3, {{.4f, {-2, 0}, {.36f, 0, 1}}, {.25f, {.3f, 0}, {.06f, 0, 1}}, {.35f, {2.1f, 0}, {.5f, 0, 1}}}};

static float mean_of(Mat x)
{
    double sum = 0;
    for (size_t i = 0; i < mat_size(x); i++) sum += (double)x.a[i];
    return (float)(sum / (double)mat_size(x));
}

/* k-means++: each next centroid is a sample, drawn with probability proportional to its squared distance to the nearest so far
 * (Arthur & Vassilvitskii 2007). */
static Mat seed_centroids(Mat x, int k, Rng *rng, Arena *mem)
{
    Mat c = mat_new(mem, k, x.d), gap = mat_new(mem, x.n, 1);
    for (int j = 0, which, pick = rng_below(rng, x.n); j < k; j++) {
        mat_set(mat_rows(c, j, 1), mat_rows(x, pick, 1));
        for (int i = 0; i < x.n; i++) gap.a[i] = (float)kmeans_assign(mat_rows(x, i, 1), mat_rows(c, 0, j + 1), &which);
        double want = (double)(rng_uniform(rng) * mean_of(gap)) * x.n;
        for (pick = 0; pick < x.n - 1 && (want -= (double)gap.a[pick]) >= 0; pick++) continue;
    }
    return c;
}

/* Takes turns until the inertia rests; with a trail, every centroid goes there. */
static double kmeans(Mat x, Mat c, int *which, Csv *trail)
{
    double inertia, before = INFINITY;
    for (int step = 0; (inertia = kmeans_assign(x, c, which)) < before; step++) {
        for (int k = 0; k < c.n && trail; k++) csv_row(trail, "%d,%d,%.6g,%.6g,%.6g", step, k, row(c, k)[0], row(c, k)[1], inertia);
        before = inertia;
        kmeans_update(x, which, c);
    }
    lab_finite("the inertia", inertia, 0);
    return inertia;
}

/* The share of samples whose label is the most frequent one of their cluster. k-means itself never sees a label. */
static double accuracy(Data data, const int *which, int clusters)
{
    int right = 0;
    for (int k = 0; k < clusters; k++) {
        int count[256] = {0}, most = 0;
        for (int i = 0; i < data.x.n; i++)
            if (which[i] == k && ++count[data.label[i]] > most) most++;
        right += most;
    }
    return (double)right / data.x.n;
}

/* k-means from many seeds: best gets the centroids of least inertia; returns (restarts,2): inertia per pixel, accuracy. */
static Mat restarts(Lab *lab, Data data, Mat best, int *which, Rng *rng, Arena *keep, Arena *mem)
{
    Mat table = mat_new(keep, lab->epochs, 2);
    double least = INFINITY;
    int done = 0;
    while (done < lab->epochs && !lab_stopping()) {
        arena_reset(mem);
        Mat c = seed_centroids(data.x, best.n, rng, mem);
        double inertia = kmeans(data.x, c, which, NULL) / data.x.d;
        if (inertia < least) mat_set(best, c), least = inertia;
        row(table, done)[0] = (float)inertia, row(table, done)[1] = (float)accuracy(data, which, c.n);
        progress(++done, lab->epochs, "inertia %.5f (best %.5f)", inertia, least);
    }
    return mat_rows(table, 0, done);
}

/* A mixture of K components by EM, which starts from k-means. */
static Gmm gmm_fit(Mat x, int K, Rng *rng, Arena *mem)
{
    int d = x.d, *which = arena_alloc(mem, (size_t)x.n * sizeof *which);
    Gmm m = {mat_new(mem, 1, K), seed_centroids(x, K, rng, mem), mat_zeros(mem, K, d * d)};
    float spread = (float)kmeans(x, m.mean, which, NULL) / (float)d, floor = 1e-3f * spread;
    mat_fill(m.weight, 1.f / (float)K);             /* TRY: floor = 0. Which likelihood explodes, and on what? */
    for (int k = 0; k < K; k++)
        for (int a = 0; a < d; a++) row(m.cov, k)[a * d + a] = spread + floor;
    double now = -INFINITY, before;
    size_t mark = mem->used;
    for (int step = 0; step < 500 && !lab_stopping(); step++) {
        arena_rewind(mem, mark);
        before = now, now = em_step(x, m, floor, mem);
        lab_finite("the log-likelihood", now, step);
        if (now < before + 1e-6) break;
    }
    return m;
}

/* ---- three estimators with one knob each, which held-out samples turn ---- */

typedef enum { HISTOGRAM, KERNEL, MIXTURE, ESTIMATORS } Estimator;
static const char *const estimator[ESTIMATORS] = {"histogram", "kernel", "mixture"};

/* Counts in equal bins, half a sample more in each: an empty bin would call what falls there impossible. */
static Mat histogram_log_density(Mat x, Mat q, int bins, Arena *mem)
{
    float lo = x.d == 1 ? -6 : -1.6f, width = -2 * lo / (float)bins, cell = powf(width, (float)x.d);
    int cells = x.d == 1 ? bins : bins * bins;
    Mat count = mat_new(mem, cells, 1), log_p = mat_new(mem, q.n, 1);
    mat_fill(count, .5f);
    for (int i = 0; i < x.n + q.n; i++) {           /* first the samples are counted, then the questions answered */
        const float *p = i < x.n ? row(x, i) : row(q, i - x.n);
        int bin = 0;
        for (int j = x.d - 1; j >= 0; j--) bin = bin * bins + (int)fminf(fmaxf((p[j] - lo) / width, 0), (float)bins - 1);
        if (i < x.n) count.a[bin]++;
        else log_p.a[i - x.n] = logf(count.a[bin] / (((float)x.n + .5f * (float)cells) * cell));
    }
    return log_p;
}

static Mat gmm_log_density(Gmm m, Mat q, Arena *mem)
{
    Mat log_p = mat_new(mem, q.n, 1);
    double term[MODES];
    for (int i = 0; i < q.n; i++) {
        for (int k = 0; k < m.mean.n; k++) term[k] = log((double)m.weight.a[k]) + log_normal(row(q, i), row(m.mean, k), row(m.cov, k), q.d);
        log_p.a[i] = (float)log_sum_exp(term, m.mean.n);
    }
    return log_p;
}

static Mat log_density(Estimator e, float knob, Mat x, Mat q, Rng rng, Arena *mem)
{
    if (e == HISTOGRAM) return histogram_log_density(x, q, (int)knob, mem);
    if (e == KERNEL) return kde_eval(x, q, knob, mem);
    return gmm_log_density(gmm_fit(x, (int)knob, &rng, mem), q, mem);
}

/* Fits x (n,d), turns each knob to where held (n,d) is likeliest, and takes KL(truth || fit) by quadrature on the grid q (m,d) with
 * log_truth (m,1). */
static void compare(Lab *lab, Mat x, Mat held, Mat q, Mat log_truth, Rng *rng, Arena *mem)
{
    enum { KNOBS = 20 };
    int d = x.d, n = x.n, winner = 0;
    double cell = pow((double)(q.a[d] - q.a[0]), d), kl[ESTIMATORS] = {0};
    float top[ESTIMATORS];
    char name[32];
    Mat all = mat_new(mem, 2 * n, d), table = mat_new(mem, KNOBS, 3), columns = mat_join(mem, q, log_truth);
    mat_set(mat_rows(all, 0, n), x), mat_set(mat_rows(all, n, n), held);
    for (int e = 0; e < ESTIMATORS; e++) {
        for (int i = 0; i < KNOBS && !lab_stopping(); i++) {
            float knob = e == HISTOGRAM ? 4 * (float)(i + 1) : e == KERNEL ? .015f * powf(1.25f, (float)i) : (float)(i + 1);
            Mat log_p = log_density(e, knob, x, all, *rng, mem);
            row(table, i)[0] = knob, row(table, i)[1] = mean_of(mat_rows(log_p, 0, n)), row(table, i)[2] = mean_of(mat_rows(log_p, n, n));
        }
        int best = 0;
        for (int i = 1; i < KNOBS; i++) best = row(table, i)[2] > row(table, best)[2] ? i : best;
        snprintf(name, sizeof name, "%s_%dd", estimator[e], d);
        table_write(lab->out, name, "knob,train,heldout", table);
        top[e] = row(table, best)[2], winner = top[e] > top[winner] ? e : winner;
        Mat log_q = log_density(e, row(table, best)[0], x, q, *rng, mem);
        columns = mat_join(mem, columns, log_q);
        for (int i = 0; i < q.n; i++) kl[e] += cell * exp((double)log_truth.a[i]) * (double)(log_truth.a[i] - log_q.a[i]);
        printf("%-10s knob %7.3f   held-out log-likelihood %.4f   KL to the truth %.4f nat\n", estimator[e], row(table, best)[0], top[e], kl[e]);
        lab_metric(lab, "nat", kl[e], "kl_%dd_%s", d, estimator[e]);
        lab_metric(lab, e == KERNEL ? "bandwidth" : "count", row(table, best)[0], "knob_%dd_%s", d, estimator[e]);
    }
    lab_metric(lab, "nat", kl[winner], "kl_%dd", d);    /* of the estimator that the held-out samples prefer */
    snprintf(name, sizeof name, "density_%dd", d);
    table_write(lab->out, name, d == 1 ? "x,truth,histogram,kernel,mixture" : "x1,x2,truth,histogram,kernel,mixture", columns);
    snprintf(name, sizeof name, "samples_%dd", d);
    table_write(lab->out, name, d == 1 ? "x" : "x1,x2", x);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "00_unsupervised", .title = "find structure without labels", .epochs = 20, .batch = 600, .quick_epochs = 20,
        .steps = "blobs digits cloud scree line plane",
    };
    Lab *lab = lab_open(argc, argv, &info);
    check(lab->batch >= 50, "00_unsupervised: --batch is how many samples a density is estimated from: at least 50");
    Arena keep = arena_new("keep", MB(64)), mem = arena_new("step", MB(512));
    Rng rng = rng_new(lab->seed);
    enum { BLOBS = 5, CLASSES = 10 };
    int *which = arena_alloc(&keep, 2000 * sizeof *which);
    Data digits = data_digits8(&keep);              // x (1797,64)

    STEP("blobs") {
        Mat x = mixture_sample(&blobs, 500, which, &rng, &keep), c = mat_new(&keep, BLOBS, 2), d = seed_centroids(x, BLOBS, &rng, &keep);
        for (int i = 0, k = 0; k < BLOBS; i++)
            if (which[i] == 0) mat_set(mat_rows(c, k++, 1), mat_rows(x, i, 1));     /* all start in one blob */
        Csv *trail = csv_open(lab->out, "trail.csv", "step,cluster,x1,x2,inertia");
        double bad = kmeans(x, c, which, trail), good = kmeans(x, d, which, NULL);
        csv_close(trail);
        printf("inertia %.4f from a start in one blob, %.4f from k-means++\n", bad, good);
        lab_metric(lab, "per sample", bad, "blobs_inertia_one_blob"), lab_metric(lab, "per sample", good, "blobs_inertia_plusplus");
        table_write(lab->out, "blobs", "x1,x2", x), table_write(lab->out, "blobs_one_blob", "x1,x2", c), table_write(lab->out, "blobs_plusplus", "x1,x2", d);
    }
    /*%% fig 00_unsupervised-clustering
    Where the centroids went, and the cells that they rule. */
    /*%% fig 00_unsupervised-kmeans
    The same as a movie. */
    /*%% md
    **Ten clusters for ten digits?** k-means ends in different places from different seeds, so it is run many times and the least inertia
    is kept. Nobody told it what a digit is; look for what it took for one. */
    STEP("digits") {
        Mat best = mat_new(&keep, CLASSES, digits.x.d);
        if (lab->load) best = npy_read(lab->load, "centroids.npy", &keep);
        else table_write(lab->out, "restarts", "inertia,accuracy", restarts(lab, digits, best, which, &rng, &keep, &mem));
        double inertia = kmeans_assign(digits.x, best, which) / digits.x.d, share = accuracy(digits, which, CLASSES);
        printf("least inertia %.6f per pixel; %.1f %% of the digits are in a cluster of their own kind\n", inertia, 100 * share);
        lab_metric(lab, "per pixel", inertia, "kmeans_inertia_digits8");
        lab_metric(lab, "share", share, "kmeans_accuracy_digits8");
        npy_write(lab->out, "centroids.npy", best);
        png_sheet(lab->out, "centroids.png", best, (Sheet){8, 8, 1, .cols = CLASSES, .zoom = 12, .lo = 0, .hi = 1});
    }
    /*%% fig 00_unsupervised-centroids
    The ten centroids of the best restart. */
    /*%% fig 00_unsupervised-restarts
    Every restart: its accuracy does not follow its inertia. The objective is ours; the labels never entered it. */
    STEP("cloud") {
        Mixture gauss = mixture_cloud(1.5f, .5f, 30);
        Mat x = mixture_sample(&gauss, 500, NULL, &rng, &keep);
        Eig e = pca_power(covariance(x, &mem), 2, 200, &rng, &keep);
        printf("variance %.3f along (%.3f, %.3f), %.3f along (%.3f, %.3f)\n", e.value.a[0], e.vec.a[0], e.vec.a[2], e.value.a[1], e.vec.a[1], e.vec.a[3]);
        table_write(lab->out, "cloud", "x1,x2", x);
        table_write(lab->out, "axes", "variance,v1,v2", mat_join(&mem, mat_transpose(&mem, e.value), mat_transpose(&mem, e.vec)));
    }
    /*%% fig 00_unsupervised-axes
    The principal axes, each two standard deviations long. */
    STEP("scree") {
        int d = digits.x.d;
        Eig e = pca_power(covariance(digits.x, &mem), d, 400, &rng, &keep);
        Pca lapack = pca_fit(&keep, digits.x, 1);
        double total = 0, kept = 0, off = 0;
        Mat table = mat_new(&keep, d, 2);
        for (int j = 0; j < d; j++) total += (double)e.value.a[j], off = fmax(off, fabs((double)(e.value.a[j] - lapack.value.a[j])));
        for (int j = 0; j < d; j++) kept += (double)e.value.a[j], row(table, j)[0] = e.value.a[j], row(table, j)[1] = (float)(kept / total);
        printf("2 axes hold %.1f %% of the variance, 10 hold %.1f %%, 21 hold %.1f %%; eigenvalues are within %.1g of LAPACK's\n",
               100 * row(table, 1)[1], 100 * row(table, 9)[1], 100 * row(table, 20)[1], off);
        lab_metric(lab, "share", row(table, 1)[1], "variance_2_axes"), lab_metric(lab, "share", row(table, 9)[1], "variance_10_axes");
        lab_metric(lab, "variance", off, "eigenvalue_error");
        table_write(lab->out, "scree", "variance,cumulative", table), npy_write(lab->out, "eigenvectors.npy", e.vec);
        Mat centred = mat_copy(&keep, digits.x), label = mat_new(&keep, digits.x.n, 1);
        mat_sub_row(centred, lapack.mean);
        for (int i = 0; i < label.n; i++) label.a[i] = digits.label[i];
        csv_mat(lab->out, "codes.csv", "z1,z2,label", mat_join(&keep, mat_mul(&keep, centred, mat_cols(&mem, e.vec, 0, 2)), label));
    }
    /*%% fig 00_unsupervised-scree
    Variance along each of the 64 axes of the digits, and summed up. */
    /*%% fig 00_unsupervised-codes
    The digits on their first two principal axes, drawn as what they are. */
    STEP("line") {
        Mat x = mat_cols(&keep, mixture_sample(&humps, lab->batch, NULL, &rng, &keep), 0, 1);
        Mat held = mat_cols(&keep, mixture_sample(&humps, lab->batch, NULL, &rng, &keep), 0, 1);
        Mat q = grid_points(-6, 6, 601, 1, &keep), log_truth = mat_new(&keep, q.n, 1);
        for (int i = 0; i < q.n; i++) log_truth.a[i] = mixture_log_density(&humps, (float[]){q.a[i], 0}) + .9189385332f;    /* N(0; 0, 1) out */
        compare(lab, x, held, q, log_truth, &rng, &mem);
    }
    /*%% fig 00_unsupervised-density1d
    The truth and three estimates of it from the same samples. */
    /*%% fig 00_unsupervised-bandwidth
    A narrow kernel makes its own samples likely, and new ones impossible. Held-out samples choose the bandwidth. */
    STEP("plane") {
        const float sd = .07f;
        Mat t = mat_new(&keep, lab->batch, 1), x = curve_sample(SPIRAL, lab->batch, sd, t, &rng, &keep);
        Mat held = curve_sample(SPIRAL, lab->batch, sd, t, &rng, &keep);
        Mat q = grid_points(-1.6f, 1.6f, lab->quick ? 65 : 129, 2, &keep), log_truth = mat_new(&keep, q.n, 1);
        for (int i = 0; i < q.n; i++) log_truth.a[i] = curve_log_density(SPIRAL, sd, row(q, i));
        compare(lab, x, held, q, log_truth, &rng, &mem);
    }
    /*%% fig 00_unsupervised-density2d
    A spiral, and three estimates. */
    arena_free(&keep), arena_free(&mem);
    return lab_close(lab);
}
