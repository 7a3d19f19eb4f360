/* 03_deep_ae: deep codes of real images.
 *
 * Learn    what depth adds to an autoencoder: far better copies from the same code, but a code with holes; and what such a code is good for.
 * Write    six functions, marked TODO, in this order; labs/03_deep_ae.h says what each must do, `make test-03` tests them.
 * Run      `make 03` builds this file, runs it and draws its figures in out/figures/; the README has the one-line cc command.
 * Writes   out/03_deep_ae/: csv and png for the figures, metrics.csv, recon_30.npy (10000,784), codes_2.npy (10000,2), the nets' weights, ...
 * Takes    about 150 s on two cores; --quick 4 s
 * Expect   test_sse_30 below 6.8 on Fashion-MNIST, where PCA's best 30 axes leave 12.24
 *
 * Letters  n rows or B batch, d pixels, k size of the code.  x (B,d) images in [0,1],  z (B,k) codes,  logits (B,d),  xhat (B,d) copies.
 */
#include "03_deep_ae.h"
#include <stdio.h>

/*%% md
## A loss for shades of grey

A pixel is a number in $[0,1]$, and a decoder's last layer gives any number $v$. The sigmoid $p=\sigma(v)$ brings it into range. Squared error
on $p$ has a flaw: where $p$ is quite wrong, at 0 or 1, the sigmoid is flat and nothing is learned. The cross-entropy
$-t\log p-(1-t)\log(1-p)$ has the same minimum, $p=t$, and the gradient $p-t$, whatever $v$ is. Written in terms of $v$ it is stable too:
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

Copying is an excuse; what we want is the code. Make the excuse harder: show the encoder a damaged image and ask for the whole one
(Vincent et al. 2008). To fill in a lost pixel a net must know what garments look like.
*/
Mat denoise_corrupt(Mat x, Mat u, float share, Arena *mem)
{
#ifdef SOLUTION
    Mat seen = mat_copy(mem, x);
    for (size_t i = 0; i < mat_size(x); i++)
        if (u.a[i] < share) seen.a[i] = u.a[i] < share / 2 ? 0 : 1;
    return seen;
#else
    TODO("a copy of x in which pixels with u < share/2 are 0 and the others with u < share are 1");
#endif
}

/*%% md
## How large a code?

Every further number in the code lowers the error, by less and less. To compare autoencoders, measure all of them on images that none has
seen: copy through the code, and add up the squared differences per image.
*/
Mat encode_sweep(Ae *ae, int n, Mat x, Arena *mem)
{
#ifdef SOLUTION
    Mat table = mat_new(mem, n, 3);
    for (int i = 0; i < n; i++) {
        Mat xhat = ae_picture(&ae[i].dec, net_eval(&ae[i].enc, x, mem), mem);       // (B,d)
        mat_sub(xhat, x);
        row(table, i)[0] = (float)shape_size(net_out(&ae[i].enc));
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

May we throw away the encoder, draw codes at random and look at what the decoder makes of them? The obvious distribution to draw from is a
Gaussian with the codes' mean and covariance $C = V\Lambda V^\top$:
$$ z = \mu + V\Lambda^{1/2}\varepsilon, \qquad \varepsilon\sim\mathcal N(0,I). $$
Nothing in the loss ever asked that codes fill it. Where no image was encoded, the decoder was never corrected.
*/
Probe hole_probe(Net *dec, Mat codes, Mat eps, Arena *mem)
{
#ifdef SOLUTION
    Pca pca = pca_fit(mem, codes, codes.d);         // mean (1,k), value (1,k), vec (k,k)
    Mat A = mat_copy(mem, pca.vec);
    for (int i = 0; i < A.n; i++)
        for (int j = 0; j < A.d; j++) row(A, i)[j] *= sqrtf(fmaxf(pca.value.a[j], 0));
    Mat z = mat_mul_nt(mem, eps, A);                // (m,k) (k,k) -> (m,k)
    mat_add_row(z, pca.mean);
    return (Probe){z, ae_picture(dec, z, mem)};
#else
    TODO("pca_fit the codes; scale its eigenvectors by sqrt(eigenvalue) to get A; z = mean + eps A^T; decode by ae_picture");
#endif
}

/*%% md
## Are neighbours alike?

A code is good when things of a kind lie together. Nearest neighbours ask just that and learn nothing themselves: an unseen image gets the class
that most of its $k$ nearest codes have.
*/
float knn_accuracy(Mat known, const uint8_t *known_label, Mat x, const uint8_t *label, int k)
{
#ifdef SOLUTION
    long right = 0;
    for (int i = 0; i < x.n; i++) {
        float near[32];                             // the k smallest squared distances so far, rising, and their classes
        int   class[32], found = 0;
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
        for (int a = 0; a < k; a++)
            if (votes[class[a]] > votes[best]) best = class[a];     // in order of distance: a tie goes to the nearest
        right += best == label[i];
    }
    return (float)right / (float)x.n;
#else
    TODO("for each row of x: the k nearest rows of known, a vote among their classes; the share of rows where it gives the label");
#endif
}

/*%% md
## Few labels

Sixty thousand images cost nothing; labels cost somebody's time. The autoencoder reads all images and no label. Then a classifier,
one linear layer with a softmax, reads the few labels: on raw pixels, on PCA's axes, on what the encoder makes of the image.
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

/* d -> h1 -> h2 -> k -> h2 -> h1 -> d. The code itself is linear: nothing bounds it. */
static Ae ae_new(const char *what, int d, int h1, int h2, int k, Arena *keep, Rng *rng)
{
    char *name = arena_alloc(keep, 64);
    snprintf(name, 32, "enc_%s%d", what, k), snprintf(name + 32, 32, "dec_%s%d", what, k);
    Ae ae = {net_new(name, (Shape){1, 1, d}, keep), net_new(name + 32, (Shape){1, 1, k}, keep)};
    net_dense(&ae.enc, h1, rng), net_lrelu(&ae.enc, .1f), net_dense(&ae.enc, h2, rng), net_lrelu(&ae.enc, .1f), net_dense(&ae.enc, k, rng);
    net_dense(&ae.dec, h2, rng), net_lrelu(&ae.dec, .1f), net_dense(&ae.dec, h1, rng), net_lrelu(&ae.dec, .1f), net_dense(&ae.dec, d, rng);
    return ae;
}

static Mat ae_copy(Ae *ae, Mat x, Arena *mem) { return ae_picture(&ae->dec, net_eval(&ae->enc, x, mem), mem); }

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

/* Trains, or reads what an earlier run trained. share: of the pixels that the encoder sees corrupted. curve: the error on test images, or NULL. */
static void ae_train(Lab *lab, Ae *ae, Dataset set, int epochs, float share, Csv *curve, Rng *rng, Arena *mem)
{
    Adam opt_enc = adam(0), opt_dec = adam(0);
    long steps = (long)epochs * ((set.train.x.n + lab->batch - 1) / lab->batch), step = 0;
    if (lab->load) net_read(&ae->enc, lab->load), net_read(&ae->dec, lab->load);
    for (int epoch = 0; epoch < epochs && !lab->load && !lab_stopping(); epoch++) {
        arena_reset(mem);
        Batches b = batches(set.train, lab->batch, rng, mem);
        size_t mark = mem->used;
        double sum = 0;
        while (!lab_stopping() && batch_next(&b)) {
            arena_rewind(mem, mark);
            Mat u = mat_new(mem, b.x.n, b.x.d);     // (B,d)
            mat_uniform(u, 0, 1, rng);
            opt_enc.lr = opt_dec.lr = cosine_decay(2e-3f, step, steps);
            float loss = ae_step(ae, share > 0 ? denoise_corrupt(b.x, u, share, mem) : b.x, b.x, &opt_enc, &opt_dec, mem);
            lab_finite("the loss", (double)loss, step++);
            sum += (double)loss * b.x.n / set.train.x.n;
        }
        progress(epoch + 1, epochs, "%s  %.2f nats", ae->enc.name, sum);
        if (curve) csv_row(curve, "%d,%.6g,%.6g", epoch + 1, sum, (double)encode_sweep(ae, 1, set.test.x, mem).a[2]);
    }
    net_write(&ae->enc, lab->out), net_write(&ae->dec, lab->out);
}

/* ---- for the figures; nothing to write here ---- */

static double sse(Mat x, Mat xhat, Arena *mem) { return (double)mse(xhat, x, mem).value; }      /* per image */

/* Row upon row of images, named rows[..]; pick: the columns. */
static void write_sheet(Lab *lab, const char *file, Data data, const Mat *rows, int n, const int *pick, int cols, Arena *mem)
{
    Mat sheet = mat_new(mem, n * cols, data.x.d);
    for (int r = 0; r < n; r++) mat_set(mat_rows(sheet, r * cols, cols), mat_gather(mem, rows[r], pick, cols));
    png_sheet(lab->out, file, sheet, (Sheet){data.h, data.w, 1, .cols = cols, .zoom = 3, .lo = 0, .hi = 1});
}

/* A lattice of SIDE x SIDE cells within two standard deviations of the mean code, what the decoder draws there, and how many codes each holds. */
static void write_plane(Lab *lab, Net *dec, Mat codes, Data data, Arena *mem)
{
    enum { SIDE = 16 };
    float lo[2], width[2];
    for (int j = 0; j < 2; j++) {
        Mat c = mat_cols(mem, codes, j, 1);
        float mean = mat_mean(c), sd = sqrtf((float)(mat_dot(c, c) / c.n) - mean * mean);
        lo[j] = mean - 2 * sd, width[j] = 4 * sd / SIDE;
    }
    int count[SIDE][SIDE] = {{0}}, empty = 0;       /* the top row of the picture has the largest z2 */
    for (int i = 0; i < codes.n; i++) {
        int c = (int)floorf((row(codes, i)[0] - lo[0]) / width[0]), r = SIDE - 1 - (int)floorf((row(codes, i)[1] - lo[1]) / width[1]);
        if (c >= 0 && c < SIDE && r >= 0 && r < SIDE) count[r][c]++;
    }
    Mat z = mat_new(mem, SIDE * SIDE, 2);
    Csv *csv = csv_open(lab->out, "plane.csv", "column,row,z1,z2,codes");
    for (int r = 0; r < SIDE; r++)
        for (int c = 0; c < SIDE; c++) {
            float *at = row(z, r * SIDE + c);
            at[0] = lo[0] + width[0] * ((float)c + .5f), at[1] = lo[1] + width[1] * ((float)(SIDE - 1 - r) + .5f);
            csv_row(csv, "%d,%d,%.5g,%.5g,%d", c, r, (double)at[0], (double)at[1], count[r][c]);
            empty += count[r][c] == 0;
        }
    csv_close(csv);
    png_sheet(lab->out, "plane.png", ae_picture(dec, z, mem), (Sheet){data.h, data.w, 1, .cols = SIDE, .zoom = 2, .lo = 0, .hi = 1});
    printf("%d of %d cells hold none of the %d codes\n", empty, SIDE * SIDE, codes.n);
    lab_metric(lab, "share", (double)empty / (SIDE * SIDE), "empty_cells_2d");
}

/* ---- few labels ---- */

enum { RAW, PCA, CODE, KINDS, DRAWS = 10, FEW = 4, MOST = 1000 };       /* MOST samples in one step */
static const int few[FEW] = {100, 600, 1000, 3000};

/* Minus the training mean, divided by one number: then all kinds of features are equally long on average. */
static void standardise(Mat train, Mat test, Arena *mem)
{
    Mat mean = mat_zeros(mem, 1, train.d);
    mat_add_column_sums(mean, train);
    mat_scale(mean, 1.f / (float)train.n);
    mat_sub_row(train, mean), mat_sub_row(test, mean);
    float scale = sqrtf(30.f * (float)train.n) / mat_norm(train);
    mat_scale(train, scale), mat_scale(test, scale);
}

/* Learns from rows index[0..n-1] of train; returns the accuracy on test, and what it guessed. decay is spread over the n labels. */
static double classify(Data train, const int *index, int n, Data test, float decay, uint8_t *guess, Arena *mem)
{
    size_t start = mem->used;
    int B = n < MOST ? n : MOST, steps = n > 3000 ? 600 : 200, right = 0;
    Param W = param_new(mem, train.x.d, train.classes), b = param_new(mem, 1, train.classes);
    size_t mark = mem->used;
    for (int step = 0, at = 0; step < steps; step++) {
        int rows[MOST];
        uint8_t label[MOST];
        arena_rewind(mem, mark);
        for (int i = 0; i < B; i++, at = (at + 1) % n) rows[i] = index[at], label[i] = train.label[index[at]];
        Sgd opt = {.lr = cosine_decay(.2f, step, steps), .momentum = .9f};
        lab_finite("the classifier's loss", (double)logreg_step(&W, &b, mat_gather(mem, train.x, rows, B), label, decay / (float)n, &opt, mem), step);
    }
    Mat s = mat_mul(mem, test.x, W.v);              // (10000, classes)
    mat_add_row(s, b.v);
    for (int i = 0; i < s.n; i++) {
        guess[i] = 0;
        for (int c = 1; c < s.d; c++) guess[i] = row(s, i)[c] > row(s, i)[guess[i]] ? (uint8_t)c : guess[i];
        right += guess[i] == test.label[i];
    }
    arena_rewind(mem, start);
    return (double)right / s.n;
}

/* Every kind of features, every number of labels, ten draws each; then all labels at once. A small set meets few of the drawn images. */
static void study(Lab *lab, const Data *train, const Data *test, Arena *mem)
{
    static const float decay[KINDS] = {1, 1, 1};
    int all = train->x.n, tests = test->x.n, tables = 0, found, *everyone = arena_alloc(mem, (size_t)all * sizeof *everyone);
    uint8_t *guess = arena_alloc(mem, (size_t)(KINDS * (DRAWS * FEW + 1) * tests));
    for (int i = 0; i < all; i++) everyone[i] = i;
    Csv *csv = csv_open(lab->out, "labels.csv", "labels,draw,raw,pca,ae");
    for (int f = 0; f <= FEW && !lab_stopping(); f++) {
        int n = f < FEW ? few[f] : all, draws = f < FEW ? DRAWS : 1;
        double sum[KINDS] = {0}, gain = 0, square = 0;
        for (int r = 0; r < draws; r++) {
            int *index = draws > 1 ? data_draw(r, all, &found, mem) : everyone;
            if (draws > 1 && found < n) { n = 0; break; }
            double right[KINDS];
            for (int k = 0; k < KINDS; k++, guess += tests, tables++) sum[k] += right[k] = classify(train[k], index, n, test[k], decay[k], guess, mem);
            csv_row(csv, "%d,%d,%.5g,%.5g,%.5g", n, r, right[RAW], right[PCA], right[CODE]);
            gain += right[CODE] - right[RAW], square += pow(right[CODE] - right[RAW], 2);
        }
        if (!n) continue;
        gain /= draws;
        double sd = draws > 1 ? sqrt(fmax(0, square - draws * gain * gain) / (draws - 1)) : 0;
        printf("%6d labels: raw %.4f  pca %.4f  ae %.4f;  ae - raw %+.4f, sd %.4f over %d draws\n", n, sum[RAW] / draws, sum[PCA] / draws,
               sum[CODE] / draws, gain, sd, draws);
        for (int k = 0; k < KINDS; k++) lab_metric(lab, "share", sum[k] / draws, "few_%s_%d", (const char *[]){"raw", "pca", "ae"}[k], n);
        lab_metric(lab, "share", gain, "few_gain_%d", n), lab_metric(lab, "share", sd, "few_gain_sd_%d", n);
    }
    csv_close(csv);
    npy_write_u8(lab->out, "guesses.npy", guess - (size_t)tables * (size_t)tests, 2, (int[]){tables, tests});
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "03_deep_ae", .title = "deep codes of real images", .epochs = 16, .batch = 128, .quick_epochs = 8,
        .steps = "images train codes holes sweep denoise labels",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(1024)), mem = arena_new("step", MB(512));
    Rng rng = rng_new(lab->seed), part[4];          /* a stream for each part: what one draws does not move the others */
    for (int i = 0; i < 4; i++) part[i] = rng_split(&rng);
    int fewer = lab->epochs / 4 > 1 ? lab->epochs / 4 : 1;              /* epochs for the smaller questions */

    enum { K = 30, SHOWN = 12, NEIGHBOURS = 15 };
    int each[256] = {0}, first[SHOWN], d;           /* of each class the first test image; the first test images */
    Dataset set;
    Data train, test;
    Pca pca;
    Mat linear, copy;                               // (10000,d) both
    STEP("images") {
        set = data_images(lab->data, lab->quick, &keep);
        train = set.train, test = set.test, d = train.x.d;
        for (int i = test.x.n - 1; i >= 0; i--) each[test.label[i]] = i;
        for (int i = 0; i < SHOWN; i++) first[i] = i;
        pca = pca_fit(&keep, train.x, K);
        linear = pca_copy(pca, K, test.x, &keep);
        npy_write(lab->out, "pca_mean.npy", pca.mean), npy_write(lab->out, "pca_axes.npy", pca.vec);
        printf("%s: %d + %d images of %d x %d\n", train.name, train.x.n, test.x.n, train.h, train.w);
    }
    /*%% md
    ## Thirty numbers
    784 pixels go through 512, 256 and 30 numbers, and back. PCA with thirty axes is the best that can be done without bending anything. */
    Ae deep;
    STEP("train") {
        deep = ae_new("deep", d, 512, 256, K, &keep, &part[0]);
        net_print(&deep.enc), net_print(&deep.dec);
        Csv *csv = csv_open(lab->out, "training.csv", "epoch,nats,test_sse");
        ae_train(lab, &deep, set, lab->epochs, 0, csv, &part[0], &mem);
        csv_close(csv);
        copy = ae_copy(&deep, test.x, &keep);
        npy_write(lab->out, "recon_30.npy", copy);
        printf("squared error per test image: PCA %.3f, deep %.3f\n", sse(test.x, linear, &mem), sse(test.x, copy, &mem));
        lab_metric(lab, "per image", sse(test.x, copy, &mem), "test_sse_30"), lab_metric(lab, "per image", sse(test.x, linear, &mem), "test_sse_pca30");
        write_sheet(lab, "copies.png", test, (Mat[]){test.x, linear, copy}, 3, each, test.classes, &mem);
    }
    /*%% fig 03_deep_ae-copies
    Thirty numbers per image: PCA's copy, and the deep net's. */
    /*%% fig 03_deep_ae-training
    The error on test images while the net learns. */

    /*%% md
    ## Two numbers
    With two numbers per image the whole code can be drawn. The classes were never told to the net. */
    Ae flat;
    Mat codes;                                      // (60000,2)
    STEP("codes") {
        flat = ae_new("flat", d, 512, 256, 2, &keep, &part[1]);
        ae_train(lab, &flat, set, fewer, 0, NULL, &part[1], &mem);
        codes = net_eval(&flat.enc, train.x, &keep);
        Mat seen = net_eval(&flat.enc, test.x, &keep), bent = ae_picture(&flat.dec, seen, &keep), axes = pca_code(pca, 2, test.x, &keep);
        npy_write(lab->out, "codes_2.npy", seen), npy_write(lab->out, "codes_2_train.npy", codes), npy_write(lab->out, "recon_2.npy", bent);
        Mat both = mat_rows(mat_join(&keep, seen, axes), 0, test.x.n < 3000 ? test.x.n : 3000), label = mat_new(&keep, both.n, 1);
        for (int i = 0; i < both.n; i++) label.a[i] = test.label[i];
        csv_mat(lab->out, "codes.csv", "z1,z2,pca1,pca2,class", mat_join(&keep, both, label));
        double ours = sse(test.x, bent, &mem), pcas = sse(test.x, pca_copy(pca, 2, test.x, &mem), &mem);
        float knn = knn_accuracy(codes, train.label, seen, test.label, NEIGHBOURS);
        float knn_pca = knn_accuracy(pca_code(pca, 2, train.x, &mem), train.label, axes, test.label, NEIGHBOURS);
        printf("squared error: PCA %.2f, deep %.2f; class by 15 neighbours: PCA %.3f, deep %.3f\n", pcas, ours, (double)knn_pca, (double)knn);
        lab_metric(lab, "per image", ours, "test_sse_2"), lab_metric(lab, "of PCA's", ours / pcas, "mse_ratio_2d");
        lab_metric(lab, "share", (double)knn, "knn_2d"), lab_metric(lab, "share", (double)knn_pca, "knn_pca2");
    }
    /*%% fig 03_deep_ae-codes
    Test images as points, coloured by class: the first two principal components, and the deep net's two numbers. */
    STEP("holes") {
        write_plane(lab, &flat.dec, codes, train, &mem);
        enum { M = 500 };
        int index[M];
        Probe probe = hole_probe(&deep.dec, net_eval(&deep.enc, train.x, &keep), mat_noise(&keep, M, K, &part[1]), &keep);
        Mat pictures[2] = {mat_rows(copy, 0, M), probe.picture};
        double away[2];                             /* squared distance to the nearest training image, on average */
        for (int p = 0; p < 2; p++) {
            mat_nearest(pictures[p], train.x, index);
            away[p] = sse(mat_gather(&mem, train.x, index, M), pictures[p], &mem);
            lab_metric(lab, "per image", away[p], p ? "nearest_sse_probe" : "nearest_sse_copy");
        }
        npy_write(lab->out, "probe_30.npy", probe.picture);
        printf("squared distance to the nearest training image: copies of test images %.2f, decoded random codes %.2f\n", away[0], away[1]);
        write_sheet(lab, "probe.png", test, pictures, 2, first, SHOWN, &mem);
    }
    /*%% fig 03_deep_ae-plane
    What the decoder draws over the plane of its two numbers. Shaded: no training image has its code there. */
    /*%% fig 03_deep_ae-probe
    Above: copies of test images. Below: pictures of codes drawn from the Gaussian that fits all codes. Some are garments, some are holes. */
    STEP("sweep") {                                 /* TRY: no leaky ReLUs in ae_new. Which curve is it now, and why not below it? */
        enum { SIZES = 5 };
        static const int size[SIZES] = {2, 4, 8, 16, K};
        Ae ae[SIZES];
        for (int s = 0; s < SIZES; s++) {
            ae[s] = ae_new("sweep", d, 256, 64, size[s], &keep, &part[2]);
            ae_train(lab, &ae[s], set, fewer, 0, NULL, &part[2], &mem);
        }
        Mat table = encode_sweep(ae, SIZES, test.x, &keep), error = mat_new(&keep, SIZES, 1);       // (5,3), (5,1)
        for (int s = 0; s < SIZES; s++) {
            error.a[s] = (float)sse(test.x, pca_copy(pca, size[s], test.x, &mem), &mem);
            printf("k = %2d  %6.0f weights: PCA %6.2f  deep %6.2f\n", size[s], (double)row(table, s)[1], (double)error.a[s], (double)row(table, s)[2]);
            lab_metric(lab, "per image", (double)row(table, s)[2], "sweep_sse_%d", size[s]), lab_metric(lab, "per image", (double)error.a[s], "pca_sse_%d", size[s]);
            arena_reset(&mem);
        }
        csv_mat(lab->out, "sweep.csv", "k,weights,deep,pca", mat_join(&keep, table, error));
    }
    /*%% fig 03_deep_ae-sweep
    The error against the size of the code. */
    Ae repair;
    STEP("denoise") {                               /* TRY: share .7. What does the net invent? */
        const float share = .4f;
        repair = ae_new("repair", d, 512, 256, K, &keep, &part[3]);
        ae_train(lab, &repair, set, fewer, share, NULL, &part[3], &mem);
        Mat whole = mat_rows(test.x, 0, test.x.n < 1000 ? test.x.n : 1000), u = mat_new(&keep, whole.n, d);
        mat_uniform(u, 0, 1, &(Rng){.key = lab->seed});
        Mat noisy = denoise_corrupt(whole, u, share, &keep), plain = ae_copy(&deep, noisy, &keep), fixed = ae_copy(&repair, noisy, &keep);
        npy_write(lab->out, "noisy.npy", noisy), npy_write(lab->out, "denoised.npy", fixed);
        double error[3] = {sse(whole, noisy, &mem), sse(whole, plain, &mem), sse(whole, fixed, &mem)};
        printf("squared error: damaged %.2f, through the plain net %.2f, through the one trained to repair %.2f\n", error[0], error[1], error[2]);
        for (int e = 0; e < 3; e++) lab_metric(lab, "per image", error[e], "denoise_sse_%s", (const char *[]){"noisy", "plain", "repair"}[e]);
        write_sheet(lab, "denoise.png", test, (Mat[]){whole, noisy, plain, fixed}, 4, first, SHOWN, &keep);
    }
    /*%% fig 03_deep_ae-denoise
    Damaged test images, and what two nets make of them. Only the lower one ever saw damage in training. */
    STEP("labels") {
        Net body = repair.enc;
        body.n = 4;                                 /* 256 numbers before the bottleneck. TRY: 5, the code itself */
        Data known[KINDS] = {train, train, train}, asked[KINDS] = {test, test, test};
        known[PCA].x = pca_code(pca, K, train.x, &keep), asked[PCA].x = pca_code(pca, K, test.x, &keep);
        known[CODE].x = net_eval(&body, train.x, &keep), asked[CODE].x = net_eval(&body, test.x, &keep);
        for (int k = KINDS - 1; k >= 0; k--) standardise(known[k].x, asked[k].x, &keep);            /* raw pixels are set itself: last */
        study(lab, known, asked, &keep);
    }
    /*%% fig 03_deep_ae-labels
    Accuracy on all test images against the number of labels. */

    arena_free(&keep), arena_free(&mem);
    return lab_close(lab);
}
