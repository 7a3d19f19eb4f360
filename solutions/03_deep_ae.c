/* 03_deep_ae: deep codes of real images.
 *
 * Learn    what depth adds to an autoencoder: far better copies from the same code, but a code with holes; and what it is good for.
 * Write    six functions, marked TODO, in this order; labs/03_deep_ae.h says what each must do, `make test-03` tests them.
 * Run      `make 03` builds this file, runs it and draws its figures in out/figures/; the README has the one-line cc command.
 * Writes   out/03_deep_ae/: csv and png for the figures, metrics.csv, recon_30.npy (10000,784), codes_2.npy (10000,2), all weights
 * Takes    about 135 s on two cores; --quick 5 s
 * Expect   test_sse_30 below 6.8 on Fashion-MNIST, where PCA's best 30 axes leave 12.24
 *
 * Letters  n rows or B batch, d pixels, k size of the code.  x (B,d) images in [0,1],  z (B,k) codes,  logits (B,d),  xhat (B,d) copies.
 */
#include "03_deep_ae.h"
#include <stdio.h>

/*%% md
## A loss for shades of grey
A pixel $t$ lies in $[0,1]$, a decoder's output $v$ anywhere; $p=\sigma(v)$. Where $p$ is quite wrong the sigmoid is flat, and squared error
learns nothing. The cross-entropy $-t\log p-(1-t)\log(1-p)$ has the same minimum $p=t$ and the gradient $p-t$:
$$ \ell(v,t) = \max(v,0) - v\,t + \log\left(1+e^{-|v|}\right), \qquad \frac{\mathrm d\ell}{\mathrm dv} = \sigma(v) - t . $$
*/
Loss bce_loss(Mat logits, Mat target, Arena *mem)
{
#ifdef SOLUTION
    Loss loss = {.grad = mat_new(mem, logits.n, logits.d)};
    double sum = 0;
    for (size_t i = 0; i < mat_size(logits); i++) {
        float v = logits.a[i], t = target.a[i], e = expf(-fabsf(v));    // e in (0, 1]
        sum += (double)((v > 0 ? v : 0) - v * t + log1pf(e));
        loss.grad.a[i] = ((v > 0 ? 1 : e) / (1 + e) - t) / (float)logits.n;
    }
    loss.value = (float)(sum / logits.n);
    return loss;
#else
    TODO("per entry: add max(v,0) - v t + log(1 + e^-|v|) to the sum, and put (sigma(v) - t) / B into the gradient");
#endif
}

/*%% md
## Another task: repair
Copying is an excuse; we want the code. A harder excuse: show the encoder a damaged image and ask for the whole one (Vincent et al. 2008).
*/
Mat denoise_corrupt(Mat x, Mat u, float share, Arena *mem)
{
#ifdef SOLUTION
    Mat seen = mat_copy(mem, x);
    for (size_t i = 0; i < mat_size(x); i++)
        if (u.a[i] < share) seen.a[i] = u.a[i] < share / 2 ? 0.f : 1.f;
    return seen;
#else
    TODO("a copy of x in which pixels with u < share/2 are 0 and the others with u < share are 1");
#endif
}

/*%% md
## How large a code?
Every further number in the code lowers the error, by less and less. All autoencoders are measured alike, on images that none has seen.
*/
Mat encode_sweep(Ae *ae, int n, Mat x, Arena *mem)
{
#ifdef SOLUTION
    Mat table = mat_new(mem, n, 3);
    for (int i = 0; i < n; i++) {
        Mat xhat = ae_picture(&ae[i].dec, net_eval(&ae[i].enc, x, mem), mem);       // (B,d)
        mat_sub(xhat, x);
        row(table, i)[0] = (float)net_out(&ae[i].enc).c;
        row(table, i)[1] = (float)(net_weights(&ae[i].enc) + net_weights(&ae[i].dec));
        row(table, i)[2] = (float)(mat_dot(xhat, xhat) / x.n);
    }
    return table;
#else
    TODO("for each autoencoder: encode x, draw the pictures; then k, the weights of both nets, and the squared error per image");
#endif
}

/*%% md
## Holes
Draw codes at random and decode them: $z = \mu + V\Lambda^{1/2}\varepsilon$ has the codes' mean and covariance $V\Lambda V^\top$.
Nothing in the loss asked that codes fill it. Where no image was encoded, the decoder was never corrected.
*/
Probe hole_probe(Net *dec, Mat codes, Mat eps, Arena *mem)
{
#ifdef SOLUTION
    Pca pca = pca_fit(mem, codes, codes.d);         // mean (1,k), value (1,k), vec (k,k)
    Mat A = mat_copy(mem, pca.vec);
    for (size_t i = 0; i < mat_size(A); i++) A.a[i] *= sqrtf(fmaxf(pca.value.a[i % (size_t)A.d], 0));
    Mat z = mat_mul_nt(mem, eps, A);                // (m,k) (k,k) -> (m,k)
    mat_add_row(z, pca.mean);
    return (Probe){z, ae_picture(dec, z, mem)};
#else
    TODO("pca_fit the codes; scale its eigenvectors by sqrt(eigenvalue) to get A; z = mean + eps A^T; decode by ae_picture");
#endif
}

/*%% md
## Are neighbours alike?
In a good code things of a kind lie together. Nearest neighbours ask just that, and learn nothing themselves.
*/
float knn_accuracy(Mat known, const uint8_t *known_label, Mat x, const uint8_t *label, int k)
{
#ifdef SOLUTION
    long right = 0;
    for (int i = 0; i < x.n; i++) {
        float near[32];                             // the k smallest squared distances so far, rising, and their classes
        int   class[32] = {0}, found = 0;
        for (int m = 0; m < known.n; m++) {
            float square = 0;
            for (int j = 0; j < x.d; j++) square += (row(x, i)[j] - row(known, m)[j]) * (row(x, i)[j] - row(known, m)[j]);
            if (found == k && square >= near[k - 1]) continue;
            int at = found < k ? found++ : k - 1;
            for (; at > 0 && near[at - 1] > square; at--) near[at] = near[at - 1], class[at] = class[at - 1];
            near[at] = square, class[at] = known_label[m];
        }
        int votes[256] = {0}, best = class[0];
        for (int a = 0; a < k; a++) votes[class[a]]++;
        for (int a = 0; a < k; a++) best = votes[class[a]] > votes[best] ? class[a] : best;     // a tie goes to the nearest
        right += best == label[i];
    }
    return (float)right / (float)x.n;
#else
    TODO("for each row of x: the k nearest rows of known, a vote among their classes; the share of rows where it gives the label");
#endif
}

/*%% md
## Few labels
Labels cost somebody's time. The autoencoder has read all images and no label; a linear classifier then learns from few labels.
*/
float logreg_step(Param *W, Param *b, Mat x, const uint8_t *label, float decay, const Sgd *opt, Arena *mem)
{
#ifdef SOLUTION
    Mat s = mat_mul(mem, x, W->v);                  // (B,c)
    mat_add_row(s, b->v);
    Loss loss = softmax_ce(s, label, mem);
    loss.value += .5f * decay * (float)mat_dot(W->v, W->v);
    mat_set(W->g, W->v);
    mat_gemm(W->g, 1, x, true, loss.grad, false, decay);            // (d,B) (B,c) + decay W
    mat_fill(b->g, 0);
    mat_add_column_sums(b->g, loss.grad);
    sgd_update(W, opt), sgd_update(b, opt);
    return loss.value;
#else
    TODO("s = x W + b; the loss and dL/ds; W.g = x^T dL/ds + decay W, b.g = column sums; sgd_update both; return the loss");
#endif
}

/* ---- the nets ---- */

/* d -> 512 -> 256 -> k -> 256 -> 512 -> d, the code itself linear. TRY: no leaky ReLUs. Whose errors are these? */
static Ae ae_new(const char *what, int d, int k, Arena *keep, Rng *rng)
{
    char *enc = arena_alloc(keep, 32), *dec = arena_alloc(keep, 32);
    snprintf(enc, 32, "enc_%s%d", what, k), snprintf(dec, 32, "dec_%s%d", what, k);
    Ae ae = {net_new(enc, (Shape){1, 1, d}, keep), net_new(dec, (Shape){1, 1, k}, keep)};
    Net *e = &ae.enc, *g = &ae.dec;
    net_dense(e, 512, rng), net_lrelu(e, .1f), net_dense(e, 256, rng), net_lrelu(e, .1f), net_dense(e, k, rng);
    net_dense(g, 256, rng), net_lrelu(g, .1f), net_dense(g, 512, rng), net_lrelu(g, .1f), net_dense(g, d, rng);
    return ae;
}

static Mat ae_copy(Ae *ae, Mat x, Arena *mem) { return ae_picture(&ae->dec, net_eval(&ae->enc, x, mem), mem); }
static double sse(Mat x, Mat xhat, Arena *mem) { return (double)mse(xhat, x, mem).value; }      /* per image */

/* One step of training: what the encoder sees, and what the decoder should draw. The gradient passes the code on its way back. */
static float ae_step(Ae *ae, Mat seen, Mat wanted, Adam *opt_enc, Adam *opt_dec, Arena *mem)
{
    Trace te = trace(mem), td = trace(mem);
    Mat z = net_forward(&ae->enc, seen, &te);       // (B,k)
    Loss loss = bce_loss(net_forward(&ae->dec, z, &td), wanted, mem);
    net_zero_grad(&ae->enc), net_zero_grad(&ae->dec);
    Mat dz = net_backward(&ae->dec, loss.grad, &td, WRT_BOTH);
    net_backward(&ae->enc, dz, &te, WRT_PARAMS);
    adam_step(&ae->enc, opt_enc), adam_step(&ae->dec, opt_dec);
    return loss.value;
}

/* Trains, or reads what an earlier run trained. share: of the pixels that the encoder sees corrupted. */
static void ae_train(Lab *lab, Ae *ae, Data data, int epochs, float share, Rng *rng, Arena *mem)
{
    Adam opt_enc = adam(0), opt_dec = adam(0);
    long steps = (long)epochs * ((data.x.n + lab->batch - 1) / lab->batch), step = 0;
    if (lab->load) net_read(&ae->enc, lab->load), net_read(&ae->dec, lab->load), epochs = 0;
    for (int epoch = 0; epoch < epochs && !lab_stopping(); epoch++) {
        arena_reset(mem);
        Batches b = batches(data, lab->batch, rng, mem);
        size_t mark = mem->used;
        double sum = 0;
        while (!lab_stopping() && batch_next(&b)) {
            arena_rewind(mem, mark);
            Mat u = mat_new(mem, b.x.n, b.x.d);     // (B,d)
            mat_uniform(u, 0, 1, rng);
            opt_enc.lr = opt_dec.lr = cosine_decay(2e-3f, step, steps);
            float loss = ae_step(ae, share > 0 ? denoise_corrupt(b.x, u, share, mem) : b.x, b.x, &opt_enc, &opt_dec, mem);
            lab_finite("the loss", (double)loss, step++);
            sum += (double)loss * b.x.n / data.x.n;
        }
        progress(epoch + 1, epochs, "%s  %.2f nats", ae->enc.name, sum);
    }
    net_write(&ae->enc, lab->out), net_write(&ae->dec, lab->out);
}

/* ---- for the figures; nothing to write here ---- */

/* A lattice within two standard deviations of the mean code, what the decoder draws there, and how many codes each cell holds. */
static void write_plane(Lab *lab, Net *dec, Mat codes, Sheet sheet, Arena *mem)
{
    enum { SIDE = 16, CELLS = SIDE * SIDE };
    Mat z = grid_points(-2, 2, SIDE, 2, mem), count = mat_zeros(mem, CELLS, 1), at = mat_copy(mem, codes);      // at: in cells
    for (int j = 0; j < 2; j++) {
        Mat c = mat_cols(mem, codes, j, 1);
        float mean = mat_mean(c), sd = sqrtf((float)(mat_dot(c, c) / c.n) - mean * mean) * (j ? -1 : 1);        /* z2 points up */
        for (int i = 0; i < CELLS; i++) row(z, i)[j] = mean + sd * row(z, i)[j];
        for (int i = 0; i < c.n; i++) row(at, i)[j] = roundf(((c.a[i] - mean) / sd + 2) * (SIDE - 1) / 4);
    }
    for (int i = 0; i < at.n; i++) {
        float column = row(at, i)[0], line = row(at, i)[1];
        if (column >= 0 && column < SIDE && line >= 0 && line < SIDE) count.a[(int)line * SIDE + (int)column]++;
    }
    int empty = 0;
    for (int i = 0; i < CELLS; i++) empty += count.a[i] == 0;
    csv_mat(lab->out, "plane.csv", "z1,z2,codes", mat_join(mem, z, count));
    sheet.cols = SIDE, sheet.zoom = 2;
    png_sheet(lab->out, "plane.png", ae_picture(dec, z, mem), sheet);
    printf("%d of %d cells hold no code\n", empty, CELLS), lab_metric(lab, "share", (double)empty / CELLS, "empty_cells_2d");
}

enum { RAW, PCA, CODE, KINDS, DRAWS = 10, FEW = 4, MOST = 1000 };       /* MOST samples in one step */
static const int few[FEW] = {100, 600, 1000, 3000};
static const char *const kind[KINDS] = {"raw", "pca", "ae"};

/* Learns from rows index[0..n-1] of train, NULL: the first n; returns the accuracy on test, and each guess. */
static double classify(Data train, const int *index, int n, Data test, uint8_t *guess, Arena *mem)
{
    int B = n < MOST ? n : MOST, steps = n > 3000 ? 600 : 200, right = 0, rows[MOST];
    uint8_t label[MOST];
    Param W = param_new(mem, train.x.d, train.classes), b = param_new(mem, 1, train.classes);
    size_t mark = mem->used;
    for (int step = 0, at = 0; step < steps; step++) {
        arena_rewind(mem, mark);
        for (int i = 0; i < B; i++, at = (at + 1) % n) rows[i] = index ? index[at] : at, label[i] = train.label[rows[i]];
        Sgd opt = {.lr = cosine_decay(.2f, step, steps), .momentum = .9f};
        float loss = logreg_step(&W, &b, mat_gather(mem, train.x, rows, B), label, 1.f / (float)n, &opt, mem);
        lab_finite("the classifier's loss", (double)loss, step);
    }
    Mat s = mat_mul(mem, test.x, W.v);              // (10000, classes)
    mat_add_row(s, b.v);
    mat_argmax(s, guess);
    for (int i = 0; i < s.n; i++) right += guess[i] == test.label[i];
    return (double)right / s.n;
}

/* Every kind of features, every number of labels, ten draws each; then all labels. A small set meets few of the drawn images. */
static void study(Lab *lab, const Data *train, const Data *test, Arena *mem)
{
    int all = train->x.n, tests = test->x.n, tables = 0, found = all;
    uint8_t *guess = arena_alloc(mem, (size_t)(KINDS * (DRAWS * FEW + 1) * tests));
    Csv *csv = csv_open(lab->out, "labels.csv", "labels,draw,raw,pca,ae");
    size_t mark = mem->used;
    for (int f = 0; f <= FEW && !lab_stopping(); f++) {
        int n = f < FEW ? few[f] : all, draws = f < FEW ? DRAWS : 1;
        double sum[KINDS] = {0}, gain = 0, square = 0;
        for (int r = 0; r < draws && n; r++) {
            double right[KINDS];
            arena_rewind(mem, mark);
            int *index = draws > 1 ? data_draw(r, all, &found, mem) : NULL;
            n = draws > 1 && found < n ? 0 : n;
            for (int k = 0; k < KINDS && n; k++) sum[k] += right[k] = classify(train[k], index, n, test[k], guess + tables++ * tests, mem);
            if (n) csv_row(csv, "%d,%d,%.5g,%.5g,%.5g", n, r, right[RAW], right[PCA], right[CODE]);
            if (n) gain += (right[CODE] - right[RAW]) / draws, square += pow(right[CODE] - right[RAW], 2);
        }
        if (!n) continue;
        double sd = draws > 1 ? sqrt(fmax(0, square - draws * gain * gain) / (draws - 1)) : 0;
        printf("%6d labels:", n);
        for (int k = 0; k < KINDS; k++) printf("  %s %.4f", kind[k], sum[k] / draws);
        for (int k = 0; k < KINDS; k++) lab_metric(lab, "share", sum[k] / draws, "few_%s_%d", kind[k], n);
        printf(";  ae - raw %+.4f, sd %.4f over %d draws\n", gain, sd, draws);
        lab_metric(lab, "share", gain, "few_gain_%d", n), lab_metric(lab, "share", sd, "few_gain_sd_%d", n);
    }
    csv_close(csv);
    npy_write_u8(lab->out, "guesses.npy", guess, 2, (int[]){tables, tests});
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "03_deep_ae", .title = "deep codes of real images", .epochs = 12, .batch = 128, .quick_epochs = 6,
        .steps = "images train sweep codes holes denoise labels",
    };
    enum { SIZES = 5, K = 30, SHOWN = 12, NEIGHBOURS = 15, M = 500 };
    static const int size[SIZES] = {2, 4, 8, 16, K};
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(1024)), mem = arena_new("step", MB(512));
    Rng rng = rng_new(lab->seed), stream[SIZES + 2];            /* what one net draws does not move the others */
    for (int i = 0; i < SIZES + 2; i++) stream[i] = rng_split(&rng);
    Rng *probes = &stream[SIZES], *damage = probes + 1;
    Sheet sheet = {.c = 1, .cols = SHOWN, .zoom = 3, .hi = 1};
    Data train, test;
    Pca pca;
    STEP("images") {
        Dataset set = data_images(lab->data, lab->quick, &keep);
        train = set.train, test = set.test, sheet.h = test.h, sheet.w = test.w;
        pca = pca_fit(&keep, train.x, K);
        npy_write(lab->out, "pca_mean.npy", pca.mean), npy_write(lab->out, "pca_axes.npy", pca.vec);
        printf("%s: %d + %d images of %d x %d\n", train.name, train.x.n, test.x.n, train.h, train.w);
        lab_metric(lab, "", train.x.n, "images_train"), lab_metric(lab, "", test.x.n, "images_test");
    }
    /*%% md
    ## From 784 numbers to few, and back
    Five nets that differ in the code alone, and PCA: the best without bending anything. The net with thirty numbers is trained longest. */
    Ae ae[SIZES], repair;
    STEP("train")
        for (int s = 0; s < SIZES && !lab_stopping(); s++) {
            ae[s] = ae_new("", train.x.d, size[s], &keep, &stream[s]);
            ae_train(lab, &ae[s], train, size[s] == K ? lab->epochs : (lab->epochs + 2) / 3, 0, &stream[s], &mem);
        }
    Ae *flat = &ae[0], *deep = &ae[SIZES - 1];
    Mat copy, codes;                                // (10000,d), (60000,2)
    STEP("sweep") {
        Mat table = encode_sweep(ae, SIZES, test.x, &keep), error = mat_new(&keep, SIZES, 1);       // (5,3), (5,1)
        for (int s = 0; s < SIZES; s++) {
            error.a[s] = (float)sse(test.x, pca_copy(&mem, pca, size[s], test.x), &mem);
            double linear = (double)error.a[s], bent = (double)row(table, s)[2];
            printf("k = %2d  %7.0f weights: PCA %6.3f  deep %6.3f\n", size[s], (double)row(table, s)[1], linear, bent);
            lab_metric(lab, "per image", bent, "test_sse_%d", size[s]), lab_metric(lab, "per image", linear, "pca_sse_%d", size[s]);
            arena_reset(&mem);
        }
        lab_metric(lab, "of PCA's", (double)(row(table, 0)[2] / error.a[0]), "mse_ratio_2d");
        csv_mat(lab->out, "sweep.csv", "k,weights,deep,pca", mat_join(&keep, table, error));
        npy_write(lab->out, "recon_30.npy", copy = ae_copy(deep, test.x, &keep));
        int each[256] = {0};                        /* the first test image of each class */
        for (int i = test.x.n - 1; i >= 0; i--) each[test.label[i]] = i;
        Sheet wide = {.h = test.h, .w = test.w, .c = 1, .cols = test.classes, .zoom = 3, .hi = 1};
        png_rows(lab->out, "copies.png", (Mat[]){test.x, pca_copy(&keep, pca, K, test.x), copy}, 3, each, wide, &mem);
    }
    /*%% fig 03_deep_ae-copies
    Thirty numbers per image: PCA's copies, and the deep net's. */
    /*%% fig 03_deep_ae-sweep */
    STEP("codes") {
        codes = net_eval(&flat->enc, train.x, &keep);
        Mat seen = net_eval(&flat->enc, test.x, &keep), axes = pca_code(&keep, pca, 2, test.x);
        npy_write(lab->out, "codes_2.npy", seen), npy_write(lab->out, "codes_2_train.npy", codes);
        npy_write(lab->out, "recon_2.npy", ae_picture(&flat->dec, seen, &mem));
        Mat both = mat_rows(mat_join(&keep, seen, axes), 0, test.x.n < 3000 ? test.x.n : 3000), label = mat_new(&keep, both.n, 1);
        for (int i = 0; i < both.n; i++) label.a[i] = test.label[i];
        csv_mat(lab->out, "codes.csv", "z1,z2,pca1,pca2,class", mat_join(&keep, both, label));
        float knn = knn_accuracy(codes, train.label, seen, test.label, NEIGHBOURS);
        float knn_pca = knn_accuracy(pca_code(&keep, pca, 2, train.x), train.label, axes, test.label, NEIGHBOURS);
        printf("the class by %d neighbours in two dimensions: PCA %.4f, deep %.4f\n", NEIGHBOURS, (double)knn_pca, (double)knn);
        lab_metric(lab, "share", (double)knn, "knn_2d"), lab_metric(lab, "share", (double)knn_pca, "knn_pca2");
        arena_reset(&mem);
    }
    /*%% fig 03_deep_ae-codes
    Test images as points, coloured by class: two principal components, and the deep net's two numbers. No net has seen a class. */
    STEP("holes") {
        write_plane(lab, &flat->dec, codes, sheet, &keep);
        Probe probe = hole_probe(&deep->dec, net_eval(&deep->enc, train.x, &keep), mat_noise(&keep, M, K, probes), &keep);
        Mat picture[2] = {mat_rows(copy, 0, M), probe.picture};
        for (int p = 0; p < 2; p++) {
            int index[M];
            mat_nearest(picture[p], train.x, index);
            double away = sse(mat_gather(&mem, train.x, index, M), picture[p], &mem);
            printf("%s: nearest training image %.2f away\n", p ? "random codes" : "test images", away);
            lab_metric(lab, "per image", away, p ? "nearest_sse_probe" : "nearest_sse_copy");
        }
        npy_write(lab->out, "probe_30.npy", probe.picture);
        png_rows(lab->out, "probe.png", picture, 2, NULL, sheet, &mem);
    }
    /*%% fig 03_deep_ae-plane
    What the decoder draws over the plane of its two numbers. Shaded: no training image has its code there. */
    /*%% fig 03_deep_ae-probe
    Above: copies of test images. Below: pictures of codes from the Gaussian that fits all codes. Some are garments, some are holes. */
    STEP("denoise") {                               /* TRY: share .7. What does the net invent? */
        const float share = .4f;
        repair = ae_new("repair", train.x.d, K, &keep, damage);
        ae_train(lab, &repair, train, (lab->epochs + 2) / 3, share, damage, &mem);
        Mat whole = mat_rows(test.x, 0, test.x.n < 1000 ? test.x.n : 1000), u = mat_new(&keep, whole.n, whole.d);
        mat_uniform(u, 0, 1, probes);
        Mat noisy = denoise_corrupt(whole, u, share, &keep);
        Mat plain = ae_copy(deep, noisy, &keep), fixed = ae_copy(&repair, noisy, &keep);
        npy_write(lab->out, "noisy.npy", noisy), npy_write(lab->out, "denoised.npy", fixed);
        double error[3] = {sse(whole, noisy, &mem), sse(whole, plain, &mem), sse(whole, fixed, &mem)};
        static const char *const what[3] = {"noisy", "plain", "repair"};
        for (int e = 0; e < 3; e++) printf("squared error, %-6s %6.2f\n", what[e], error[e]);
        for (int e = 0; e < 3; e++) lab_metric(lab, "per image", error[e], "denoise_sse_%s", what[e]);
        png_rows(lab->out, "denoise.png", (Mat[]){whole, noisy, plain, fixed}, 4, NULL, sheet, &mem);
    }
    /*%% fig 03_deep_ae-denoise
    Damaged test images, and what two nets make of them. Only the lower one ever saw damage in training. */
    STEP("labels") {
        Net body = deep->enc;                       /* its first layer's 512 numbers, as 10,000 images set aside preferred. */
        body.n = 2;                                 /* TRY: 4, 256 numbers; 5, the code itself */
        Data known[KINDS] = {train, train, train}, asked[KINDS] = {test, test, test};
        known[PCA].x = pca_code(&keep, pca, K, train.x), asked[PCA].x = pca_code(&keep, pca, K, test.x);
        known[CODE].x = net_eval(&body, train.x, &keep), asked[CODE].x = net_eval(&body, test.x, &keep);
        for (int k = KINDS - 1; k >= 0; k--) data_standardise(known[k].x, asked[k].x, 30, &keep);   /* raw, train itself, last */
        study(lab, known, asked, &keep);
    }
    /*%% fig 03_deep_ae-labels
    Accuracy against the number of labels: the mean, and each of ten draws. */
    return arena_free(&keep), arena_free(&mem), lab_close(lab);
}
