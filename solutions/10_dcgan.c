/* 10_dcgan: a convolutional generator and a discriminator, in competition.
 *
 * Learn    convolution and its transpose, batch norm with its gradient, and the two alternating steps that train a GAN on images.
 * Write    six functions, marked TODO, in this order; labs/10_dcgan.h says what each must do, `make test-10` tests them.
 * Run      `make 10` builds this file, runs it and draws its figures in out/figures/; the README has the one-line cc command.
 * Writes   out/10_dcgan/: csv and png for the figures, metrics.csv, samples.npy (10000,28,28), judged.npy, the nets' weights
 * Takes    about 215 s on two cores; --quick 5 s
 * Expect   frechet_norm below .1 and class_tv below .06 on Fashion-MNIST: sharp garments of every kind
 *
 * Letters  B batch, h w c of an image, z (B,64) noise, D discriminator, G generator, E the average of G's weights: it draws the samples.
 */
#include "10_dcgan.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*%% md
## Convolution

The same small kernel looks at every place of a map. With $o$ the output channel and $c$ the input channel,
$$ y_{p,q,o} = b_o + \sum_{i,j,c} x_{ps+i-a,\; qs+j-a,\; c}\; W_{(i,j,c),\,o} , $$
stride $s$, padding $a$. Seen from one output pixel, it is a dense layer on the window below it.
*/

Mat conv_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
#ifdef SOLUTION
    int k = win->kernel, in = win->big.c, out = win->small.c;
    Mat y = mat_new(mem, x.n, shape_size(win->small));
    float *to = y.a;                                // the small pixels in order: image, row, column
    for (int i = 0; i < x.n; i++)
        for (int place = 0; place < win->small.h * win->small.w; place++, to += out) {
            for (int o = 0; o < out; o++) to[o] = b.a[o];
            for (int w = 0; w < k * k; w++) {       // the pixels of the window
                const float *from = under(win, x, i, place / win->small.w, place % win->small.w, w / k, w % k);
                for (int c = 0; from && c < in; c++)
                    for (int o = 0; o < out; o++) to[o] += from[c] * row(W, w * in + c)[o];
            }
        }
    return y;
#else
    TODO("for every small pixel: start from b, then add each window pixel's channels times their rows of W; under() finds the pixel");
#endif
}

/*%% md
## Transposed convolution

The generator goes the other way, from a small map to a big one. Read the same picture backwards: every small pixel *adds* its multiple of
the kernel to the window under it. As a matrix, convolution is sparse; this is multiplication by its transpose, so
$\langle \mathrm{conv}(x), y\rangle = \langle x, \mathrm{conv}^\top(y)\rangle$. It is also the gradient of a convolution for its input.
*/
Mat convt_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
#ifdef SOLUTION
    int k = win->kernel, in = win->small.c, out = win->big.c;
    Mat y = mat_new(mem, x.n, shape_size(win->big)), pixels = mat_pixels(y, out);
    for (int p = 0; p < pixels.n; p++) mat_set(mat_rows(pixels, p, 1), b);
    const float *from = x.a;
    for (int i = 0; i < x.n; i++)
        for (int place = 0; place < win->small.h * win->small.w; place++, from += in)
            for (int w = 0; w < k * k; w++) {
                float *to = under(win, y, i, place / win->small.w, place % win->small.w, w / k, w % k);
                for (int c = 0; to && c < out; c++)
                    for (int o = 0; o < in; o++) to[c] += from[o] * row(W, w * out + c)[o];
            }
    return y;
#else
    TODO("fill the big map with b; then conv_forward's loops again, but what was read there is now added to, and the other way round");
#endif
}

/*%% md
## Batch norm

Deep GANs train once every layer sees inputs of mean 0 and variance 1. Per channel, over all pixels of the batch,
$\hat x = (x-\mu)/\sqrt{\sigma^2+\epsilon}$ and $y = \gamma\hat x + \beta$. When samples are drawn one by one there is no
batch: running averages of $\mu$ and $\sigma^2$ serve then.
*/
Normed batchnorm_forward(Mat x, Mat gain, Mat shift, Mat run, bool train, Arena *mem)
{
#ifdef SOLUTION
    Normed f = {mat_new(mem, x.n, x.d), mat_new(mem, x.n, x.d), mat_new(mem, 1, x.d)};
    for (int j = 0; j < x.d; j++) {
        double mean = row(run, 0)[j], var = row(run, 1)[j];
        if (train) {
            mean = var = 0;
            for (int i = 0; i < x.n; i++) mean += row(x, i)[j] / (double)x.n;
            for (int i = 0; i < x.n; i++) var += (row(x, i)[j] - mean) * (row(x, i)[j] - mean) / x.n;
            row(run, 0)[j] += .1f * ((float)mean - row(run, 0)[j]);
            row(run, 1)[j] += .1f * ((float)(var * x.n / (x.n - 1)) - row(run, 1)[j]);
        }
        f.rsd.a[j] = (float)(1 / sqrt(var + 1e-5));
        for (int i = 0; i < x.n; i++) {
            row(f.xhat, i)[j] = (row(x, i)[j] - (float)mean) * f.rsd.a[j];
            row(f.y, i)[j] = gain.a[j] * row(f.xhat, i)[j] + shift.a[j];
        }
    }
    return f;
#else
    TODO("per column: mean and var from the rows (training; update run) or from run; then rsd, xhat and y");
#endif
}

/*%% md
Backward: $\mu$ and $\sigma$ depend on every row, so a gradient that enters at one row leaves at all of them. Two means do it:
$$ \mathrm dx = \frac{\gamma}{\sigma}\left(\mathrm dy - \overline{\mathrm dy} - \hat x\;\overline{\mathrm dy\,\hat x}\right). $$
*/
NormedGrad batchnorm_backward(Mat dy, Normed fwd, Mat gain, Arena *mem)
{
#ifdef SOLUTION
    NormedGrad g = {mat_new(mem, dy.n, dy.d), mat_zeros(mem, 1, dy.d), mat_zeros(mem, 1, dy.d)};
    for (int j = 0; j < dy.d; j++) {
        double sum = 0, product = 0;
        for (int i = 0; i < dy.n; i++) sum += row(dy, i)[j], product += row(dy, i)[j] * row(fwd.xhat, i)[j];
        g.dshift.a[j] = (float)sum, g.dgain.a[j] = (float)product;
        for (int i = 0; i < dy.n; i++)
            row(g.dx, i)[j] = gain.a[j] * fwd.rsd.a[j] * (row(dy, i)[j] - (float)(sum + row(fwd.xhat, i)[j] * product) / (float)dy.n);
    }
    return g;
#else
    TODO("per column: dshift = sum of dy, dgain = sum of dy xhat; dx from dy and the means of these two");
#endif
}

/*%% md
## The two players

$D$ says how real an image looks, as a logit. One step teaches $D$: real up, fake down. The next teaches $G$, through $D$: the gradient that
$D$ hands back *to its input* says, pixel by pixel, how this fake would look more real.
*/
float dcgan_d_step(Net *D, Mat real, Mat fake, Adam *opt, Arena *mem)
{
#ifdef SOLUTION
    Trace tr = trace(mem), tf = trace(mem);         // the same D, used twice
    Loss up = bce_logits_to(net_forward(D, real, &tr), 1, mem);
    Loss down = bce_logits_to(net_forward(D, fake, &tf), 0, mem);
    net_zero_grad(D);
    net_backward(D, up.grad, &tr, WRT_PARAMS);
    net_backward(D, down.grad, &tf, WRT_PARAMS);
    adam_step(D, opt);
    return up.value + down.value;
#else
    TODO("real and fake through D, each with a trace; bce_logits_to 1 and 0; zero D's gradients, add both, adam_step");
#endif
}

float dcgan_g_step(Net *G, Net *D, Mat fake, Trace *tg, Adam *opt, Arena *mem)
{
#ifdef SOLUTION
    Trace td = trace(mem);
    Loss fool = bce_logits_to(net_forward(D, fake, &td), 1, mem);
    Mat dfake = net_backward(D, fool.grad, &td, WRT_INPUT);             // (B, h*w*c); D itself gets no gradient
    net_zero_grad(G);
    net_backward(G, dfake, tg, WRT_PARAMS);
    adam_step(G, opt);
    return fool.value;
#else
    TODO("fake through D, wanted: real; D hands back dL/dfake (WRT_INPUT), which goes on through G with trace tg; adam_step");
#endif
}

/* ---- the nets ---- */

enum { Z = 64, SHOWN = 60 };                        /* noise dimensions; tiles of the sheet that follows training */

/* 28x28 -> 14x14 -> 7x7 -> 3x3 -> a logit. Leaky ReLUs, strides for pooling, no batch norm on the first layer (Radford et al. 2016). */
static Net discriminator(int h, int w, Arena *keep, Rng *rng)
{
    Net D = net_new("D", (Shape){h, w, 1}, keep);
    net_conv(&D, 32, 4, 2, 1, rng), net_lrelu(&D, .2f);
    net_conv(&D, 64, 4, 2, 1, rng), net_batchnorm(&D), net_lrelu(&D, .2f);
    net_conv(&D, 128, 3, 2, 0, rng), net_batchnorm(&D), net_lrelu(&D, .2f);
    net_dense(&D, 1, rng);
    net_init_normal(&D, .02f, rng);                 /* TRY: leave He's larger weights. What does D see after an epoch? */
    return D;
}

/* The mirror image: z -> 3x3 -> 7x7 -> 14x14 -> 28x28. */
static Net generator(const char *name, Arena *keep, Rng *rng)
{
    Net G = net_new(name, (Shape){1, 1, Z}, keep);
    net_dense(&G, 3 * 3 * 128, rng), net_reshape(&G, (Shape){3, 3, 128}), net_batchnorm(&G), net_relu(&G);
    net_convt(&G, 64, 3, 2, 0, rng), net_batchnorm(&G), net_relu(&G);
    net_convt(&G, 32, 4, 2, 1, rng), net_batchnorm(&G), net_relu(&G);
    net_convt(&G, 1, 4, 2, 1, rng), net_tanh(&G);
    net_init_normal(&G, .02f, rng);
    return G;
}

/* Images in [0,1] from noise, by running statistics. */
static Mat draw(Net *G, Mat z, Arena *mem)
{
    Mat x = net_eval(G, z, mem);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = .5f * (x.a[i] + 1);
    return x;
}

static void write_sheet(Lab *lab, const char *file, Mat x, int cols, Data data)
{
    png_sheet(lab->out, file, x, (Sheet){data.h, data.w, 1, .cols = cols, .zoom = 2, .lo = 0, .hi = 1});
}

/* Alternate: one step of D, one of G, on the same fakes. E follows G slowly and draws the better pictures. */
static void train(Lab *lab, Net *G, Net *D, Net *E, Data data, Rng *rng, Arena *keep, Arena *mem)
{
    enum { FRAMES = 25 };
    Adam opt_g = {.beta1 = .5f, .beta2 = .999f, .eps = 1e-8f}, opt_d = opt_g;
    long steps = (long)lab->epochs * (data.x.n / lab->batch), step = 0;
    int frame = 0;
    char file[32];
    Mat fixed = mat_noise(keep, SHOWN, Z, rng);
    Csv *csv = csv_open(lab->out, "losses.csv", "step,d_loss,g_loss"), *frames = csv_open(lab->out, "frames.csv", "frame,step,images");
    while (step < steps && !lab_stopping()) {
        arena_reset(mem);
        Batches b = batches(data, lab->batch, rng, mem);
        size_t mark = mem->used;
        while (step < steps && !lab_stopping() && batch_next(&b) && b.x.n == lab->batch) {      /* batch norm wants whole batches */
            arena_rewind(mem, mark);
            opt_g.lr = cosine_decay(2e-3f, step, steps), opt_d.lr = cosine_decay(1e-3f, step, steps);
            Trace tg = trace(mem);
            Mat fake = net_forward(G, mat_noise(mem, lab->batch, Z, rng), &tg);
            for (size_t i = 0; i < mat_size(b.x); i++) b.x.a[i] = 2 * b.x.a[i] - 1;             /* [0,1] to tanh's [-1,1] */
            float d_loss = dcgan_d_step(D, b.x, fake, &opt_d, mem);
            float g_loss = dcgan_g_step(G, D, fake, &tg, &opt_g, mem);
            net_average(E, G, step < 1000 ? .99f : .999f);
            lab_finite("D's or G's loss", (double)(d_loss + g_loss), step);
            csv_row(csv, "%ld,%.4g,%.4g", step, (double)d_loss, (double)g_loss);
            if (++step * (FRAMES - 1) * (FRAMES - 1) < (long)frame * frame * steps) continue;   /* close together at first, then less */
            progress(step, steps, "D %.2f  G %.2f", (double)d_loss, (double)g_loss);
            snprintf(file, sizeof file, "frame_%02d.png", frame);
            write_sheet(lab, file, draw(E, fixed, mem), 12, data);
            csv_row(frames, "%d,%ld,%ld", frame++, step, step * lab->batch);
        }
    }
    csv_close(csv), csv_close(frames);
}

/* ---- for the figures; nothing to write here ---- */

/* Four kernels (upright edges, level edges, spots, mean) walk over images; the transpose carries back what they found. */
static void show_convolution(Lab *lab, Data data, Arena *mem)
{
    enum { K = 4 };
    static const int image[K] = {0, 1, 2, 18};
    Window win = {{data.h, data.w, 1}, {data.h / 2, data.w / 2, K}, .kernel = 4, .stride = 2, .pad = 1};
    Mat W = mat_new(mem, 16, K), none = mat_zeros(mem, 1, K), zero = mat_zeros(mem, 1, 1);
    for (int p = 0; p < 16; p++) {
        bool left = p % 4 < 2, top = p < 8, middle = p == 5 || p == 6 || p == 9 || p == 10;
        memcpy(row(W, p), (float[K]){left ? -.125f : .125f, top ? -.125f : .125f, middle ? .25f : -1.f / 12, 1.f / 32}, K * sizeof(float));
    }
    Mat x = mat_gather(mem, data.x, image, K), y = conv_forward(&win, x, W, none, mem), back = convt_forward(&win, y, W, zero, mem);
    Net net = net_new("conv", win.big, mem);        /* the library's layer, with the same weights */
    Rng rng = rng_new(0);
    net_conv(&net, K, 4, 2, 1, &rng);
    mat_set(net.layer[0].w.v, W);
    Mat off = net_eval(&net, x, mem);
    mat_sub(off, y);
    double there = mat_dot(y, y), again = mat_dot(x, back);
    printf("<conv x, y> = %.4f, <x, convt y> = %.4f; the library's layer is %.1g away\n", there, again, sqrt(mat_dot(off, off)));
    lab_metric(lab, "relative", fabs(there / again - 1), "adjoint_error");
    Mat maps = mat_new(mem, K * K, y.d / K);        /* one tile per image and kernel */
    for (int i = 0; i < K * K; i++)
        for (int p = 0; p < maps.d; p++) row(maps, i)[p] = row(y, i / K)[p * K + i % K];
    png_sheet(lab->out, "maps.png", maps, (Sheet){data.h / 2, data.w / 2, 1, .cols = K, .zoom = 6, .lo = -.5f, .hi = .5f});
    png_sheet(lab->out, "image.png", x, (Sheet){data.h, data.w, 1, .cols = 1, .zoom = 3, .lo = 0, .hi = 1});
    png_sheet(lab->out, "back.png", back, (Sheet){data.h, data.w, 1, .cols = 1, .zoom = 3, .lo = -.25f, .hi = .25f});
}

/* What 64 channels look like before the first batch norm: mean and spread over all pixels of a batch. After it: 0 and 1. */
static void show_norm(Lab *lab, Net *D, Mat x, Arena *mem)
{
    Net body = *D, norm = net_new("norm", (Shape){7, 7, 64}, mem);
    body.n = 3;                                     /* conv, leaky ReLU, conv: what the first batch norm gets */
    net_batchnorm(&norm);
    Trace t = trace(mem), u = trace(mem);
    Mat h = net_forward(&body, x, &t), dy = mat_noise(mem, h.n, h.d, &(Rng){0}), before = mat_pixels(h, 64);
    Normed f = batchnorm_forward(before, norm.layer[0].w.v, norm.layer[0].b.v, mat_zeros(mem, 2, 64), true, mem);
    NormedGrad g = batchnorm_backward(mat_pixels(dy, 64), f, norm.layer[0].w.v, mem);
    Mat y = mat_pixels(net_forward(&norm, h, &u), 64), dx = mat_pixels(net_backward(&norm, dy, &u, WRT_BOTH), 64);
    mat_sub(y, f.y), mat_sub(dx, g.dx);
    printf("sd of the first channel: %.4f before; the library's layer is %.1g away, its gradient relatively %.1g\n", 1 / (double)f.rsd.a[0],
           sqrt(mat_dot(y, y)), sqrt(mat_dot(dx, dx) / mat_dot(g.dx, g.dx)));
    Csv *csv = csv_open(lab->out, "norm.csv", "channel,mean,sd");
    for (int j = 0; j < 64; j++)
        csv_row(csv, "%d,%.5g,%.5g", j, (double)(row(before, 0)[j] - row(f.xhat, 0)[j] / f.rsd.a[j]), 1 / (double)f.rsd.a[j]);
    csv_close(csv);
}

/* What lab 04's VAE dreams up, (n,784), when it has run beside this lab; else empty. */
static Mat vae_images(Lab *lab, int n, Rng *rng, Arena *keep)
{
    char dir[512], last[560];
    snprintf(dir, sizeof dir, "%s/../04_vae/model", lab->out);
    snprintf(last, sizeof last, "%s/decoder.dense2.bias.npy", dir);
    if (access(last, R_OK) != 0) return (Mat){0};
    Net dec = net_new("decoder", (Shape){1, 1, 20}, keep);
    net_dense(&dec, 400, rng), net_relu(&dec), net_dense(&dec, 784, rng);
    net_read(&dec, dir);
    net_sigmoid(&dec);
    return net_eval(&dec, mat_noise(keep, n, 20, rng), keep);
}

/* A row of samples, and under each the training image nearest to it: is it learned or remembered? */
static void write_neighbours(Lab *lab, Mat samples, Data data, Arena *mem)
{
    enum { N = 12 };
    int index[N];
    mat_nearest(mat_rows(samples, 0, N), data.x, index);
    Mat sheet = mat_new(mem, 2 * N, data.x.d);
    mat_set(mat_rows(sheet, 0, N), mat_rows(samples, 0, N));
    mat_set(mat_rows(sheet, N, N), mat_gather(mem, data.x, index, N));
    write_sheet(lab, "neighbours.png", sheet, N, data);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "10_dcgan", .title = "a convolutional GAN", .epochs = 8, .batch = 64, .quick_epochs = 2,
        .steps = "images convolution nets norm train draw score compare",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(640)), mem = arena_new("step", MB(256));
    Rng rng = rng_new(lab->seed);
    Dataset set;

    STEP("images") {
        set = data_images(lab->data, lab->quick, &keep);
        check(set.train.h == 28 && set.train.w == 28, "images of %d x %d; the nets of this lab want 28 x 28", set.train.h, set.train.w);
        printf("%s: %d + %d images\n", set.train.name, set.train.x.n, set.test.x.n);
    }
    STEP("convolution") show_convolution(lab, set.test, &mem);
    /*%% fig 10_dcgan-convolution
    Four kernels, four images, and what the transpose makes of the maps. */
    Net G, E, D;
    STEP("nets") {
        G = generator("G", &keep, &rng), E = generator("E", &keep, &rng), D = discriminator(28, 28, &keep, &rng);
        net_average(&E, &G, 0);                     /* E starts where G does */
        net_print(&G), net_print(&D);
        Csv *csv = csv_open(lab->out, "nets.csv", "net,kind,h,w,c");
        net_maps(&G, csv), net_maps(&D, csv);
        csv_close(csv);
    }
    /*%% fig 10_dcgan-nets
    Both nets as the blocks of numbers that pass through them. */
    STEP("norm") show_norm(lab, &D, mat_rows(set.train.x, 0, 64), &mem);
    /*%% fig 10_dcgan-norm
    Without batch norm what reaches the second layer is tiny, and every layer would make it smaller. */
    STEP("train") {
        if (lab->load) net_read(&E, lab->load);
        else train(lab, &G, &D, &E, set.train, &rng, &keep, &mem);
        net_write(&G, lab->out), net_write(&D, lab->out), net_write(&E, lab->out);
    }
    /*%% fig 10_dcgan-movie */
    /*%% fig 10_dcgan-training
    The same sixty z, drawn again and again while the nets learn. */
    /*%% fig 10_dcgan-losses
    The losses of a game do not fall; they show who is ahead. */
    Mat x;                                          // (10000, 784)
    STEP("draw") {
        x = draw(&E, mat_noise(&keep, lab->quick ? 500 : 10000, Z, &(Rng){.key = lab->seed}), &keep);
        uint8_t *byte = arena_alloc(&keep, mat_size(x));
        for (size_t i = 0; i < mat_size(x); i++) byte[i] = (uint8_t)(x.a[i] * 255 + .5f), x.a[i] = (float)byte[i] / 255;
        npy_write_u8(lab->out, "samples.npy", byte, 3, (int[]){x.n, 28, 28});
        write_sheet(lab, "samples.png", mat_rows(x, 0, 200), 20, set.test);
        write_neighbours(lab, x, set.train, &mem);
    }
    /*%% fig 10_dcgan-samples
    Two hundred samples, none of them picked. */
    /*%% fig 10_dcgan-neighbours
    Samples above, the nearest training image below. */
    STEP("score") {
        Yardstick yard = yardstick(set, "build/judge", &keep);          /* trains its judge when there is none yet */
        net_write(&yard.judge.net, lab->out);
        Score s = yardstick_score(&yard, x, &keep);
        yardstick_report(lab, &yard, &s);
        uint8_t *judged = arena_alloc(&keep, (size_t)x.n);
        judge_classify(&yard.judge, x, judged, &keep);
        npy_write_u8(lab->out, "judged.npy", judged, 1, &x.n);
    }
    STEP("compare") {
        Mat from[3] = {mat_rows(set.test.x, 0, 500), mat_rows(x, 0, 500), vae_images(lab, 500, &rng, &keep)};
        static const char *name[3] = {"real", "gan", "vae"};
        int rows = from[2].a ? 3 : 2;               /* TRY: make 04 first, and a VAE joins in */
        Mat sheet = mat_new(&keep, 12 * rows, 784);
        for (int k = 0; k < rows; k++) {
            double sharp = sharpness(from[k], 28, 28);
            mat_set(mat_rows(sheet, 12 * k, 12), mat_rows(from[k], 0, 12));
            printf("%-4s sharpness %.4f\n", name[k], sharp);
            lab_metric(lab, "variance of the Laplacian", sharp, "sharpness_%s", name[k]);
        }
        write_sheet(lab, "compare.png", sheet, 12, set.test);
    }
    /*%% fig 10_dcgan-compare
    Real images, the GAN's, and, when lab 04 has run, a VAE's. The VAE averages over what it cannot tell apart; D would notice. */

    arena_free(&keep), arena_free(&mem);
    return lab_close(lab);
}
