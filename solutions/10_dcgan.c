/* 10_dcgan: a convolutional generator and a discriminator, in competition.
 *
 * Learn    convolution and its transpose, batch norm with its gradient, and the two alternating
 *          steps that train a GAN on images.
 * Write    six functions, marked TODO, in this order; labs/10_dcgan.h says what each must do,
 *          `make test-10` tests them.
 * Run      `make 10` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command.
 * Writes   out/10_dcgan/: csv and png for the figures, metrics.csv, samples.npy (10000,28,28),
 *          judged.npy, the nets' weights
 * Takes    about 215 s on two cores; --quick 5 s
 * Expect   frechet_norm below .1 and class_tv below .06 on Fashion-MNIST: sharp garments of every
 *          kind
 *
 * Letters  B batch, h w c of an image, z (B,64) noise, D discriminator, G generator,
 *          E the average of G's weights: it draws the samples.
 */
#include "10_dcgan.h"
#include "10_dcgan_plot.h"
#include <math.h>
#include <stdio.h>
#include <unistd.h>

/*%% md
## Convolution

The same small kernel looks at every place of a map. With $o$ the output channel and $c$ the input
channel,
$$ y_{p,q,o} = b_o + \sum_{i,j,c} x_{ps+i-a,\; qs+j-a,\; c}\; W_{(i,j,c),\,o} , $$
stride $s$, padding $a$. Seen from one output pixel, it is a dense layer on the window below it.
*/

Mat conv_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
#ifdef SOLUTION
    int k = win->kernel, in = win->big.c, out = win->small.c;
    Mat y = mat_new(mem, x.n, shape_size(win->small));
    for (int i = 0; i < x.n; i++)
        for (int p = 0; p < win->small.h; p++)
            for (int q = 0; q < win->small.w; q++) {
                float *to = row(y, i) + (p * win->small.w + q) * out;
                for (int o = 0; o < out; o++) to[o] = b.a[o];
                for (int w = 0; w < k * k; w++) {       // the pixels of the window
                    const float *from = under(win, x, i, p, q, w / k, w % k);
                    if (!from) continue;                // padding
                    for (int c = 0; c < in; c++)
                        for (int o = 0; o < out; o++) to[o] += from[c] * row(W, w * in + c)[o];
                }
            }
    return y;
#else
    TODO("for every small pixel: start from b, then add each window pixel's channels times their "
         "rows of W; under() finds the pixel");
#endif
}

/*%% md
## Transposed convolution

The generator goes the other way, from a small map to a big one. Read the same picture backwards:
every small pixel *adds* its multiple of the kernel to the window under it. As a matrix, convolution
is sparse; this is multiplication by its transpose, so
$\langle \mathrm{conv}(x), y\rangle = \langle x, \mathrm{conv}^\top(y)\rangle$. It is also the
gradient of a convolution for its input.
*/
Mat convt_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
#ifdef SOLUTION
    int k = win->kernel, in = win->small.c, out = win->big.c;
    Mat y = mat_zeros(mem, x.n, shape_size(win->big));
    mat_add_row(mat_pixels(y, out), b);
    for (int i = 0; i < x.n; i++)
        for (int p = 0; p < win->small.h; p++)
            for (int q = 0; q < win->small.w; q++) {
                const float *from = row(x, i) + (p * win->small.w + q) * in;
                for (int w = 0; w < k * k; w++) {       // the pixels of the window
                    float *to = under(win, y, i, p, q, w / k, w % k);
                    if (!to) continue;                  // padding
                    for (int c = 0; c < out; c++)
                        for (int o = 0; o < in; o++) to[c] += from[o] * row(W, w * out + c)[o];
                }
            }
    return y;
#else
    TODO("fill the big map with b; then conv_forward's loops again, but what was read there is now "
         "added to, and the other way round");
#endif
}

/*%% md
## Batch norm

Deep GANs train once every layer sees inputs of mean 0 and variance 1. Per channel, over all pixels
of the batch, $\hat x = (x-\mu)/\sqrt{\sigma^2+\epsilon}$ and $y = \gamma\hat x + \beta$. When
samples are drawn one by one there is no batch: running averages of $\mu$ and $\sigma^2$ serve then.
*/
Normed batchnorm_forward(Mat x, Mat gain, Mat shift, Mat run, bool train, Arena *mem)
{
#ifdef SOLUTION
    Normed f = {mat_new(mem, x.n, x.d), mat_new(mem, x.n, x.d), mat_new(mem, 1, x.d)};
    for (int j = 0; j < x.d; j++) {
        double mean = row(run, 0)[j], var = row(run, 1)[j];
        if (train) {
            mean = 0;
            var = 0;
            for (int i = 0; i < x.n; i++) mean += row(x, i)[j] / (double)x.n;
            for (int i = 0; i < x.n; i++) {
                double off = row(x, i)[j] - mean;
                var += off * off / x.n;
            }
            double unbiased = var * x.n / (x.n - 1);
            row(run, 0)[j] += .1f * ((float)mean - row(run, 0)[j]);
            row(run, 1)[j] += .1f * ((float)unbiased - row(run, 1)[j]);
        }
        f.rsd.a[j] = (float)(1 / sqrt(var + 1e-5));
        for (int i = 0; i < x.n; i++) {
            row(f.xhat, i)[j] = (row(x, i)[j] - (float)mean) * f.rsd.a[j];
            row(f.y, i)[j] = gain.a[j] * row(f.xhat, i)[j] + shift.a[j];
        }
    }
    return f;
#else
    TODO("per column: mean and var from the rows (training; update run) or from run; then rsd, "
         "xhat and y");
#endif
}

/*%% md
Backward: $\mu$ and $\sigma$ depend on every row, so a gradient that enters at one row leaves at all
of them. Two means do it:
$$ \mathrm dx = \frac{\gamma}{\sigma}
   \left(\mathrm dy - \overline{\mathrm dy} - \hat x\;\overline{\mathrm dy\,\hat x}\right). $$
*/
NormedGrad batchnorm_backward(Mat dy, Normed fwd, Mat gain, Arena *mem)
{
#ifdef SOLUTION
    NormedGrad g = {mat_new(mem, dy.n, dy.d), mat_zeros(mem, 1, dy.d), mat_zeros(mem, 1, dy.d)};
    for (int j = 0; j < dy.d; j++) {
        double sum = 0, product = 0;                    // of dy, and of dy xhat
        for (int i = 0; i < dy.n; i++) {
            sum += row(dy, i)[j];
            product += row(dy, i)[j] * row(fwd.xhat, i)[j];
        }
        g.dshift.a[j] = (float)sum;
        g.dgain.a[j] = (float)product;
        for (int i = 0; i < dy.n; i++) {
            float means = (float)(sum + row(fwd.xhat, i)[j] * product) / (float)dy.n;
            row(g.dx, i)[j] = gain.a[j] * fwd.rsd.a[j] * (row(dy, i)[j] - means);
        }
    }
    return g;
#else
    TODO("per column: dshift = sum of dy, dgain = sum of dy xhat; dx from dy and the means of "
         "these two");
#endif
}

/*%% md
## The two players

$D$ says how real an image looks, as a logit. One step teaches $D$: real up, fake down. The next
teaches $G$, through $D$: the gradient that $D$ hands back *to its input* says, pixel by pixel, how
this fake would look more real.
*/
float dcgan_d_step(Net *D, Mat real, Mat fake, const Adam *opt, Arena *mem)
{
#ifdef SOLUTION
    Trace tr = trace(mem, TRAIN), tf = trace(mem, TRAIN);   // the same D, used twice
    Loss up = bce_logits_to(net_forward(D, real, &tr), 1, mem);
    Loss down = bce_logits_to(net_forward(D, fake, &tf), 0, mem);

    net_zero_grad(D);
    net_backward(D, up.grad, &tr, WRT_PARAMS);
    net_backward(D, down.grad, &tf, WRT_PARAMS);
    adam_step(D, opt);
    return up.value + down.value;
#else
    TODO("real and fake through D, each with a trace; bce_logits_to 1 and 0; zero D's gradients, "
         "add both, adam_step");
#endif
}

float dcgan_g_step(Net *G, Net *D, Mat fake, Trace *tg, const Adam *opt, Arena *mem)
{
#ifdef SOLUTION
    Trace td = trace(mem, TRAIN);
    Loss fool = bce_logits_to(net_forward(D, fake, &td), 1, mem);
    Mat dfake = net_backward(D, fool.grad, &td, WRT_INPUT);     // (B, h*w*c); D gets no gradient
    net_zero_grad(G);
    net_backward(G, dfake, tg, WRT_PARAMS);
    adam_step(G, opt);
    return fool.value;
#else
    TODO("fake through D, wanted: real; D hands back dL/dfake (WRT_INPUT), which goes on through G "
         "with trace tg; adam_step");
#endif
}

/* ---- the nets ---- */

enum { SIDE = 28, Z = 64 };             /* pixels of a side, which both nets are built for; noise */

/* 28x28 -> 14x14 -> 7x7 -> 3x3 -> a logit. Leaky ReLUs, strides for pooling, no batch norm on the
 * first layer, small weights (Radford et al. 2016).
 * TRY: leave He's larger weights. What does D see after an epoch? */
static Net discriminator(Arena *keep, Rng *rng)
{
    Net D = net_new("D", (Shape){SIDE, SIDE, 1}, keep);
    net_conv(&D, 32, 4, 2, 1, rng); net_lrelu(&D, .2f);
    net_conv(&D, 64, 4, 2, 1, rng); net_batchnorm(&D); net_lrelu(&D, .2f);
    net_conv(&D, 128, 3, 2, 0, rng); net_batchnorm(&D); net_lrelu(&D, .2f);
    net_dense(&D, 1, rng);
    net_init_normal(&D, .02f, rng);
    return D;
}

/* The mirror image: z -> 3x3 -> 7x7 -> 14x14 -> 28x28. */
static Net generator(const char *name, Arena *keep, Rng *rng)
{
    Net G = net_new(name, (Shape){1, 1, Z}, keep);
    net_dense(&G, 3 * 3 * 128, rng); net_reshape(&G, (Shape){3, 3, 128});
    net_batchnorm(&G); net_relu(&G);
    net_convt(&G, 64, 3, 2, 0, rng); net_batchnorm(&G); net_relu(&G);
    net_convt(&G, 32, 4, 2, 1, rng); net_batchnorm(&G); net_relu(&G);
    net_convt(&G, 1, 4, 2, 1, rng); net_tanh(&G);
    net_init_normal(&G, .02f, rng);
    return G;
}

/* Images in [0,1] from noise, by running statistics. */
static Mat draw(Net *G, Mat z, Arena *mem)
{
    return pictures_from_signs(net_eval(G, z, mem), mem);
}

/* ---- training ---- */

/* One step of D, one of G, on the same fakes. E follows G slowly and draws the better pictures.
 * Rates: G's twice D's and falling, found on seeds that are not reported; beta1 .5 as in the paper.
 * Batch norm wants whole batches. */
static void train(Lab *lab, Net *G, Net *D, Net *E, Data data, Rng *rng, Arena *keep, Arena *mem)
{
    Adam opt_g = {.beta1 = .5f, .beta2 = .999f, .eps = 1e-8f}, opt_d = opt_g;
    Mat fixed = mat_noise(keep, FILMED, Z, rng);        // the same noise in every frame
    Film *film = film_open(lab, data, keep);
    Csv *losses = csv_open(lab->out, "losses.csv", "step,d_loss,g_loss");
    arena_reset(mem);
    Training t = training_whole(data.x, lab->epochs, lab->batch, rng, mem);
    while (training_next(&t)) {
        opt_g.lr = cosine_decay(2e-3f, t.step, t.steps);
        opt_d.lr = cosine_decay(1e-3f, t.step, t.steps);
        Trace tg = trace(mem, TRAIN);
        Mat fake = net_forward(G, mat_noise(mem, t.x.n, Z, rng), &tg);
        Mat real = pictures_to_signs(t.x);              // tanh's [-1,1]

        float d_loss = dcgan_d_step(D, real, fake, &opt_d, mem);
        float g_loss = dcgan_g_step(G, D, fake, &tg, &opt_g, mem);
        net_average(E, G, t.step < 1000 ? .99f : .999f);

        lab_finite("D's or G's loss", (double)(d_loss + g_loss), t.step);
        csv_row(losses, "%ld,%.4g,%.4g", t.step, (double)d_loss, (double)g_loss);
        long done = t.step + 1;
        if (film_due(film, done, t.steps)) {
            progress(done, t.steps, "D %.2f  G %.2f", (double)d_loss, (double)g_loss);
            film_frame(film, done, done * lab->batch, draw(E, fixed, mem));
        }
    }
    film_close(film);
    csv_close(losses);
}

/* ---- steps of the story ---- */

/* Four kernels walk over four images, and the transpose carries back what they found. Is it the
 * adjoint, and does the library's layer do the same? */
static void try_convolution(Lab *lab, Data data, Arena *mem)
{
    enum { K = KERNELS };
    Window win = {.big = {data.h, data.w, 1}, .small = {data.h / 2, data.w / 2, K},
                  .kernel = 4, .stride = 2, .pad = 1};
    Mat W = four_kernels(mem), none = mat_zeros(mem, 1, K), zero = mat_zeros(mem, 1, 1);
    Mat x = mat_gather(mem, data.x, four_images, K);                    // (4, h*w)
    Mat y = conv_forward(&win, x, W, none, mem);                        // (4, h/2*w/2*4)
    Mat back = convt_forward(&win, y, W, zero, mem);                    // (4, h*w)

    Net net = net_new("conv", win.big, mem);
    Rng rng = rng_new(0);
    net_conv(&net, K, win.kernel, win.stride, win.pad, &rng);
    mat_set(net.layer[0].w.v, W);
    Mat off = net_eval(&net, x, mem);
    mat_sub(off, y);
    double there = mat_dot(y, y), again = mat_dot(x, back);
    printf("<conv x, y> = %.4f, <x, convt y> = %.4f; the library's layer is %.1g away\n", there,
           again, sqrt(mat_dot(off, off)));
    lab_metric(lab, "relative", fabs(there / again - 1), "adjoint_error");
    plot_convolution(lab, x, y, back, data, mem);
}

/* What reaches D's first batch norm, x (B, h*w): and does the library's layer do with it what the
 * exercises do? */
static void try_norm(Lab *lab, Net *D, Mat x, Arena *mem)
{
    enum { FIRST = 3 };                                 // the layers before it
    Net body = *D;
    body.n = FIRST;
    Shape map = D->layer[FIRST].in;                     // 7 x 7 x 64
    Net norm = net_new("norm", map, mem);
    net_batchnorm(&norm);
    Mat gain = norm.layer[0].w.v, shift = norm.layer[0].b.v, run = mat_zeros(mem, 2, map.c);

    Trace t = trace(mem, TRAIN), u = trace(mem, TRAIN);
    Rng rng = {0};
    Mat h = net_forward(&body, x, &t), dy = mat_noise(mem, h.n, h.d, &rng);     // (B,7*7*64) both
    Mat before = mat_pixels(h, map.c);                                          // (B*7*7,64)
    Normed f = batchnorm_forward(before, gain, shift, run, true, mem);
    NormedGrad g = batchnorm_backward(mat_pixels(dy, map.c), f, gain, mem);

    Mat y = mat_pixels(net_forward(&norm, h, &u), map.c);
    Mat dx = mat_pixels(net_backward(&norm, dy, &u, WRT_BOTH), map.c);
    mat_sub(y, f.y);
    mat_sub(dx, g.dx);
    printf("sd of the first channel: %.4f before; the library's layer is %.1g away, its gradient "
           "relatively %.1g\n", 1 / (double)f.rsd.a[0], sqrt(mat_dot(y, y)),
           sqrt(mat_dot(dx, dx) / mat_dot(g.dx, g.dx)));
    plot_norm(lab, before, f);
}

/* How good are they? Scored by a classifier that knows the classes; it is trained when there is
 * none of these data yet. */
static void score(Lab *lab, Dataset set, Mat x, Arena *keep)
{
    Yardstick yard = yardstick(set, "build/classifier", keep);
    net_write(&yard.classifier.net, lab->out);
    Score s = yardstick_score(&yard, x, keep);
    yardstick_report(lab, &yard, &s);
    uint8_t *judged = arena_alloc(keep, (size_t)x.n);
    classifier_label(&yard.classifier, x, judged, keep);
    npy_write_u8(lab->out, "judged.npy", judged, 1, &x.n);
}

/* What lab 04's VAE dreams up, (n,h*w), when it has run beside this lab; else empty. */
static Mat vae_images(Lab *lab, int n, Rng *rng, Arena *keep)
{
    char *dir = name_of(keep, "%s/../04_vae/model", lab->out);
    char *last = name_of(keep, "%s/decoder.dense2.bias.npy", dir);
    if (access(last, R_OK) != 0) return (Mat){0};
    Net dec = net_new("decoder", (Shape){1, 1, 20}, keep);
    net_dense(&dec, 400, rng); net_relu(&dec);
    net_dense(&dec, SIDE * SIDE, rng);
    net_read(&dec, dir);
    net_sigmoid(&dec);
    return net_eval(&dec, mat_noise(keep, n, 20, rng), keep);
}

/* TRY: make 04 first, and a VAE joins in. */
static void compare(Lab *lab, Mat x, Data test, Rng *rng, Arena *keep)
{
    enum { SOME = 500 };
    static const char *const name[3] = {"real", "gan", "vae"};
    Mat real = mat_rows(test.x, 0, test.x.n < SOME ? test.x.n : SOME);
    Mat from[3] = {real, mat_rows(x, 0, SOME), vae_images(lab, SOME, rng, keep)};
    int rows = from[2].a ? 3 : 2;
    for (int k = 0; k < rows; k++) {
        double sharp = sharpness(from[k], test.h, test.w);
        printf("%-4s sharpness %.4f\n", name[k], sharp);
        lab_metric(lab, "variance of the Laplacian", sharp, "sharpness_%s", name[k]);
    }
    plot_compare(lab, from, rows, test, keep);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "10_dcgan", .title = "a convolutional GAN",
        .epochs = 8, .batch = 64, .quick_epochs = 2,
        .steps = "images convolution nets norm train draw score compare",
        .result = "frechet_norm",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(640)), mem = arena_new("step", MB(256));
    Rng rng = rng_new(lab->seed);

    Dataset set;
    STEP("images") {
        set = data_images(lab->data, lab->quick, &keep);
        Data train = set.train, test = set.test;
        check(train.h == SIDE && train.w == SIDE, "images of %d x %d; the nets of this lab are "
              "built for %d x %d\n  hint: MNIST and its kin", train.h, train.w, SIDE, SIDE);
        check(train.x.n >= lab->batch && test.x.n >= TEST_IMAGES,
              "%d training and %d test images: this lab wants a batch of %d, and %d\n"
              "  hint: a smaller --batch, or a larger set of images", train.x.n, test.x.n,
              lab->batch, TEST_IMAGES);
        printf("%s: %d + %d images\n", train.name, train.x.n, test.x.n);
    }
    STEP("convolution") try_convolution(lab, set.test, &mem);
    /*%% fig 10_dcgan-convolution
    Four kernels, four images, and what the transpose makes of the maps. */
    Net G, E, D;
    STEP("nets") {
        G = generator("G", &keep, &rng);
        E = generator("E", &keep, &rng);
        D = discriminator(&keep, &rng);
        net_average(&E, &G, 0);                         // E starts where G does
        net_print(&G);
        net_print(&D);
        Csv *csv = csv_open(lab->out, "nets.csv", "net,kind,h,w,c");
        net_maps(&G, csv);
        net_maps(&D, csv);
        csv_close(csv);
    }
    /*%% fig 10_dcgan-nets
    Both nets as the blocks of numbers that pass through them. */
    STEP("norm") {
        int some = set.train.x.n < 64 ? set.train.x.n : 64;
        try_norm(lab, &D, mat_rows(set.train.x, 0, some), &mem);
    }
    /*%% fig 10_dcgan-norm
    Without batch norm what reaches the second layer is tiny, and every layer would make it
    smaller. */
    STEP("train") {
        if (lab->load)
            net_read(&E, lab->load);
        else
            train(lab, &G, &D, &E, set.train, &rng, &keep, &mem);
        net_write(&G, lab->out);
        net_write(&D, lab->out);
        net_write(&E, lab->out);
    }
    /*%% fig 10_dcgan-movie */
    /*%% fig 10_dcgan-training
    The same sixty z, drawn again and again while the nets learn. */
    /*%% fig 10_dcgan-losses
    The losses of a game do not fall; they show who is ahead. */
    Mat x;                                              // (10000, h*w)
    STEP("draw") {
        Rng fresh = {.key = lab->seed};
        Mat z = mat_noise(&keep, lab->quick ? 500 : 10000, Z, &fresh);
        x = draw(&E, z, &keep);
        npy_write_images(lab->out, "samples.npy", x, SIDE, SIDE, 1);
        plot_samples(lab, x, set.test);
        plot_neighbours(lab, x, set.train, &mem);
    }
    /*%% fig 10_dcgan-samples
    Two hundred samples, none of them picked. */
    /*%% fig 10_dcgan-neighbours
    Samples above, the nearest training image below. */
    STEP("score") score(lab, set, x, &keep);
    STEP("compare") compare(lab, x, set.test, &rng, &keep);
    /*%% fig 10_dcgan-compare
    Real images, the GAN's, and, when lab 04 has run, a VAE's. The VAE averages over what it cannot
    tell apart; D would notice. */

    arena_free(&keep);
    arena_free(&mem);
    return lab_close(lab);
}
