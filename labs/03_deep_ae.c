/* 03_deep_ae: deep codes of real images.
 *
 * Learn    what depth adds to an autoencoder: far better copies from the same code, but a code with
 *          holes; and what it is good for.
 * Write    six functions, marked TODO, in this order; labs/03_deep_ae.h says what each must do,
 *          `make test-03` tests them.
 * Run      `make 03` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command.
 * Writes   out/03_deep_ae/: csv and png for the figures, metrics.csv, recon_30.npy (10000,784),
 *          codes_2.npy (10000,2), all weights
 * Takes    about 135 s on two cores; --quick 5 s
 * Expect   test_sse_30 below 6.8 on Fashion-MNIST, where PCA's best 30 axes leave 12.24
 *
 * Letters  n rows or B batch, d pixels, k size of the code.
 *          x (B,d) images in [0,1], z (B,k) codes, logits (B,d), xhat (B,d) copies.
 */
#include "03_deep_ae.h"
#include "03_deep_ae_plot.h"
#include <stdio.h>

/*%% md
## A loss for shades of grey
A pixel $t$ lies in $[0,1]$, a decoder's output $v$ anywhere; $p=\sigma(v)$. Where $p$ is quite
wrong the sigmoid is flat, and squared error learns nothing. The cross-entropy
$-t\log p-(1-t)\log(1-p)$ has the same minimum $p=t$ and the gradient $p-t$:
$$ \ell(v,t) = \max(v,0) - v\,t + \log\left(1+e^{-|v|}\right), \qquad
   \frac{\mathrm d\ell}{\mathrm dv} = \sigma(v) - t . $$
*/
Loss bce_loss(Mat logits, Mat target, Arena *mem)
{
    TODO("per entry: add max(v,0) - v t + log(1 + e^-|v|) to the sum, and put (sigma(v) - t) / B "
         "into the gradient");
}

/*%% md
## Another task: repair
Copying is an excuse; we want the code. A harder excuse: show the encoder a damaged image and ask
for the whole one (Vincent et al. 2008).
*/
Mat denoise_corrupt(Mat x, Mat u, float share, Arena *mem)
{
    TODO("a copy of x in which pixels with u < share/2 are 0 and the others with u < share are 1");
}

/*%% md
## How large a code?
Every further number in the code lowers the error, by less and less. All autoencoders are measured
alike, on images that none has seen.
*/
Mat encode_sweep(Ae *ae, int n, Mat x, Arena *mem)
{
    TODO("for each autoencoder: encode x, draw the pictures; then k, the weights of both nets, and "
         "the squared error per image");
}

/*%% md
## Holes
Draw codes at random and decode them: $z = \mu + V\Lambda^{1/2}\varepsilon$ has the codes' mean and
covariance $V\Lambda V^\top$. Nothing in the loss asked that codes fill it. Where no image was
encoded, the decoder was never corrected.
*/
Probe hole_probe(Net *dec, Mat codes, Mat eps, Arena *mem)
{
    TODO("pca_fit the codes; scale its eigenvectors by sqrt(eigenvalue) to get A; z = mean + eps "
         "A^T; decode by ae_picture");
}

/*%% md
## Are neighbours alike?
In a good code things of a kind lie together. Nearest neighbours ask just that, and learn nothing
themselves.
*/

float knn_accuracy(Mat known, const uint8_t *known_label, Mat x, const uint8_t *label, int k)
{
    TODO("for each row of x: the k nearest rows of known, a vote among their classes; the share of "
         "rows where it gives the label");
}

/*%% md
## Few labels
Labels cost somebody's time. The autoencoder has read all images and no label; a linear classifier
then learns from few labels.
*/
float logreg_step(Param *W, Param *b, Mat x, const uint8_t *label, float decay, const Sgd *opt,
                  Arena *mem)
{
    TODO("s = x W + b; the loss and dL/ds; W.g = x^T dL/ds + decay W, b.g = column sums; "
         "sgd_update both; return the loss");
}

/* ---- the nets ---- */

/* d -> 512 -> 256 -> k -> 256 -> 512 -> d, the code itself linear.
 * TRY: no leaky ReLUs. Whose errors are these? */
static Ae ae_new(const char *what, int d, int k, Arena *keep, Rng *rng)
{
    Ae ae;
    Net *e = &ae.enc, *g = &ae.dec;
    *e = net_new(name_of(keep, "enc_%s%d", what, k), (Shape){1, 1, d}, keep);
    *g = net_new(name_of(keep, "dec_%s%d", what, k), (Shape){1, 1, k}, keep);
    net_dense(e, 512, rng); net_lrelu(e, .1f);
    net_dense(e, 256, rng); net_lrelu(e, .1f);
    net_dense(e, k, rng);
    net_dense(g, 256, rng); net_lrelu(g, .1f);
    net_dense(g, 512, rng); net_lrelu(g, .1f);
    net_dense(g, d, rng);
    return ae;
}

static Mat ae_copy(Ae *ae, Mat x, Arena *mem)
{
    return ae_picture(&ae->dec, net_eval(&ae->enc, x, mem), mem);
}

/* Squared error per image. */
static double sse(Mat x, Mat xhat, Arena *mem) { return (double)squared_error(xhat, x, mem).value; }

/* ---- training ---- */

/* One step: what the encoder sees, and what the decoder should draw. The gradient passes the code
 * on its way back. */
static float ae_step(Ae *ae, Mat seen, Mat wanted, const Adam *opt, Arena *mem)
{
    Trace te = trace(mem, TRAIN), td = trace(mem, TRAIN);
    Mat z = net_forward(&ae->enc, seen, &te);           // (B,k)
    Loss loss = bce_loss(net_forward(&ae->dec, z, &td), wanted, mem);

    nets_zero_grad(nets_of(&ae->enc, &ae->dec));
    Mat dz = net_backward(&ae->dec, loss.grad, &td, WRT_BOTH);          // (B,k)
    net_backward(&ae->enc, dz, &te, WRT_PARAMS);
    nets_step(nets_of(&ae->enc, &ae->dec), opt);
    return loss.value;
}

/* Adam with a rate that falls along a cosine. share: of the pixels that the encoder sees damaged.
 * The damage is drawn even where there is none, so that all nets meet the same batches. */
static void ae_train(Lab *lab, Ae *ae, Data data, int epochs, float share, Rng *rng, Arena *mem)
{
    const float rate = 2e-3f;
    Adam opt = adam(rate);
    double nats = 0;                                    // per image of this epoch
    arena_reset(mem);
    Training t = training(data.x, epochs, lab->batch, rng, mem);
    while (training_next(&t)) {
        Mat u = mat_new(mem, t.x.n, t.x.d);             // (B,d)
        mat_uniform(u, 0, 1, rng);
        Mat seen = share > 0 ? denoise_corrupt(t.x, u, share, mem) : t.x;
        opt.lr = cosine_decay(rate, t.step, t.steps);
        float loss = ae_step(ae, seen, t.x, &opt, mem);
        lab_finite("the loss", (double)loss, t.step);

        nats += (double)loss * t.x.n / data.x.n;
        if (t.epoch_ends) {
            progress(t.epoch + 1, epochs, "%s  %.2f nats", ae->enc.name, nats);
            nats = 0;
        }
    }
}

/* Trains a net, or reads what an earlier run trained; and writes it. */
static void ae_get(Lab *lab, Ae *ae, Data data, int epochs, float share, Rng *rng, Arena *mem)
{
    if (lab->load) {
        net_read(&ae->enc, lab->load);
        net_read(&ae->dec, lab->load);
    } else {
        ae_train(lab, ae, data, epochs, share, rng, mem);
    }
    net_write(&ae->enc, lab->out);
    net_write(&ae->dec, lab->out);
}

/* ---- steps of the story ---- */

enum { K = 30, NEIGHBOURS = 15 };
static const int size[] = {2, 4, 8, 16, K};             /* of the code: five nets */
enum { SIZES = LENGTH(size) };

static void compare_sizes(Lab *lab, Ae *ae, Pca pca, Mat x, Arena *keep, Arena *mem)
{
    Mat table = encode_sweep(ae, SIZES, x, keep);       // (5,3): k, weights, error
    Mat linear = mat_new(keep, SIZES, 1);               // PCA's errors
    for (int s = 0; s < SIZES; s++) {
        linear.a[s] = (float)sse(x, pca_copy(mem, pca, size[s], x), mem);
        float weights = row(table, s)[1], deep = row(table, s)[2];
        printf("k = %2d  %7.0f weights: PCA %6.3f  deep %6.3f\n", size[s], (double)weights,
               (double)linear.a[s], (double)deep);
        lab_metric(lab, "per image", (double)deep, "test_sse_%d", size[s]);
        lab_metric(lab, "per image", (double)linear.a[s], "pca_sse_%d", size[s]);
        arena_reset(mem);
    }
    lab_metric(lab, "of PCA's", (double)(row(table, 0)[2] / linear.a[0]), "mse_ratio_2d");
    plot_sweep(lab, table, linear, keep);
}

/* Codes of two numbers as points: do images of a kind lie together? */
static void look_at_codes(Lab *lab, Ae *flat, Mat codes, Pca pca, Data train, Data test,
                          Arena *keep, Arena *mem)
{
    Mat seen = net_eval(&flat->enc, test.x, keep);              // (10000,2)
    Mat axes = pca_code(keep, pca, 2, test.x);                  // (10000,2)
    Mat known_axes = pca_code(keep, pca, 2, train.x);           // (60000,2)
    npy_write(lab->out, "codes_2.npy", seen);
    npy_write(lab->out, "codes_2_train.npy", codes);
    npy_write(lab->out, "recon_2.npy", ae_picture(&flat->dec, seen, mem));
    plot_codes(lab, seen, axes, test, keep);

    float deep = knn_accuracy(codes, train.label, seen, test.label, NEIGHBOURS);
    float linear = knn_accuracy(known_axes, train.label, axes, test.label, NEIGHBOURS);
    printf("the class by %d neighbours in two dimensions: PCA %.4f, deep %.4f\n", NEIGHBOURS,
           (double)linear, (double)deep);
    lab_metric(lab, "share", (double)deep, "knn_2d");
    lab_metric(lab, "share", (double)linear, "knn_pca2");
    arena_reset(mem);
}

/* A lattice of codes within two standard deviations of the mean code (n,2), and how many codes lie
 * nearest to each of its nodes. */
static Plane code_plane(Mat codes, Arena *mem)
{
    Plane plane = {grid_points(-2, 2, SIDE, 2, mem), mat_zeros(mem, CELLS, 1)};
    Mat at = mat_copy(mem, codes);                      // (n,2): column and row of the node
    for (int j = 0; j < 2; j++) {
        Mat c = mat_cols(mem, codes, j, 1);
        float mean = mat_mean(c), sd = sqrtf((float)(mat_dot(c, c) / c.n) - mean * mean);
        if (j == 1) sd = -sd;                           // z2 points up
        for (int i = 0; i < CELLS; i++) row(plane.z, i)[j] = mean + sd * row(plane.z, i)[j];
        for (int i = 0; i < c.n; i++)
            row(at, i)[j] = roundf(((c.a[i] - mean) / sd + 2) * (SIDE - 1) / 4);
    }
    for (int i = 0; i < at.n; i++) {
        float column = row(at, i)[0], line = row(at, i)[1];
        bool inside = column >= 0 && column < SIDE && line >= 0 && line < SIDE;
        if (inside) plane.count.a[(int)line * SIDE + (int)column]++;
    }
    return plane;
}

/* How far pictures are from the nearest training image: garments are near some, holes are not. */
static double away_from(Mat train, Mat picture, Arena *mem)
{
    int *index = arena_alloc(mem, (size_t)picture.n * sizeof *index);
    mat_nearest(picture, train, index);
    return sse(mat_gather(mem, train, index, picture.n), picture, mem);
}

static void look_for_holes(Lab *lab, Ae *flat, Ae *deep, Mat codes, Mat copies, Data train,
                           Rng *rng, Arena *keep, Arena *mem)
{
    int probes = copies.n < 500 ? copies.n : 500;
    Plane plane = code_plane(codes, keep);
    int empty = 0;
    for (int i = 0; i < CELLS; i++) empty += plane.count.a[i] == 0;
    printf("%d of %d cells hold no code\n", empty, CELLS);
    lab_metric(lab, "share", (double)empty / CELLS, "empty_cells_2d");
    plot_plane(lab, &flat->dec, plane, train, keep);

    Mat all = net_eval(&deep->enc, train.x, keep);              // (60000,30)
    Mat eps = mat_noise(keep, probes, K, rng);
    Mat drawn = hole_probe(&deep->dec, all, eps, keep).picture, some = mat_rows(copies, 0, probes);
    double copy_away = away_from(train.x, some, mem), drawn_away = away_from(train.x, drawn, mem);
    printf("test images: nearest training image %.2f away\n", copy_away);
    printf("random codes: nearest training image %.2f away\n", drawn_away);
    lab_metric(lab, "per image", copy_away, "nearest_sse_copy");
    lab_metric(lab, "per image", drawn_away, "nearest_sse_probe");
    npy_write(lab->out, "probe_30.npy", drawn);
    plot_probe(lab, some, drawn, train, mem);
}

/* Damaged images through the net that never saw damage, and through one that was trained on it.
 * TRY: share .7. What does the net invent? */
static void repair_damage(Lab *lab, Ae *deep, Data train, Data test, Rng *damage, Rng *rng,
                          Arena *keep, Arena *mem)
{
    const float share = .4f;
    Ae repair = ae_new("repair", train.x.d, K, keep, damage);
    ae_get(lab, &repair, train, (lab->epochs + 2) / 3, share, damage, mem);

    Mat whole = mat_rows(test.x, 0, test.x.n < 1000 ? test.x.n : 1000);
    Mat u = mat_new(keep, whole.n, whole.d);
    mat_uniform(u, 0, 1, rng);
    Mat noisy = denoise_corrupt(whole, u, share, keep);
    Mat plain = ae_copy(deep, noisy, keep), fixed = ae_copy(&repair, noisy, keep);
    npy_write(lab->out, "noisy.npy", noisy);
    npy_write(lab->out, "denoised.npy", fixed);

    static const char *const name[3] = {"noisy", "plain", "repair"};
    Mat image[3] = {noisy, plain, fixed};
    for (int i = 0; i < 3; i++) {
        double error = sse(whole, image[i], mem);
        printf("squared error, %-6s %6.2f\n", name[i], error);
        lab_metric(lab, "per image", error, "denoise_sse_%s", name[i]);
    }
    plot_denoise(lab, whole, noisy, plain, fixed, test, mem);
}

/* ---- few labels ---- */

enum { RAW, PCA, CODE, KINDS };                         /* of features */
static const char *const kind[KINDS] = {"raw", "pca", "ae"};
static const int few[] = {100, 600, 1000, 3000};
enum { FEW = LENGTH(few), DRAWS = 10, MOST = 1000 };    /* MOST samples in one step */

/* Learns from rows index[0..n-1] of train, or, index being NULL, from the first n; returns the
 * accuracy on test, and each guess. */
static double classify(Data train, const int *index, int n, Data test, uint8_t *guess, Arena *mem)
{
    int B = n < MOST ? n : MOST, steps = n > 3000 ? 600 : 200;
    int rows[MOST], at = 0;
    uint8_t label[MOST];
    Param W = param_new(mem, train.x.d, train.classes), b = param_new(mem, 1, train.classes);
    size_t mark = mem->used;
    for (int step = 0; step < steps; step++) {
        arena_rewind(mem, mark);
        for (int i = 0; i < B; i++) {
            rows[i] = index ? index[at] : at;
            label[i] = train.label[rows[i]];
            at = (at + 1) % n;
        }
        Sgd opt = {.lr = cosine_decay(.2f, step, steps), .momentum = .9f};
        Mat x = mat_gather(mem, train.x, rows, B);
        float loss = logreg_step(&W, &b, x, label, 1.f / (float)n, &opt, mem);
        lab_finite("the classifier's loss", (double)loss, step);
    }
    Mat s = mat_mul(mem, test.x, W.v);                  // (10000,classes)
    mat_add_row(s, b.v);
    mat_argmax(s, guess);
    int right = 0;
    for (int i = 0; i < s.n; i++) right += guess[i] == test.label[i];
    return (double)right / s.n;
}

/* Accuracies with n labels: means over draws; what the code gains over raw pixels, and its sd. */
typedef struct { int n, draws; double mean[KINDS], gain, sd; } Few;

static void report(Lab *lab, Few f)
{
    printf("%6d labels:", f.n);
    for (int k = 0; k < KINDS; k++) {
        printf("  %s %.4f", kind[k], f.mean[k]);
        lab_metric(lab, "share", f.mean[k], "few_%s_%d", kind[k], f.n);
    }
    printf(";  ae - raw %+.4f, sd %.4f over %d draws\n", f.gain, f.sd, f.draws);
    lab_metric(lab, "share", f.gain, "few_gain_%d", f.n);
    lab_metric(lab, "share", f.sd, "few_gain_sd_%d", f.n);
}

/* Every kind of features, every number of labels, ten draws each; then all labels. A small set
 * meets few of the drawn images: numbers of labels that it does not have are left out. */
static void study_labels(Lab *lab, const Data *train, const Data *test, Arena *mem)
{
    int all = train->x.n, tests = test->x.n, tables = 0;
    uint8_t *guess = arena_alloc(mem, (size_t)(KINDS * (DRAWS * FEW + 1) * tests));
    Csv *csv = csv_open(lab->out, "labels.csv", "labels,draw,raw,pca,ae");
    size_t mark = mem->used;
    for (int i = 0; i <= FEW && !lab_stopping(); i++) {
        Few f = {.n = i < FEW ? few[i] : all, .draws = i < FEW ? DRAWS : 1};
        double sum[KINDS] = {0}, square = 0;
        bool enough = true;
        for (int draw = 0; draw < f.draws && enough; draw++) {
            arena_rewind(mem, mark);
            int *index = NULL, found = all;
            if (i < FEW) index = data_draw(draw, all, &found, mem);
            enough = found >= f.n;
            if (!enough) break;
            double right[KINDS];
            for (int k = 0; k < KINDS; k++) {
                uint8_t *table = guess + tables * tests;
                right[k] = classify(train[k], index, f.n, test[k], table, mem);
                sum[k] += right[k];
                tables++;
            }
            csv_row(csv, "%d,%d,%.5g,%.5g,%.5g", f.n, draw, right[RAW], right[PCA], right[CODE]);
            double gain = right[CODE] - right[RAW];
            f.gain += gain / f.draws;
            square += gain * gain;
        }
        if (!enough) continue;
        for (int k = 0; k < KINDS; k++) f.mean[k] = sum[k] / f.draws;
        double spread = fmax(0, square - f.draws * f.gain * f.gain);
        f.sd = f.draws > 1 ? sqrt(spread / (f.draws - 1)) : 0;
        report(lab, f);
    }
    csv_close(csv);
    npy_write_u8(lab->out, "guesses.npy", guess, 2, (int[]){tables, tests});
}

/* The deep net's first layer is its 512 features, as 10,000 images set aside preferred.
 * TRY: 4 layers of it, 256 numbers; 5, the code itself */
static void few_labels(Lab *lab, Ae *deep, Pca pca, Data train, Data test, Arena *keep)
{
    Net body = deep->enc;
    body.n = 2;
    Data known[KINDS] = {train, train, train}, asked[KINDS] = {test, test, test};
    known[PCA].x = pca_code(keep, pca, K, train.x);
    asked[PCA].x = pca_code(keep, pca, K, test.x);
    known[CODE].x = net_eval(&body, train.x, keep);
    asked[CODE].x = net_eval(&body, test.x, keep);
    for (int k = KINDS - 1; k >= 0; k--)                // raw, which is train itself, last
        data_standardise(known[k].x, asked[k].x, 30, keep);
    study_labels(lab, known, asked, keep);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "03_deep_ae", .title = "deep codes of real images",
        .epochs = 12, .batch = 128, .quick_epochs = 6,
        .steps = "images train sweep codes holes denoise labels",
        .result = "test_sse_30",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(1024)), mem = arena_new("step", MB(512));
    Rng rng = rng_new(lab->seed), stream[SIZES];        // what one net draws does not move others
    for (int s = 0; s < SIZES; s++) stream[s] = rng_split(&rng);
    Rng probes = rng_split(&rng), damage = rng_split(&rng);

    Data train, test;
    Pca pca;
    STEP("images") {
        Dataset set = data_images(lab->data, lab->quick, &keep);
        data_write_names(lab->out, &set.train);
        train = set.train;
        test = set.test;
        check(train.x.d >= K && train.x.n > NEIGHBOURS && test.x.n >= SHOWN,
              "%d training and %d test images of %d pixels: this lab wants %d, %d and %d or more\n"
              "  hint: a larger set of images", train.x.n, test.x.n, train.x.d, NEIGHBOURS + 1,
              SHOWN, K);
        pca = pca_fit(&keep, train.x, K);
        npy_write(lab->out, "pca_mean.npy", pca.mean);
        npy_write(lab->out, "pca_axes.npy", pca.vec);
        printf("%s: %d + %d images of %d x %d\n", train.name, train.x.n, test.x.n, train.h,
               train.w);
        lab_metric(lab, "", train.x.n, "images_train");
        lab_metric(lab, "", test.x.n, "images_test");
    }
    /*%% md
    ## From 784 numbers to few, and back
    Five nets that differ in the code alone, and PCA: the best without bending anything. The net
    with thirty numbers is trained longest. */
    Ae ae[SIZES];
    STEP("train") {
        for (int s = 0; s < SIZES && !lab_stopping(); s++) {
            int epochs = size[s] == K ? lab->epochs : (lab->epochs + 2) / 3;
            ae[s] = ae_new("", train.x.d, size[s], &keep, &stream[s]);
            ae_get(lab, &ae[s], train, epochs, 0, &stream[s], &mem);
        }
    }
    Ae *flat = &ae[0], *deep = &ae[SIZES - 1];
    Mat copies, codes;                                  // (10000,d), (60000,2)
    STEP("sweep") {
        compare_sizes(lab, ae, pca, test.x, &keep, &mem);
        copies = ae_copy(deep, test.x, &keep);
        npy_write(lab->out, "recon_30.npy", copies);
        plot_copies(lab, pca_copy(&keep, pca, K, test.x), copies, test, &mem);
    }
    /*%% fig 03_deep_ae-copies
    Thirty numbers per image: PCA's copies, and the deep net's. */
    /*%% fig 03_deep_ae-sweep */
    STEP("codes") {
        codes = net_eval(&flat->enc, train.x, &keep);
        look_at_codes(lab, flat, codes, pca, train, test, &keep, &mem);
    }
    /*%% fig 03_deep_ae-codes
    Test images as points, coloured by class: two principal components, and the deep net's two
    numbers. No net has seen a class. */
    STEP("holes") look_for_holes(lab, flat, deep, codes, copies, train, &probes, &keep, &mem);
    /*%% fig 03_deep_ae-plane
    What the decoder draws over the plane of its two numbers. Shaded: no training image has its code
    there. */
    /*%% fig 03_deep_ae-probe
    Above: copies of test images. Below: pictures of codes from the Gaussian that fits all codes.
    Some are garments, some are holes. */
    STEP("denoise") repair_damage(lab, deep, train, test, &damage, &probes, &keep, &mem);
    /*%% fig 03_deep_ae-denoise
    Damaged test images, and what two nets make of them. Only the lower one ever saw damage in
    training. */
    STEP("labels") few_labels(lab, deep, pca, train, test, &keep);
    /*%% fig 03_deep_ae-labels
    Accuracy against the number of labels: the mean, and each of ten draws. */
    arena_free(&keep);
    arena_free(&mem);
    return lab_close(lab);
}
