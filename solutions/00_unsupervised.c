/* 00_unsupervised: find structure without labels.
 *
 * Learn    the three questions that need no teacher: which samples belong together, along which axes do they vary, how likely is each.
 * Write    six functions, marked TODO, in this order; labs/00_unsupervised.h says what each must do, `make test-00` tests them.
 * Run      `make 00` builds this file, runs it and draws its figures; --epochs restarts of k-means, --batch samples behind a density.
 * Writes   out/00_unsupervised/: csv and png for the figures, metrics.csv, centroids.npy, eigenvectors.npy, components_*.npy
 * Takes    about 4 s; --quick 2 s
 * Expect   kmeans_inertia_digits8 .0396 (accuracy varies from .6 to .87 over the restarts); kl_1d about .01 nat, kl_2d about .1
 *
 * Letters  n samples, d features, k clusters or axes, K components.  x (n,d) samples,  c (k,d) centroids,  q (m,d) where to look.
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
#ifdef SOLUTION
    double sum = 0;
    for (int i = 0; i < x.n; i++) {
        double nearest = INFINITY;
        for (int k = 0; k < c.n; k++) {
            double square = 0;
            for (int j = 0; j < x.d; j++) square += (double)((row(x, i)[j] - row(c, k)[j]) * (row(x, i)[j] - row(c, k)[j]));
            if (square < nearest) nearest = square, which[i] = k;
        }
        sum += nearest;
    }
    return sum / x.n;
#else
    TODO("write the number of the nearest centroid into which[i]; return the mean squared distance to it");
#endif
}

void kmeans_update(Mat x, const int *which, Mat c)
{
#ifdef SOLUTION
    for (int k = 0; k < c.n; k++)
        for (int j = 0; j < x.d; j++) {
            double sum = 0, members = 0;
            for (int i = 0; i < x.n; i++)
                if (which[i] == k) sum += (double)row(x, i)[j], members++;
            if (members > 0) row(c, k)[j] = (float)(sum / members);
        }
#else
    TODO("move every centroid to the mean of its samples; one without samples stays");
#endif
}

/*%% md
## Axes: principal components
Along which direction do the samples vary most? Along the eigenvector of the largest eigenvalue of their covariance $C$. Multiply any
vector by $C$ again and again: its part along that eigenvector grows fastest and is soon all that is left. Take this axis out and repeat.
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
    Mat C = mat_mul_tn(mem, centred, centred);      // (d,n) (n,d) -> (d,d)
    mat_scale(C, 1.f / (float)x.n);
    return C;
#else
    TODO("centre a copy of x, return its product with itself over n; gen.h lists the matrix products");
#endif
}

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
#ifdef SOLUTION
    Mat value = mat_new(mem, 1, k), axis = mat_new(mem, k, cov.d), Cv = mat_new(mem, 1, cov.d);   // axes as rows, while they are made
    float trace = 0;
    for (int i = 0; i < cov.d; i++) trace += row(cov, i)[i];
    for (int j = 0; j < k; j++) {
        Mat v = mat_rows(axis, j, 1), found = mat_rows(axis, 0, j), part = mat_new(mem, 1, j);      // (1,d), (j,d), (1,j)
        mat_normal(v, 1, rng);
        for (int step = 0; step <= steps; step++) {
            if (j > 0) mat_gemm(part, 1, v, false, found, true, 0);             /* deflation: how much lies along earlier axes, */
            if (j > 0) mat_gemm(v, -1, part, false, found, false, 1);           /* and away with it */
            mat_scale(v, 1 / mat_norm(v));
            mat_gemm(Cv, 1, v, false, cov, false, 0);                           // v^T C = (C v)^T, as C is symmetric
            if (mat_norm(Cv) < 1e-6f * trace) break;                            /* no variance is left: v stays */
            if (step < steps) mat_set(v, Cv);
        }
        value.a[j] = mat_mul_nt(mem, v, Cv).a[0];
    }
    return (Eig){value, mat_transpose(mem, axis)};
#else
    TODO("for each axis: random v, then `steps` times v <- C v without its parts along earlier axes, at length 1; value = v^T C v");
#endif
}

/*%% md
## Densities: kernels and mixtures
How likely is a sample? A kernel density puts a little Gaussian of width $h$ on every sample; a mixture fits a few Gaussians of any
shape. Densities far from all samples are smaller than a computer's smallest number, so both work with logarithms:
$\log\sum_i e^{v_i} = v_{\max} + \log\sum_i e^{v_i - v_{\max}}$.
*/
/* log N(x; mean, cov) for d = 1 or 2; cov (d,d). */
double log_normal(const float *x, const float *mean, const float *cov, int d)
{
    double u = (double)(x[0] - mean[0]), a = (double)cov[0];
    if (d == 1) return -.5 * (u * u / a + log(a)) - .9189385332046727;          /* half the log of 2 pi */
    double v = (double)(x[1] - mean[1]), b = (double)cov[1], c = (double)cov[3], det = a * c - b * b;
    return -.5 * ((c * u * u - 2 * b * u * v + a * v * v) / det + log(det)) - 1.8378770664093453;
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
    TODO("for every row of q: the log_sum_exp over samples of log_normal(q, x, h^2 I), minus log n");
#endif
}

double em_step(Mat x, Gmm m, float floor, Arena *mem)
{
#ifdef SOLUTION
    int K = m.mean.n, d = x.d;
    double log_likelihood = 0, *r = arena_alloc(mem, (size_t)x.n * (size_t)K * sizeof *r);     // (n,K) responsibilities
    for (int i = 0; i < x.n; i++) {                 /* E: who explains sample i? */
        double *ri = r + i * K;
        for (int k = 0; k < K; k++) ri[k] = log((double)m.weight.a[k]) + log_normal(row(x, i), row(m.mean, k), row(m.cov, k), d);
        double log_p = log_sum_exp(ri, K);
        for (int k = 0; k < K; k++) ri[k] = exp(ri[k] - log_p);
        log_likelihood += log_p;
    }
    for (int k = 0; k < K; k++) {                   /* M: weighted counts, means, covariances */
        double N = 0, mean[2] = {0}, cov[4] = {0};
        for (int i = 0; i < x.n; i++) N += r[i * K + k];
        m.weight.a[k] = (float)(N / x.n);
        if (N == 0) continue;                       /* it explains nothing: it stays where it is */
        for (int i = 0; i < x.n; i++)
            for (int a = 0; a < d; a++) mean[a] += r[i * K + k] * (double)row(x, i)[a] / N;
        for (int i = 0; i < x.n; i++)
            for (int a = 0; a < d * d; a++)
                cov[a] += r[i * K + k] * ((double)row(x, i)[a / d] - mean[a / d]) * ((double)row(x, i)[a % d] - mean[a % d]) / N;
        for (int a = 0; a < d; a++) row(m.mean, k)[a] = (float)mean[a];
        for (int a = 0; a < d * d; a++) row(m.cov, k)[a] = (float)cov[a] + (a / d == a % d ? floor : 0);
    }
    return log_likelihood / x.n;
#else
    TODO("E: responsibilities by log_normal and log_sum_exp; M: weights, means, covariances from them; return the mean log-likelihood");
#endif
}

/* ---- what the exercises are put together to; nothing to write from here on ---- */

/* Five blobs in the plane; and three humps on the line, whose second coordinate is an independent N(0,1) that nobody looks at. */
static const Mixture blobs = {5, {{.3f, {-1.7f, -.9f}, {.2f, .08f, .16f}}, {.2f, {1.6f, -1.2f}, {.3f, -.1f, .12f}},
    {.2f, {.1f, .25f}, {.1f, 0, .1f}}, {.15f, {-1.5f, 1.5f}, {.2f, 0, .08f}}, {.15f, {1.7f, 1.3f}, {.12f, .05f, .25f}}}};
static const Mixture humps = {3, {{.4f, {-2, 0}, {.36f, 0, 1}}, {.25f, {.3f, 0}, {.06f, 0, 1}}, {.35f, {2.1f, 0}, {.5f, 0, 1}}}};

/* Takes turns until the inertia rests, and returns it; the way there goes into trail, or trail is NULL. */
static double kmeans(Mat x, Mat c, int *which, Csv *trail)
{
    double inertia, before = INFINITY;
    for (int step = 0; (inertia = kmeans_assign(x, c, which)) < before; step++) {
        for (int k = 0; k < c.n && trail; k++) csv_row(trail, "%d,%d,%.6g,%.6g,%.6g", step, k, row(c, k)[0], row(c, k)[1], inertia);
        before = inertia;
        kmeans_update(x, which, c);
    }
    return lab_finite("the inertia", inertia, 0), inertia;
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

/* k-means from many seeds; best (k,d) gets the centroids of least inertia. */
static void restart(Lab *lab, Data data, Mat best, int *which, Rng *rng, Arena *keep, Arena *mem)
{
    Mat table = mat_new(keep, lab->epochs, 2);      // (restarts,2): inertia per pixel, accuracy
    int done = 0, first = 0, top = 0, low = 0;      // restarts: how many; of least inertia; of best and worst accuracy
    for (; done < lab->epochs && !lab_stopping(); done++) {
        arena_reset(mem);
        Mat c = spread_rows(data.x, best.n, rng, mem);
        float *r = row(table, done);
        r[0] = (float)(kmeans(data.x, c, which, NULL) / data.x.d), r[1] = (float)accuracy(data, which, c.n);
        if (done == 0 || r[0] < row(table, first)[0]) mat_set(best, c), first = done;
        top = r[1] > row(table, top)[1] ? done : top, low = r[1] < row(table, low)[1] ? done : low;
        progress(done + 1, lab->epochs, "inertia %.5f (best %.5f)", r[0], row(table, first)[0]);
    }
    printf("accuracy from %.3f to %.3f; the best has inertia %.6f\n", row(table, low)[1], row(table, top)[1], row(table, top)[0]);
    lab_metric(lab, "share", row(table, low)[1], "accuracy_min"), lab_metric(lab, "share", row(table, top)[1], "accuracy_max");
    lab_metric(lab, "per pixel", row(table, top)[0], "inertia_of_accuracy_max");
    table_write(lab->out, "restarts", "inertia,accuracy", mat_rows(table, 0, done));
}

/* A mixture of K components by EM, which starts from k-means. */
static Gmm gmm_fit(Mat x, int K, Rng *rng, Arena *mem)
{
    int d = x.d, *which = arena_alloc(mem, (size_t)x.n * sizeof *which);
    Gmm m = {mat_new(mem, 1, K), spread_rows(x, K, rng, mem), mat_zeros(mem, K, d * d)};
    float spread = (float)kmeans(x, m.mean, which, NULL) / (float)d, floor = 1e-3f * spread;
    mat_fill(m.weight, 1.f / (float)K);             /* TRY: floor = 0. Which likelihood explodes, and on what? */
    for (int k = 0; k < K; k++)
        for (int a = 0; a < d; a++) row(m.cov, k)[a * d + a] = spread + floor;
    size_t mark = mem->used;
    double before = -INFINITY, now = -1e30;
    for (int step = 0; step < 500 && now > before + 1e-6 && !lab_stopping(); step++, arena_rewind(mem, mark)) {
        before = now, now = em_step(x, m, floor, mem);
        lab_finite("the log-likelihood", now, step);
    }
    return m;
}

typedef enum { HISTOGRAM, KERNEL, MIXTURE, ESTIMATORS } Estimator;
static const char *const estimator[ESTIMATORS] = {"histogram", "kernel", "mixture"};

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

/* One row per component: weight, mean, covariance. */
static void write_gmm(Lab *lab, const char *name, Gmm m, Arena *mem)
{
    table_write(lab->out, name, m.mean.d == 1 ? "weight,m1,c11" : "weight,m1,m2,c11,c12,c21,c22",
                mat_join(mem, mat_join(mem, mat_transpose(mem, m.weight), m.mean), m.cov));
}

static Mat log_density(Estimator e, float knob, Mat x, Mat q, Rng rng, Arena *mem)
{
    float edge = x.d == 1 ? 6 : 1.6f;               /* of the square that holds everything */
    if (e == HISTOGRAM) return histogram_log_density(x, q, -edge, edge, (int)knob, mem);
    if (e == KERNEL) return kde_eval(x, q, knob, mem);
    return gmm_log_density(gmm_fit(x, (int)knob, &rng, mem), q, mem);
}

/* Fits the first half of all (2n,d), turns each knob to where the second half is likeliest, and takes KL(truth || fit) by quadrature
 * over the grid q (m,d), where the truth is log_truth (m,1). */
static void compare(Lab *lab, Mat all, Mat q, Mat log_truth, Rng *rng, Arena *mem)
{
    enum { KNOBS = 20 };
    int d = all.d, n = all.n / 2, winner = 0;
    double cell = pow((double)(q.a[d] - q.a[0]), d), kl[ESTIMATORS] = {0};
    float top[ESTIMATORS];
    char name[32];
    Mat x = mat_rows(all, 0, n), table = mat_new(mem, KNOBS, 3), columns = mat_join(mem, q, log_truth);
    printf("%-10s %8s %26s %18s\n", "", "knob", "held-out log-likelihood", "KL to the truth");
    for (int e = 0; e < ESTIMATORS; e++) {
        for (int i = 0; i < KNOBS && !lab_stopping(); i++) {
            float *r = row(table, i);
            r[0] = e == HISTOGRAM ? 4 * (float)(i + 1) : e == KERNEL ? .015f * powf(1.25f, (float)i) : (float)(i + 1);
            Mat log_p = log_density(e, r[0], x, all, *rng, mem);
            r[1] = mat_mean(mat_rows(log_p, 0, n)), r[2] = mat_mean(mat_rows(log_p, n, n));
        }
        float *best = row(table, 0);
        for (int i = 1; i < KNOBS; i++) best = row(table, i)[2] > best[2] ? row(table, i) : best;
        top[e] = best[2], winner = top[e] > top[winner] ? e : winner;
        snprintf(name, sizeof name, "%s_%dd", estimator[e], d);
        table_write(lab->out, name, "knob,train,heldout", table);
        Mat log_q = log_density(e, best[0], x, q, *rng, mem);
        columns = mat_join(mem, columns, log_q);
        for (int i = 0; i < q.n; i++) kl[e] += cell * exp((double)log_truth.a[i]) * (double)(log_truth.a[i] - log_q.a[i]);
        printf("%-10s %8.3g %26.4f %14.4f nat\n", estimator[e], best[0], top[e], kl[e]);
        if (e == MIXTURE) write_gmm(lab, d == 1 ? "components_1d" : "components_2d", gmm_fit(x, (int)best[0], (Rng[]){*rng}, mem), mem);
        lab_metric(lab, "nat", kl[e], "kl_%dd_%s", d, estimator[e]), lab_metric(lab, "", best[0], "knob_%dd_%s", d, estimator[e]);
    }
    lab_metric(lab, "nat", kl[winner], "kl_%dd", d);    /* of the estimator that the held-out samples prefer */
    table_write(lab->out, d == 1 ? "samples_1d" : "samples_2d", d == 1 ? "x1" : "x1,x2", x);
    snprintf(name, sizeof name, "density_%dd", d);
    table_write(lab->out, name, d == 1 ? "x1,truth,histogram,kernel,mixture" : "x1,x2,truth,histogram,kernel,mixture", columns);
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
    Data digits = data_digits8(&keep);              // x (1797,64)
    int *which = arena_alloc(&keep, (size_t)digits.x.n * sizeof *which);

    STEP("blobs") {                                 /* TRY: other seeds, until two centroids share a blob and two blobs a centroid */
        Mat x = mixture_sample(&blobs, 500, which, &rng, &keep), c = mat_new(&keep, BLOBS, 2);
        for (int i = 0, k = 0; k < BLOBS; i++)
            if (which[i] == 0) mat_set(mat_rows(c, k++, 1), mat_rows(x, i, 1));     /* a hard start: all in one blob */
        printf("inertia %.4f at the start\n", kmeans_assign(x, c, which));
        Csv *trail = csv_open(lab->out, "trail.csv", "step,cluster,x1,x2,inertia");
        double inertia = kmeans(x, c, which, trail);
        csv_close(trail);
        printf("inertia %.4f in the end\n", inertia), lab_metric(lab, "per sample", inertia, "kmeans_inertia_blobs");
        table_write(lab->out, "blobs", "x1,x2", x), table_write(lab->out, "blobs_centroids", "x1,x2", c);
    }
    /*%% fig 00_unsupervised-clustering
    Where the centroids go, and the cells that they rule. */
    /*%% md
    **Ten clusters for ten digits?** k-means ends in different places from different seeds, so it is run many times and the least inertia
    is kept. Nobody told it what a digit is; look for what it took for one. */
    STEP("digits") {
        Mat best = mat_new(&keep, CLASSES, digits.x.d);
        if (lab->load) best = npy_read(lab->load, "centroids.npy", &keep);
        else restart(lab, digits, best, which, &rng, &keep, &mem);
        double inertia = kmeans_assign(digits.x, best, which) / digits.x.d, share = accuracy(digits, which, CLASSES);
        printf("least inertia %.6f per pixel, with accuracy %.3f\n", inertia, share);
        lab_metric(lab, "per pixel", inertia, "kmeans_inertia_digits8"), lab_metric(lab, "share", share, "kmeans_accuracy_digits8");
        npy_write(lab->out, "centroids.npy", best);
        png_sheet(lab->out, "centroids.png", best, (Sheet){8, 8, 1, .cols = CLASSES, .zoom = 12, .lo = 0, .hi = 1});
    }
    /*%% fig 00_unsupervised-centroids
    The ten centroids of the best restart. */
    /*%% fig 00_unsupervised-restarts
    Every restart. Accuracy does not follow inertia: the labels never entered the objective. */
    STEP("cloud") {
        Mat x = mixture_sample((Mixture[]){mixture_cloud(1.5f, .5f, 30)}, 500, NULL, &rng, &keep);
        Eig e = pca_power(covariance(x, &mem), 2, 200, &rng, &keep);
        for (int j = 0; j < 2; j++) printf("variance %.3f along (%6.3f, %6.3f)\n", e.value.a[j], row(e.vec, 0)[j], row(e.vec, 1)[j]);
        table_write(lab->out, "cloud", "x1,x2", x);
        table_write(lab->out, "axes", "variance,v1,v2", mat_join(&mem, mat_transpose(&mem, e.value), mat_transpose(&mem, e.vec)));
    }
    /*%% fig 00_unsupervised-axes
    The principal axes, each two standard deviations long. */
    STEP("scree") {
        int d = digits.x.d;
        Eig e = pca_power(covariance(digits.x, &mem), d, 400, &rng, &keep);
        Pca lapack = pca_fit(&keep, digits.x, 1);
        Mat table = mat_new(&keep, d, 2), label = mat_new(&keep, digits.x.n, 1);
        double total = (double)mat_mean(e.value) * d, sum = 0;
        for (int j = 0; j < d; j++) row(table, j)[0] = e.value.a[j], row(table, j)[1] = (float)((sum += (double)e.value.a[j]) / total);
        printf("2 axes hold %.1f %% of the variance, 10 hold %.1f %%\n", 100 * row(table, 1)[1], 100 * row(table, 9)[1]);
        for (int j = 0; j < 16; j += 5) printf("eigenvalue %2d: %.5f, by LAPACK %.5f\n", j + 1, e.value.a[j], lapack.value.a[j]);
        lab_metric(lab, "share", row(table, 1)[1], "variance_2_axes"), lab_metric(lab, "share", row(table, 9)[1], "variance_10_axes");
        table_write(lab->out, "scree", "variance,cumulative", table), npy_write(lab->out, "eigenvectors.npy", e.vec);
        mat_sub_row(digits.x, lapack.mean);
        for (int i = 0; i < label.n; i++) label.a[i] = digits.label[i];
        csv_mat(lab->out, "codes.csv", "z1,z2,label", mat_join(&keep, mat_mul(&keep, digits.x, mat_cols(&mem, e.vec, 0, 2)), label));
    }
    /*%% fig 00_unsupervised-scree
    Variance along each of the 64 axes of the digits, and summed up. */
    /*%% fig 00_unsupervised-codes
    The digits on their first two principal axes, drawn as what they are. */
    /*%% md
    **How likely?** Every estimator has one knob: the number of bins, the bandwidth, the number of Gaussians. Turned too far it knows
    its own samples by heart; samples held out from it say where to stop. */
    STEP("line") {
        Mat x = mat_cols(&keep, mixture_sample(&humps, 2 * lab->batch, NULL, &rng, &keep), 0, 1);
        Mat q = grid_points(-6, 6, 601, 1, &keep), log_truth = mat_new(&keep, q.n, 1);
        for (int i = 0; i < q.n; i++)               /* p(x1) = p(x1, 0) / N(0; 0, 1) */
            log_truth.a[i] = mixture_log_density(&humps, (float[]){q.a[i], 0}) + .9189385f;
        compare(lab, x, q, log_truth, &rng, &mem);
    }
    /*%% fig 00_unsupervised-density1d
    The truth and three estimates of it from the same samples. */
    /*%% fig 00_unsupervised-bandwidth
    A narrow kernel makes its own samples likely, and new ones impossible. Held-out samples choose the bandwidth. */
    STEP("plane") {
        const float sd = .07f;
        Mat t = mat_new(&keep, 2 * lab->batch, 1), x = curve_sample(SPIRAL, t.n, sd, t, &rng, &keep);
        Mat q = grid_points(-1.6f, 1.6f, lab->quick ? 65 : 129, 2, &keep), log_truth = mat_new(&keep, q.n, 1);
        for (int i = 0; i < q.n; i++) log_truth.a[i] = curve_log_density(SPIRAL, sd, row(q, i));
        compare(lab, x, q, log_truth, &rng, &mem);
    }
    /*%% fig 00_unsupervised-density2d
    A spiral, and three estimates. */
    arena_free(&keep), arena_free(&mem);
    return lab_close(lab);
}
