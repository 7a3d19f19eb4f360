/* 01_linear_ae: a linear autoencoder is PCA.
 *
 * Learn    what an autoencoder finds when nothing in it bends: the subspace of the principal
 *          components, but not their axes.
 * Write    six functions, marked TODO, in this order; labs/01_linear_ae.h says what each must do,
 *          `make test-01` tests them.
 * Run      `make 01` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command.
 * Writes   out/01_linear_ae/: csv and png for the figures, metrics.csv, mean.npy,
 *          weights_k*.npy, eigenvectors.npy, eigenvalues.npy
 * Takes    about 25 s on two cores; --quick 3 s
 * Expect   test_mse_k{1,2,4,8,16,32} .0614 .0461 .0366 .0266 .0204 .0151 on Fashion-MNIST, as PCA
 *          has them
 *
 * Letters  n rows or B batch, d features, k hidden units.
 *          x (B,d) samples, W (d,k) weights, z (B,k) code, xhat (B,d) copy.
 */
#include "01_linear_ae.h"
#include "01_linear_ae_plot.h"
#include <math.h>
#include <stdio.h>

/*%% md
## Encode and decode

An autoencoder maps $x \in \mathbb{R}^d$ to a code $z \in \mathbb{R}^k$ and back. The simplest has
one hidden unit, no bias and no nonlinearity: $z = w^\top x$ and $\hat x = w z$, with the same $w$
both ways ("tied" weights). With $k$ units the vectors become the columns of
$W \in \mathbb{R}^{d\times k}$:
$$ z = W^\top x, \qquad \hat x = W z = W W^\top x . $$
Samples lie in rows, so a batch is $Z = XW$ and $\hat X = Z W^\top$. The line that $w$ spans passes
through the origin, so the data must be centred there first.
*/
void centre_data(Mat x, Mat mean)
{
    TODO("write the column means of x into mean, then subtract them from every row of x");
}

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    TODO("return z = x W; gen.h lists the matrix products");
}

Mat ae_decode(Mat z, Mat W, Arena *mem)
{
    TODO("return xhat = z W^T");
}

/*%% md
## The loss and its gradient

$$ L(W) = \frac1B \sum_{i=1}^{B} \left\| x_i - W W^\top x_i \right\|^2 . $$
$W$ stands in two places. The decoder's place sees $\mathrm dL/\mathrm d\hat X$ and the code; the
encoder's place sees what the decoder hands back, and the input:
$$ \frac{\mathrm dL}{\mathrm dW}
   = \underbrace{\left(\frac{\mathrm dL}{\mathrm d\hat X}\right)^{\!\top}\! Z}_{\text{decoder}}
   \;+\; \underbrace{X^\top \left(\frac{\mathrm dL}{\mathrm d\hat X}\, W\right)}_{\text{encoder}}
   . $$
Two paths lead back to one weight, so their gradients add: the one rule of backpropagation that
every later lab leans on.
*/
float tied_loss(Mat x, Mat xhat)
{
    TODO("return the squared distance between x and xhat, summed over features and averaged over "
         "the batch");
}

Mat tied_grad(Mat x, Mat z, Mat xhat, Mat W, Arena *mem)
{
    TODO("return dL/dW: start from dL/dxhat = 2/B (xhat - x); W stands in two places, add what "
         "both hand back");
}

/*%% md
## The same subspace, but which axes?

For a rotation $Q$ of the code, $WQ(WQ)^\top = WW^\top$: the loss cannot tell $W$ from $WQ$. So the
columns of $W$ need not be the principal components; only their span can be. Two spans are compared
by their principal angles.
*/
Mat principal_angles(Mat U, Mat V, Arena *mem)
{
    TODO("orthonormal bases P and Q of the two spans; the singular values of Q - P P^T Q are "
         "sines; return degrees, largest first");
}

/* ---- training ---- */

/* One step: forward, backward, down the gradient. */
static float ae_step(Param *W, Mat x, const Sgd *opt, Arena *mem)
{
    Mat z = ae_encode(x, W->v, mem);                    // (B,k)
    Mat xhat = ae_decode(z, W->v, mem);                 // (B,d)
    W->g = tied_grad(x, z, xhat, W->v, mem);            // (d,k)
    sgd_update(W, opt);
    return tied_loss(x, xhat);
}

/* Full-batch descent with one hidden unit from (w1, w2); returns where it ends, (2,1). */
static Mat descend(Csv *path, const char *run, Mat x, const float start[2], Arena *mem)
{
    enum { STEPS = 400 };
    Param w = param_new(mem, 2, 1);
    w.v.a[0] = start[0];
    w.v.a[1] = start[1];
    Sgd opt = {.lr = .02f};
    size_t mark = mem->used;
    for (int step = 0; step <= STEPS; step++) {
        arena_rewind(mem, mark);
        csv_row(path, "%s,%d,%.6g,%.6g", run, step, w.v.a[0], w.v.a[1]);
        lab_finite("the loss", ae_step(&w, x, &opt, mem), step);
    }
    return w.v;
}

/* The variance outside the leading k principal axes: what k dimensions cannot hold. */
static double discarded(Pca pca, int k)
{
    double sum = 0;
    for (int j = k; j < pca.value.d; j++) sum += pca.value.a[j];
    return sum;
}

/* Minibatch descent with momentum on W (d,k). The rate was tuned once, for all k, on the training
 * loss; momentum .9 is the usual one. */
static void train(Lab *lab, Param *W, Data data, Pca pca, Csv *curve, Rng *rng, Arena *mem)
{
    const float rate = .008f, momentum = .9f;
    int k = W->v.d;
    Mat V = mat_cols(mem, pca.vec, 0, k);               // (d,k): spans what we hope for
    double floor = discarded(pca, k);
    long noted = 1;                                     // the next step to note
    Training t = training(data.x, lab->epochs, lab->batch, rng, mem);
    while (training_next(&t)) {
        Sgd opt = {.lr = cosine_decay(rate, t.step, t.steps), .momentum = momentum};
        float loss = ae_step(W, t.x, &opt, mem);
        lab_finite("the loss", loss, t.step);

        long done = t.step + 1;
        if (done < noted && done < t.steps) continue;
        noted = done + 1 + done / 12;                   // evenly spaced on a logarithmic axis
        float angle = principal_angles(V, W->v, mem).a[0];
        csv_row(curve, "%d,%ld,%.6g,%.6g,%.6g", k, done, loss, floor, angle);
        progress(done, t.steps, "k = %d  loss %.2f (floor %.2f)", k, loss, floor);
    }
}

/* The loss over many rows, a slab at a time. */
static double ae_loss(Mat x, Mat W, Arena *mem)
{
    enum { SLAB = 1000 };
    size_t mark = mem->used;
    double sum = 0;
    for (int first = 0; first < x.n; first += SLAB) {
        int left = x.n - first;
        Mat slab = mat_rows(x, first, left < SLAB ? left : SLAB);
        Mat copy = ae_decode(ae_encode(slab, W, mem), W, mem);
        sum += slab.n * (double)tied_loss(slab, copy);
        arena_rewind(mem, mark);
    }
    return sum / x.n;
}

/* ---- steps of the story ---- */

/* The five points of the plane where the gradient vanishes: 0, and both signs of both axes. */
static void stationary_points(Lab *lab, Mat x, Eig axis, Arena *mem)
{
    static const struct { const char *kind; int axis; float sign; } points[] = {
        {"maximum", 0, 0},
        {"minimum", 0, 1}, {"minimum", 0, -1},
        {"saddle", 1, 1}, {"saddle", 1, -1},
    };
    Csv *csv = csv_open(lab->out, "stationary.csv", "w1,w2,loss,kind");
    for (int i = 0; i < LENGTH(points); i++) {
        Mat w = mat_cols(mem, axis.vec, points[i].axis, 1);     // (2,1): v1 or v2
        mat_scale(w, points[i].sign);
        double loss = ae_loss(x, w, mem);
        printf("%s at (%6.3f, %6.3f): loss %.4f\n", points[i].kind, w.a[0], w.a[1], loss);
        csv_row(csv, "%.6g,%.6g,%.6g,%s", w.a[0], w.a[1], loss, points[i].kind);
    }
    csv_close(csv);
}

/* TRY: start exactly on v2, or at 0. How long does descent stay there? */
static void four_descents(Lab *lab, Mat cloud, Arena *mem)
{
    static const struct { const char *run; float w[2]; } starts[] = {
        {"a", {-.93f, -1.2f}}, {"b", {.03f, .02f}}, {"c", {-1.3f, .25f}}, {"d", {1.35f, 1.2f}},
    };
    Csv *path = csv_open(lab->out, "path.csv", "run,step,w1,w2");
    for (int s = 0; s < LENGTH(starts); s++) {
        const float *from = starts[s].w;
        Mat to = descend(path, starts[s].run, cloud, from, mem);
        printf("from (%5.2f, %5.2f) to (%6.3f, %6.3f)\n", from[0], from[1], to.a[0], to.a[1]);
    }
    csv_close(path);
}

static void with_and_without_centring(Lab *lab, Mat raw, Mat cloud, Arena *mem)
{
    static const float start[2] = {.3f, .1f};
    static const char *const run[2] = {"raw", "centred"};
    Mat x[2] = {raw, cloud};
    Csv *path = csv_open(lab->out, "centring.csv", "run,step,w1,w2");
    for (int c = 0; c < 2; c++) {
        Mat w = descend(path, run[c], x[c], start, mem);
        double loss = ae_loss(x[c], w, mem);
        printf("%-7s line towards (%6.3f, %6.3f): loss %.4f\n", run[c], w.a[0], w.a[1], loss);
        lab_metric(lab, "per sample", loss, "cloud_loss_%s", run[c]);
    }
    csv_close(path);
}

/* The error on test images, PCA's, and the angle between the two subspaces. */
static void compare(Lab *lab, Mat W, Mat test, Pca pca, Arena *mem)
{
    int k = W.d, pixels = test.d;
    Mat V = mat_cols(mem, pca.vec, 0, k);               // (d,k)
    double error = ae_loss(test, W, mem) / pixels, best = ae_loss(test, V, mem) / pixels;
    double angle = principal_angles(V, W, mem).a[0];
    double gap = 1 - (pca.value.a[k] / pca.value.a[k - 1]);
    printf("%2d   %.6f  %.6f   %5.2f   %5.1f %%\n", k, error, best, angle, 100 * gap);
    lab_metric(lab, "per pixel", error, "test_mse_k%d", k);
    lab_metric(lab, "per pixel", best, "pca_mse_k%d", k);
    lab_metric(lab, "degrees", angle, "max_angle_deg_k%d", k);
    lab_metric(lab, "relative", gap, "eigen_gap_k%d", k);
}

/* Two linear layers with weights of their own, on the small digits: a net and its trace, as all
 * later labs use them. The weights start small: corner pixels are always 0, and theirs stay as
 * they are. */
static void untied(Lab *lab, Rng *rng, Arena *keep, Arena *mem)
{
    enum { K = 4, STEPS = 2000 };
    Mat x = data_digits8(keep).x;                       // (1797,64)
    Pca pca = pca_fit(keep, x, K);
    mat_sub_row(x, pca.mean);
    Net net = net_new("untied", (Shape){1, 1, x.d}, keep);
    net_linear(&net, K, .001f, rng);
    net_linear(&net, x.d, .001f, rng);
    net_print(&net);

    Loss loss = {0};
    for (int step = 0; step < STEPS; step++) {
        arena_reset(mem);
        Trace t = trace(mem, TRAIN);
        loss = squared_error(net_forward(&net, x, &t), x, mem);
        net_zero_grad(&net);
        net_backward(&net, loss.grad, &t, WRT_PARAMS);
        Sgd opt = {.lr = cosine_decay(.1f, step, STEPS), .momentum = .9f};
        sgd_step(&net, &opt);
    }

    Mat product = mat_mul(mem, net.layer[0].w.v, net.layer[1].w.v);     // (64,64)
    Mat projector = mat_mul_nt(mem, pca.vec, pca.vec);                  // (64,64)
    double off = 0, floor = discarded(pca, K);
    for (size_t i = 0; i < mat_size(product); i++)
        off = fmax(off, fabs(product.a[i] - projector.a[i]));
    printf("loss %.5f, floor %.5f; product and projector differ by at most %.5f\n", loss.value,
           floor, off);
    lab_metric(lab, "relative", loss.value / floor - 1, "untied_excess_loss");
    lab_metric(lab, "largest entry", off, "untied_projector_error");
    net_write(&net, lab->out);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "01_linear_ae", .title = "a linear autoencoder is PCA",
        .epochs = 20, .batch = 128, .quick_epochs = 40,
        .steps = "cloud surface descent centring images train compare untied",
        .result = "test_mse_k32",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(256)), mem = arena_new("step", MB(64));
    Rng rng = rng_new(lab->seed);

    Mat raw, cloud, mean;                               // (400,2) as drawn and centred, (1,d)
    Eig axis;                                           // of the cloud's covariance
    STEP("cloud") {
        Mixture gauss = mixture_cloud(1, .45f, -35);
        raw = mixture_sample(&gauss, 400, NULL, &rng, &keep);
        mat_add_row(raw, (Mat){1, 2, (float[]){1.9f, 1.5f}});
        csv_mat(lab->out, "cloud.csv", "x1,x2", raw);

        cloud = mat_copy(&keep, raw);
        mean = mat_new(&keep, 1, 2);
        centre_data(cloud, mean);
        Mat cov = mat_mul_tn(&keep, cloud, cloud);      // (2,2)
        mat_scale(cov, 1.f / (float)cloud.n);
        axis = mat_eigh(&keep, cov, 2);
        printf("mean (%.3f, %.3f), variances %.3f and %.3f\n", mean.a[0], mean.a[1],
               axis.value.a[0], axis.value.a[1]);
    }
    /*%% md
    ## One hidden unit in the plane
    With one hidden unit and two features the loss is a landscape over the plane of $w$. Its
    gradient vanishes at the eigenvectors of the covariance and at the origin: minima at $\pm v_1$,
    saddles at $\pm v_2$, a maximum at $0$. */
    STEP("surface") {
        plot_surface(lab, cloud, &mem);
        stationary_points(lab, cloud, axis, &mem);
    }
    STEP("descent") four_descents(lab, cloud, &mem);
    /*%% fig 01_linear_ae-surface
    The loss over $w$. Wherever descent starts it ends at $v_1$ or $-v_1$; near a saddle it
    lingers. */
    /*%% md
    **Centre first.** A subspace passes through the origin. Without centring the best line points at
    the mean of the data instead of along their spread. */
    STEP("centring") with_and_without_centring(lab, raw, cloud, &mem);
    /*%% fig 01_linear_ae-centring
    The line that one hidden unit finds, without and with centring, and where it puts the points. */

    /*%% md
    ## Many hidden units and real images */
    static const int size[] = {1, 2, 4, 8, 16, 32};
    enum { SIZES = LENGTH(size), MAX_K = 32 };
    Dataset set;
    Pca pca;
    Mat W[SIZES];                                       // (d,k) each
    STEP("images") {
        set = data_images(lab->data, lab->quick, &keep);
        check(set.train.x.d > MAX_K, "images of %d pixels; this lab compares codes of up to %d "
              "numbers with them\n  hint: images of 8 x 8 or more", set.train.x.d, MAX_K);
        pca = pca_fit(&keep, set.train.x, MAX_K);       // the answer, by LAPACK, to compare with
        mean = mat_new(&keep, 1, set.train.x.d);
        centre_data(set.train.x, mean);
        mat_sub_row(set.test.x, mean);                  // test images move by the TRAINING mean
        printf("%s: %d + %d images, variance %.2f per image\n", set.train.name, set.train.x.n,
               set.test.x.n, discarded(pca, 0));
        npy_write(lab->out, "mean.npy", mean);
        npy_write(lab->out, "eigenvectors.npy", pca.vec);
        npy_write(lab->out, "eigenvalues.npy", pca.value);
    }
    /*%% md
    No $k$ dimensions hold more variance than the leading principal axes, so the loss cannot fall
    below $\sum_{j>k}\lambda_j$ (Baldi & Hornik 1989). Descent should come down to this floor, and
    the angle to the principal subspace should close. */
    STEP("train") {
        Csv *curve = NULL;
        if (!lab->load) curve = csv_open(lab->out, "training.csv", "k,step,loss,floor,angle_deg");
        for (int s = 0; s < SIZES && !lab_stopping(); s++) {
            int k = size[s];
            char *file = name_of(&keep, "weights_k%d.npy", k);
            Param p = param_new(&keep, set.train.x.d, k);
            mat_normal(p.v, .03f, &rng);
            if (lab->load)
                p.v = npy_read(lab->load, file, &keep);
            else
                train(lab, &p, set.train, pca, curve, &rng, &mem);
            W[s] = p.v;
            npy_write(lab->out, file, W[s]);
            arena_reset(&mem);
            printf("k = %2d: training loss %.4f, floor %.4f\n", k,
                   ae_loss(set.train.x, W[s], &mem), discarded(pca, k));
        }
        if (curve) csv_close(curve);
    }
    /*%% fig 01_linear_ae-loss
    The loss of one batch after another comes down to its floor, the variance that PCA leaves
    out. */
    /*%% fig 01_linear_ae-angle
    The largest angle to the principal subspace. Random batches shake it until the learning rate
    fades; small gaps close last. */
    STEP("compare") {
        printf(" k   test MSE     PCA's   angle   gap to the next eigenvalue\n");
        for (int s = 0; s < SIZES; s++) compare(lab, W[s], set.test.x, pca, &mem);
        plot_filters(lab, W[3], mat_cols(&mem, pca.vec, 0, size[3]), set.test, &mem);
        plot_reconstructions(lab, W, SIZES, mean, set.test, &mem);
    }
    /*%% fig 01_linear_ae-filters
    What eight hidden units learned; the eigen-images; and the eigen-images after encoding and
    decoding. They come back unchanged: the subspace is the same, its axes are not. */
    /*%% fig 01_linear_ae-reconstructions
    Test images, and what is left of them through $k$ linear units. */
    /*%% md
    **Untied.** Give encoder and decoder weights of their own: a net of two linear layers. Nothing
    is gained. Their product is again the projector on the principal subspace, although neither
    factor is orthogonal. */
    STEP("untied") untied(lab, &rng, &keep, &mem);

    arena_free(&keep);
    arena_free(&mem);
    return lab_close(lab);
}
