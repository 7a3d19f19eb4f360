/* 01_linear_ae: a linear autoencoder is PCA.
 *
 * Learn    what an autoencoder finds when nothing in it bends: the subspace of the principal components, but not their axes.
 * Write    six functions, marked TODO, in this order; labs/01_linear_ae.h says what each must do, `make test-01` tests them.
 * Run      `make 01` builds this file, runs it and draws its figures in out/figures/; the README has the one-line cc command.
 * Writes   out/01_linear_ae/: csv and png for the figures, metrics.csv, mean.npy, weights_k*.npy, eigenvectors.npy, eigenvalues.npy
 * Takes    about 25 s on two cores; --quick 3 s
 * Expect   test_mse_k{1,2,4,8,16,32} .0614 .0461 .0366 .0266 .0204 .0151 on Fashion-MNIST, as PCA has them
 *
 * Letters  n rows or B batch, d features, k hidden units.  x (B,d) samples,  W (d,k) weights,  z (B,k) code,  xhat (B,d).
 */
#include "01_linear_ae.h"
#include <math.h>
#include <stdio.h>

/*%% md
## Encode and decode

An autoencoder maps $x \in \mathbb{R}^d$ to a code $z \in \mathbb{R}^k$ and back. The simplest has one hidden unit, no bias and no
nonlinearity: $z = w^\top x$ and $\hat x = w z$, with the same $w$ both ways ("tied" weights). With $k$ units the vectors become the
columns of $W \in \mathbb{R}^{d\times k}$:
$$ z = W^\top x, \qquad \hat x = W z = W W^\top x . $$
Samples lie in rows, so a batch is $Z = XW$ and $\hat X = Z W^\top$. The line that $w$ spans passes through the origin, so the data
must be centred there first.
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
$W$ stands in two places. The decoder's place sees $\mathrm dL/\mathrm d\hat X$ and the code; the encoder's place sees what the decoder
hands back, and the input:
$$ \frac{\mathrm dL}{\mathrm dW} = \underbrace{\left(\frac{\mathrm dL}{\mathrm d\hat X}\right)^{\!\top}\! Z}_{\text{decoder}}
   \;+\; \underbrace{X^\top \left(\frac{\mathrm dL}{\mathrm d\hat X}\, W\right)}_{\text{encoder}} . $$
Two paths lead back to one weight, so their gradients add: the one rule of backpropagation that every later lab leans on.
*/
float tied_loss(Mat x, Mat xhat)
{
    TODO("return the squared distance between x and xhat, summed over features and averaged over the batch");
}

Mat tied_grad(Mat x, Mat z, Mat xhat, Mat W, Arena *mem)
{
    TODO("return dL/dW: start from dL/dxhat = 2/B (xhat - x); W stands in two places, add what both hand back");
}

/*%% md
## The same subspace, but which axes?

For a rotation $Q$ of the code, $WQ(WQ)^\top = WW^\top$: the loss cannot tell $W$ from $WQ$. So the columns of $W$ need not be the
principal components; only their span can be. Two spans are compared by their principal angles.
*/
Mat principal_angles(Mat U, Mat V, Arena *mem)
{
    TODO("orthonormal bases P and Q of the two spans; the singular values of Q - P P^T Q are sines; return degrees, largest first");
}

/* One step of training: forward, backward, down the gradient. */
static float ae_step(Param *W, Mat x, const Sgd *opt, Arena *mem)
{
    Mat z = ae_encode(x, W->v, mem);                // (B,k)
    Mat xhat = ae_decode(z, W->v, mem);             // (B,d)
    W->g = tied_grad(x, z, xhat, W->v, mem);        // (d,k)
    sgd_update(W, opt);
    return tied_loss(x, xhat);
}

/* The loss over many rows, a slab at a time. */
static double ae_loss(Mat x, Mat W, Arena *mem)
{
    size_t mark = mem->used;
    double sum = 0;
    for (int first = 0; first < x.n; first += 1000) {
        Mat slab = mat_rows(x, first, x.n - first < 1000 ? x.n - first : 1000);
        sum += slab.n * (double)tied_loss(slab, ae_decode(ae_encode(slab, W, mem), W, mem));
        arena_rewind(mem, mark);
    }
    return sum / x.n;
}

/* What k dimensions cannot hold: the variance outside the leading k principal axes. */
static double discarded(Pca pca, int k)
{
    double sum = 0;
    for (int j = k; j < pca.value.d; j++) sum += pca.value.a[j];
    return sum;
}

/* Minibatch descent with momentum on W (d,k), with a line of csv now and then. */
static void train(Lab *lab, Param *W, Data data, Pca pca, Csv *csv, Rng *rng, Arena *mem)
{
    long steps = (long)lab->epochs * ((data.x.n + lab->batch - 1) / lab->batch), step = 0, next = 1;
    int  k = W->v.d;
    Mat  V = mat_cols(mem, pca.vec, 0, k);          // (d,k): spans the subspace that we hope for
    double floor = discarded(pca, k);
    size_t before = mem->used;
    for (int epoch = 0; epoch < lab->epochs && !lab_stopping(); epoch++) {
        arena_rewind(mem, before);
        Batches b = batches(data, lab->batch, rng, mem);
        size_t mark = mem->used;
        while (batch_next(&b) && !lab_stopping()) {
            arena_rewind(mem, mark);
            Sgd opt = {.lr = cosine_decay(.008f, step, steps), .momentum = .9f};
            float loss = ae_step(W, b.x, &opt, mem);
            lab_finite("the loss", loss, step);
            if (++step < next && step < steps) continue;
            next = step + 1 + step / 12;            /* evenly spaced on a logarithmic axis */
            csv_row(csv, "%d,%ld,%.6g,%.6g,%.6g", k, step, loss, floor, principal_angles(V, W->v, mem).a[0]);
            progress(step, steps, "k = %d  loss %.2f (floor %.2f)", k, loss, floor);
        }
    }
}

/* ---- for the figures; nothing to write here ---- */

/* The loss over the plane of w, and the five points where its gradient vanishes: 0 and both signs of both eigenvectors. */
static void write_surface(Lab *lab, Mat x, Eig axis, Arena *mem)
{
    enum { SIDE = 121 };
    Csv *csv = csv_open(lab->out, "surface.csv", "w1,w2,loss");
    for (int i = 0; i < SIDE * SIDE; i++) {
        Mat w = {2, 1, (float[]){-1.5f + 3.f * (float)(i % SIDE) / (SIDE - 1), -1.5f + 3.f * (float)(i / SIDE) / (SIDE - 1)}};
        csv_row(csv, "%.4g,%.4g,%.6g", w.a[0], w.a[1], ae_loss(x, w, mem));
        if (i % SIDE == SIDE - 1) csv_gap(csv);
    }
    csv_close(csv);
    csv = csv_open(lab->out, "stationary.csv", "w1,w2,loss,kind");
    for (int i = 0; i < 5; i++) {
        const char *kind = i == 0 ? "maximum" : i < 3 ? "minimum" : "saddle";
        Mat w = mat_cols(mem, axis.vec, i / 3, 1);   // (2,1): v1 or v2
        mat_scale(w, i == 0 ? 0 : i % 2 ? 1 : -1);
        printf("%s at (%6.3f, %6.3f): loss %.4f\n", kind, w.a[0], w.a[1], ae_loss(x, w, mem));
        csv_row(csv, "%.6g,%.6g,%.6g,%s", w.a[0], w.a[1], ae_loss(x, w, mem), kind);
    }
    csv_close(csv);
}

/* Full-batch descent with one hidden unit from (w1, w2); returns where it ends (2,1). */
static Mat descend(Csv *csv, const char *run, Mat x, float w1, float w2, Arena *mem)
{
    Param w = param_new(mem, 2, 1);
    size_t mark = mem->used;
    Sgd opt = {.lr = .02f};
    w.v.a[0] = w1, w.v.a[1] = w2;
    for (int step = 0; step <= 400; step++) {
        arena_rewind(mem, mark);
        csv_row(csv, "%s,%d,%.6g,%.6g", run, step, w.v.a[0], w.v.a[1]);
        lab_finite("the loss", ae_step(&w, x, &opt, mem), step);
    }
    return w.v;
}

/* Columns of A (d,k) become rows of the sheet, each scaled so that its largest entry is white or black, and 0 is grey. */
static void columns_to_tiles(Mat sheet, int first, Mat A)
{
    for (int j = 0; j < A.d; j++) {
        float top = 1e-12f;
        for (int i = 0; i < A.n; i++) top = fmaxf(top, fabsf(row(A, i)[j]));
        for (int i = 0; i < A.n; i++) row(sheet, first + j)[i] = row(A, i)[j] / top;
    }
}

/* Three rows of tiles: the columns of W, the eigen-images V, and V after encoding and decoding with W. */
static void write_filters(Lab *lab, Mat W, Mat V, Data data, Arena *mem)
{
    Mat sheet = mat_new(mem, 3 * W.d, W.n), back = ae_decode(ae_encode(mat_transpose(mem, V), W, mem), W, mem);   // (3k,d), (k,d)
    columns_to_tiles(sheet, 0, W);
    columns_to_tiles(sheet, W.d, V);
    columns_to_tiles(sheet, 2 * W.d, mat_transpose(mem, back));
    png_sheet(lab->out, "filters.png", sheet, (Sheet){data.h, data.w, 1, .cols = W.d, .zoom = 4, .lo = -1, .hi = 1});
}

/* A row of originals, then a row for each W: what is left of them. */
static void write_reconstructions(Lab *lab, const Mat *W, int sizes, Mat mean, Data data, Arena *mem)
{
    int shown = data.classes, index[256] = {0};
    for (int i = data.x.n - 1; i >= 0; i--) index[data.label[i]] = i;   /* the first test image of each class */
    Mat x = mat_gather(mem, data.x, index, shown), sheet = mat_new(mem, (sizes + 1) * shown, data.x.d);
    for (int r = 0; r <= sizes; r++) {
        Mat tile = mat_rows(sheet, r * shown, shown);
        mat_set(tile, r ? ae_decode(ae_encode(x, W[r - 1], mem), W[r - 1], mem) : x);
        mat_add_row(tile, mean);
    }
    png_sheet(lab->out, "reconstructions.png", sheet, (Sheet){data.h, data.w, 1, .cols = shown, .zoom = 3, .lo = 0, .hi = 1});
}

/* Two linear layers with weights of their own, on the small digits; a net and its trace, as all later labs use them. */
static void untied(Lab *lab, Rng *rng, Arena *keep, Arena *mem)
{
    enum { K = 4, STEPS = 2000 };
    Mat x = data_digits8(keep).x;                   // (1797, 64)
    Pca pca = pca_fit(keep, x, K);
    mat_sub_row(x, pca.mean);
    Net net = net_new("untied", (Shape){1, 1, x.d}, keep);
    net_linear(&net, K, .001f, rng);                /* small: corner pixels are always 0, and their weights stay as they start */
    net_linear(&net, x.d, .001f, rng);
    net_print(&net);
    Loss L = {0};
    for (int step = 0; step < STEPS; step++) {
        arena_reset(mem);
        Trace t = trace(mem);
        L = mse(net_forward(&net, x, &t), x, mem);
        net_zero_grad(&net);
        net_backward(&net, L.grad, &t, WRT_PARAMS);
        sgd_step(&net, &(Sgd){.lr = cosine_decay(.1f, step, STEPS), .momentum = .9f});
    }
    double error = 0, floor = discarded(pca, K);
    Mat product = mat_mul(mem, net.layer[0].w.v, net.layer[1].w.v), projector = mat_mul_nt(mem, pca.vec, pca.vec);    // (64,64)
    for (size_t i = 0; i < mat_size(product); i++) error = fmax(error, fabs(product.a[i] - projector.a[i]));
    printf("loss %.5f, floor %.5f; product and projector differ by at most %.5f\n", L.value, floor, error);
    lab_metric(lab, "relative", L.value / floor - 1, "untied_excess_loss");
    lab_metric(lab, "largest entry", error, "untied_projector_error");
    net_write(&net, lab->out);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "01_linear_ae", .title = "a linear autoencoder is PCA", .epochs = 20, .batch = 128, .quick_epochs = 40,
        .steps = "cloud surface descent centring images train compare untied",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(256)), mem = arena_new("step", MB(64));
    Rng rng = rng_new(lab->seed);
    Csv *csv;
    Mat raw, cloud, mean;                           // (400,2) as they come, (400,2) centred, (1,d)
    Eig axis;                                       // of the cloud's covariance

    STEP("cloud") {
        Mixture gauss = mixture_cloud(1, .45f, -35);
        raw = mixture_sample(&gauss, 400, NULL, &rng, &keep);
        mat_add_row(raw, (Mat){1, 2, (float[]){1.9f, 1.5f}});
        csv_mat(lab->out, "cloud.csv", "x1,x2", raw);
        cloud = mat_copy(&keep, raw);
        centre_data(cloud, mean = mat_new(&keep, 1, 2));
        Mat cov = mat_mul_tn(&keep, cloud, cloud);  // (2,2)
        mat_scale(cov, 1.f / (float)cloud.n);
        axis = mat_eigh(&keep, cov, 2);
        printf("mean (%.3f, %.3f), variances %.3f and %.3f\n", mean.a[0], mean.a[1], axis.value.a[0], axis.value.a[1]);
    }
    /*%% md
    ## One hidden unit in the plane
    With one hidden unit and two features the loss is a landscape over the plane of $w$. Its gradient vanishes at the eigenvectors of
    the covariance and at the origin: minima at $\pm v_1$, saddles at $\pm v_2$, a maximum at $0$. */
    STEP("surface") write_surface(lab, cloud, axis, &mem);
    STEP("descent") {
        static const float start[4][2] = {{-.93f, -1.2f}, {.03f, .02f}, {-1.3f, .25f}, {1.35f, 1.2f}};
        csv = csv_open(lab->out, "path.csv", "run,step,w1,w2");
        for (int s = 0; s < 4; s++) {
            Mat w = descend(csv, (const char[]){(char)('a' + s), 0}, cloud, start[s][0], start[s][1], &mem);
            printf("from (%5.2f, %5.2f) to (%6.3f, %6.3f)\n", start[s][0], start[s][1], w.a[0], w.a[1]);
        }
        csv_close(csv);                             /* TRY: start exactly on v2, or at 0. How long does descent stay there? */
    }
    /*%% fig 01_linear_ae-surface
    The loss over $w$. Wherever descent starts it ends at $v_1$ or $-v_1$; near a saddle it lingers. */
    /*%% md
    **Centre first.** A subspace passes through the origin. Without centring the best line points at the mean of the data instead of
    along their spread. */
    STEP("centring") {
        csv = csv_open(lab->out, "centring.csv", "run,step,w1,w2");
        for (int centred = 0; centred < 2; centred++) {
            const char *run = centred ? "centred" : "raw";
            Mat x = centred ? cloud : raw, w = descend(csv, run, x, .3f, .1f, &mem);
            printf("%-7s line towards (%6.3f, %6.3f): loss %.4f\n", run, w.a[0], w.a[1], ae_loss(x, w, &mem));
            lab_metric(lab, "per sample", ae_loss(x, w, &mem), "cloud_loss_%s", run);
        }
        csv_close(csv);
    }
    /*%% fig 01_linear_ae-centring
    The line that one hidden unit finds, without and with centring, and where it puts the points. */

    /*%% md
    ## Many hidden units and real images */
    enum { SIZES = 6, MAX_K = 32 };
    static const int size[SIZES] = {1, 2, 4, 8, 16, MAX_K};
    Dataset set;
    Pca pca;
    Mat W[SIZES];                                   // (784,k) each
    STEP("images") {
        set = data_images(lab->data, lab->quick, &keep);
        pca = pca_fit(&keep, set.train.x, MAX_K);   /* the answer, by LAPACK, to compare with */
        mean = mat_new(&keep, 1, set.train.x.d);
        centre_data(set.train.x, mean);
        mat_sub_row(set.test.x, mean);              /* test images are shifted by the TRAINING mean */
        printf("%s: %d + %d images, variance %.2f per image\n", set.train.name, set.train.x.n, set.test.x.n, discarded(pca, 0));
        npy_write(lab->out, "mean.npy", mean);
        npy_write(lab->out, "eigenvectors.npy", pca.vec);
        npy_write(lab->out, "eigenvalues.npy", pca.value);
    }
    /*%% md
    No $k$ dimensions hold more variance than the leading principal axes, so the loss cannot fall below $\sum_{j>k}\lambda_j$
    (Baldi & Hornik 1989). Descent should come down to this floor, and the angle to the principal subspace should close. */
    STEP("train") {
        csv = lab->load ? NULL : csv_open(lab->out, "training.csv", "k,step,loss,floor,angle_deg");
        for (int s = 0; s < SIZES && !lab_stopping(); s++) {
            char file[32];
            snprintf(file, sizeof file, "weights_k%d.npy", size[s]);
            Param p = param_new(&keep, set.train.x.d, size[s]);
            mat_normal(p.v, .03f, &rng);
            if (lab->load) p.v = npy_read(lab->load, file, &keep);
            else train(lab, &p, set.train, pca, csv, &rng, &mem);
            arena_reset(&mem);
            npy_write(lab->out, file, W[s] = p.v);
            printf("k = %2d: training loss %.4f, floor %.4f\n", size[s], ae_loss(set.train.x, W[s], &mem), discarded(pca, size[s]));
        }
        if (csv) csv_close(csv);
    }
    /*%% fig 01_linear_ae-loss
    The loss of one batch after another comes down to its floor, the variance that PCA leaves out. */
    /*%% fig 01_linear_ae-angle
    The largest angle to the principal subspace. Random batches shake it until the learning rate fades; small gaps close last. */
    STEP("compare") {
        printf(" k   test MSE     PCA's   angle   gap to the next eigenvalue\n");
        for (int s = 0; s < SIZES; s++) {
            int k = size[s], pixels = set.test.x.d;
            Mat V = mat_cols(&mem, pca.vec, 0, k);
            double mse = ae_loss(set.test.x, W[s], &mem) / pixels, best = ae_loss(set.test.x, V, &mem) / pixels;
            double angle = principal_angles(V, W[s], &mem).a[0], gap = 1 - (pca.value.a[k] / pca.value.a[k - 1]);
            printf("%2d   %.6f  %.6f   %5.2f   %5.1f %%\n", k, mse, best, angle, 100 * gap);
            lab_metric(lab, "per pixel", mse, "test_mse_k%d", k);
            lab_metric(lab, "per pixel", best, "pca_mse_k%d", k);
            lab_metric(lab, "degrees", angle, "max_angle_deg_k%d", k);
            lab_metric(lab, "relative", gap, "eigen_gap_k%d", k);
        }
        write_filters(lab, W[3], mat_cols(&mem, pca.vec, 0, size[3]), set.test, &mem);
        write_reconstructions(lab, W, SIZES, mean, set.test, &mem);
    }
    /*%% fig 01_linear_ae-filters
    What eight hidden units learned; the eigen-images; and the eigen-images after encoding and decoding. They come back
    unchanged: the subspace is the same, its axes are not. */
    /*%% fig 01_linear_ae-reconstructions
    Test images, and what is left of them through $k$ linear units. */
    /*%% md
    **Untied.** Give encoder and decoder weights of their own: a net of two linear layers. Nothing is gained. Their product is again
    the projector on the principal subspace, although neither factor is orthogonal. */
    STEP("untied") untied(lab, &rng, &keep, &mem);

    arena_free(&keep), arena_free(&mem);
    return lab_close(lab);
}
