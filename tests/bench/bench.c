/* bench.c: one training step of each model, timed. bench THREADS native|portable says with how many threads and which
 * kernels; then lines on stdin and one answer each:
 *
 *   MODEL SECONDS    samples per second
 *   flop MODEL       floating-point operations of its matrix products, per sample
 *   products MODEL   GFLOP/s of those products, each kind once, with nothing between them and all numbers in cache
 *   sgemm SECONDS    GFLOP/s of 1024 x 1024 x 1024
 *   kernels          OpenBLAS's name of them
 *
 * The same nets, losses and optimisers as tests/bench/torch_peer.py. Steps are written as the labs write them.
 */
#include "internal.h"
#include "parallel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Arena keep, mem;
static Rng rng;
static Adam opt_a, opt_b;
static Mat real_a, real_b;
static Net net[4];
static Param W;
static int B;

static Shape vec(int d)
{
    Shape shape = {1, 1, d};
    return shape;
}

/* ---- the matrix products of a step: counted, or done and nothing else ---- */

static float *factor[2], *result; /* room for any of them; NULL: products are only counted */
static double done; /* floating-point operations of those that were done */

/* (m,k) times (k,n), t for transposed, for each of so many samples; shared out as the layers do it. */
static double product(int samples, int m, int k, int n, bool ta, bool tb)
{
    double flop = 2. * samples * m * k * n;
    if (!result) return flop;
    done += flop;
    Mat a = {.a = factor[0], .n = ta ? k : m, .d = ta ? m : k}, b = {.a = factor[1], .n = tb ? n : k, .d = tb ? k : n};
    if (samples == 1) {
        mat_gemm((Mat){.a = result, .n = m, .d = n}, 1, a, ta, b, tb, 0);
        return flop;
    }
    PARALLEL_IF(
        true, for (int i = 0; i < samples; i++) {
            Mat c = {.a = result + (size_t)thread_id() * m * n, .n = m, .d = n};
            mat_gemm_alone(c, 1, a, ta, b, tb, 0);
        })
    return flop;
}

enum { F = 1, DW = 2, DX = 4 }; /* forward, weight gradients, gradient of the input */

/* A batch of B. A convolution is one product per sample, of the rows that im2row makes. */
static double layer_flop(const Layer *l, int what)
{
    bool dense = !strcmp(l->type->kind, "dense"), up = !strcmp(l->type->kind, "convt");
    Shape small = up ? l->in : l->out;
    int samples = dense ? 1 : B, rows = dense ? B : small.h * small.w, n = l->w.v.n, d = l->w.v.d;
    double sum = 0;
    if (!dense && !l->kernel) return 0; /* a norm has weights, and no product */
    if (what & (up ? DX : F)) sum += product(samples, rows, n, d, false, false);
    if (what & (up ? F : DX)) sum += product(samples, rows, d, n, false, true);
    if (what & DW) sum += product(samples, n, rows, d, true, false);
    return sum;
}

/* Per sample. */
static double flop(const Net *N, int what)
{
    double sum = 0;
    for (int i = 0; i < N->n; i++) {
        bool back = what & (DW | DX), through = i > 0 || (what & DX);
        sum += layer_flop(&N->layer[i], (what & (F | DW)) | (back && through ? DX : 0));
    }
    return sum / B;
}

/* ---- autoencoders ---- */

static void make_linear_ae(void)
{
    B = 128;
    W = param_new(&keep, 784, 32);
    mat_normal(W.v, .03f, &rng);
}

static void step_linear_ae(void)
{
    Mat z = mat_mul(&mem, real_a, W.v), y = mat_mul_nt(&mem, z, W.v);
    Loss L = squared_error(y, real_a, &mem);
    mat_gemm(W.g, 1, L.grad, true, z, false, 0); /* the decoder's place */
    mat_gemm(W.g, 1, real_a, true, mat_mul(&mem, L.grad, W.v), false, 1); /* the encoder's */
    sgd_update(&W, &(Sgd){.lr = 1e-3f, .momentum = .9f});
}

static double flop_linear_ae(void)
{
    double z = product(1, B, 784, 32, false, false), y = product(1, B, 32, 784, false, true);
    double dz = product(1, B, 784, 32, false, false);
    double dW = product(1, 784, B, 32, true, false) + product(1, 784, B, 32, true, false); /* in both its places */
    return (z + y + dz + dW) / B;
}

static Net dense_net(const char *name, const int *size, int layers, void (*act)(Net *))
{
    Net n = net_new(name, vec(size[0]), &keep);
    for (int i = 1; i <= layers; i++) {
        net_dense(&n, size[i], &rng);
        if (i < layers) act(&n);
    }
    return n;
}

static void make_deep_ae(void)
{
    B = 128;
    net[0] = dense_net("ae", (int[]){784, 256, 64, 2, 64, 256, 784}, 6, net_relu);
}

static void step_deep_ae(void)
{
    Trace t = trace(&mem, TRAIN);
    Loss L = squared_error(net_forward(&net[0], real_a, &t), real_a, &mem);
    net_zero_grad(&net[0]);
    net_backward(&net[0], L.grad, &t, WRT_PARAMS);
    adam_step(&net[0], &opt_a);
}

static double flop_deep_ae(void) { return flop(&net[0], F | DW); }

static void make_vae(void)
{
    B = 128;
    net[0] = dense_net("encoder", (int[]){784, 400, 40}, 2, net_relu);
    net[1] = dense_net("decoder", (int[]){20, 400, 784}, 2, net_relu);
}

static void step_vae(void)
{
    enum { Z = 20 };
    Trace te = trace(&mem, TRAIN), td = trace(&mem, TRAIN);
    Mat mu = mat_new(&mem, B, Z), lv = mat_new(&mem, B, Z), eps = mat_new(&mem, B, Z), z = mat_new(&mem, B, Z);
    mat_split(net_forward(&net[0], real_a, &te), mu, lv);
    mat_normal(eps, 1, &rng);
    for (int i = 0; i < B * Z; i++) z.a[i] = mu.a[i] + expf(.5f * lv.a[i]) * eps.a[i];
    Loss rec = bce_logits(net_forward(&net[1], z, &td), real_a, &mem);

    net_zero_grad(&net[0]);
    net_zero_grad(&net[1]);
    Mat dz = net_backward(&net[1], rec.grad, &td, WRT_BOTH), dmu = mat_new(&mem, B, Z), dlv = mat_new(&mem, B, Z);
    double kl = 0;
    for (int i = 0; i < B * Z; i++) {
        float s = expf(.5f * lv.a[i]);
        kl += .5 * (double)(mu.a[i] * mu.a[i] + s * s - lv.a[i] - 1) / B;
        dmu.a[i] = dz.a[i] + mu.a[i] / (float)B;
        dlv.a[i] = dz.a[i] * eps.a[i] * .5f * s + .5f * (s * s - 1) / (float)B;
    }
    lab_finite("the ELBO", rec.value + kl, net[0].steps);
    net_backward(&net[0], mat_join(&mem, dmu, dlv), &te, WRT_PARAMS);
    adam_step(&net[0], &opt_a);
    adam_step(&net[1], &opt_b);
}

static double flop_vae(void) { return flop(&net[0], F | DW) + flop(&net[1], F | DW | DX); }

/* ---- GANs: G is net[0], D is net[1]; one batch of fakes serves both players ---- */

static void step_gan(void)
{
    Net *G = &net[0], *D = &net[1];
    Trace tg = trace(&mem, TRAIN), of_real = trace(&mem, TRAIN), of_fake = trace(&mem, TRAIN), ts = trace(&mem, TRAIN);
    Mat z = mat_new(&mem, B, net_in(G).c);
    mat_normal(z, 1, &rng);
    Mat fake = net_forward(G, z, &tg);

    Loss up = bce_logits_to(net_forward(D, real_a, &of_real), 1, &mem); /* (1) D: real up, fake down */
    Loss down = bce_logits_to(net_forward(D, fake, &of_fake), 0, &mem);
    net_zero_grad(D);
    net_backward(D, up.grad, &of_real, WRT_PARAMS);
    net_backward(D, down.grad, &of_fake, WRT_PARAMS);
    adam_step(D, &opt_b);

    Loss fool = bce_logits_to(net_forward(D, fake, &ts), 1, &mem); /* (2) G: fool the new D */
    net_zero_grad(G);
    net_backward(G, net_backward(D, fool.grad, &ts, WRT_INPUT), &tg, WRT_PARAMS);
    adam_step(G, &opt_a);
}

static double flop_gan(void) { return flop(&net[0], F | DW) + 2 * flop(&net[1], F | DW) + flop(&net[1], F | DX); }

static void make_gan_2d(void)
{
    B = 256;
    net[0] = dense_net("G", (int[]){2, 128, 128, 2}, 3, net_relu);
    net[1] = dense_net("D", (int[]){2, 128, 128, 1}, 3, net_relu);
}

static void leaky(Net *n) { net_lrelu(n, .2f); }

static void make_gan_mlp(void)
{
    B = 128;
    net[0] = dense_net("G", (int[]){64, 256, 512, 784}, 3, leaky);
    net_tanh(&net[0]);
    net[1] = dense_net("D", (int[]){784, 512, 256, 1}, 3, leaky);
}

static void make_dcgan(void)
{
    B = 64;
    Net *G = &net[0], *D = &net[1];
    *G = net_new("G", vec(64), &keep);
    net_dense(G, 7 * 7 * 64, &rng);
    net_reshape(G, (Shape){7, 7, 64});
    net_batchnorm(G);
    net_relu(G);
    net_convt(G, 32, 4, 2, 1, &rng);
    net_batchnorm(G);
    net_relu(G);
    net_convt(G, 1, 4, 2, 1, &rng);
    net_tanh(G);
    *D = net_new("D", (Shape){28, 28, 1}, &keep);
    net_conv(D, 32, 4, 2, 1, &rng);
    net_lrelu(D, .2f);
    net_conv(D, 64, 4, 2, 1, &rng);
    net_batchnorm(D);
    net_lrelu(D, .2f);
    net_dense(D, 1, &rng);
}

/* ---- labs 16 and 17: U-Nets, and patches that are judged ---- */

/* Halves the sides, goes further down, comes up again; what was there before stands beside what comes back. */
static void level(Net *n, int k, int levels, bool normed, bool noisy)
{
    static const int maps[] = {12, 24, 48, 48, 48};
    if (k == levels) return;
    bool last = k == levels - 1;
    net_save(n);
    net_conv(n, maps[k + 1], 4, 2, 1, &rng);
    if (normed && !last) net_batchnorm(n);
    net_lrelu(n, .2f);
    level(n, k + 1, levels, normed, noisy);
    net_convt(n, maps[k], 4, 2, 1, &rng);
    if (normed) net_batchnorm(n);
    if (noisy && k >= levels - 2) net_dropout(n, .5f, &rng);
    net_relu(n);
    net_join(n);
}

static Net unet(const char *name, int levels, bool normed, bool noisy)
{
    Net G = net_new(name, (Shape){32, 32, 3}, &keep);
    net_conv(&G, 12, 3, 1, 1, &rng);
    net_lrelu(&G, .2f);
    level(&G, 0, levels, normed, noisy);
    net_conv(&G, 3, 3, 1, 1, &rng);
    net_tanh(&G);
    return G;
}

/* real_a is the input, real_b the truth; D sees patches of 16 x 16 of both. */
static void make_pix2pix(void)
{
    B = 4;
    net[0] = unet("G", 4, true, true);
    Net *D = &net[1];
    *D = net_new("D", (Shape){32, 32, 6}, &keep);
    net_conv(D, 16, 4, 2, 1, &rng);
    net_lrelu(D, .2f);
    net_conv(D, 32, 4, 1, 1, &rng);
    net_lrelu(D, .2f);
    net_conv(D, 1, 4, 1, 1, &rng);
}

static Mat both(Mat x, Mat y)
{
    enum { P = 32 * 32 };
    return mat_reshape(mat_join(&mem, mat_reshape(x, B * P, 3), mat_reshape(y, B * P, 3)), B, 6 * P);
}

static void step_pix2pix(void)
{
    enum { P = 32 * 32 };
    Net *G = &net[0], *D = &net[1];
    Trace tg = trace(&mem, TRAIN), of_real = trace(&mem, TRAIN), of_fake = trace(&mem, TRAIN), ts = trace(&mem, TRAIN);
    Mat fake = net_forward(G, real_a, &tg), with_fake = both(real_a, fake);
    Loss up = bce_logits_to(net_forward(D, both(real_a, real_b), &of_real), 1, &mem);
    Loss down = bce_logits_to(net_forward(D, with_fake, &of_fake), 0, &mem);
    mat_scale(up.grad, .5f / (float)up.grad.d);
    mat_scale(down.grad, .5f / (float)down.grad.d);
    net_zero_grad(D);
    net_backward(D, up.grad, &of_real, WRT_PARAMS);
    net_backward(D, down.grad, &of_fake, WRT_PARAMS);
    adam_step(D, &opt_b);

    Loss fool = bce_logits_to(net_forward(D, with_fake, &ts), 1, &mem), off = l1(fake, real_b, &mem);
    mat_scale(fool.grad, 1 / (float)fool.grad.d);
    mat_scale(off.grad, 30);
    Mat dx = mat_new(&mem, B * P, 3), dfake = mat_new(&mem, B * P, 3);
    mat_split(mat_reshape(net_backward(D, fool.grad, &ts, WRT_INPUT), B * P, 6), dx, dfake);
    mat_add(mat_reshape(dfake, B, 3 * P), off.grad);
    net_zero_grad(G);
    net_backward(G, mat_reshape(dfake, B, 3 * P), &tg, WRT_PARAMS);
    adam_step(G, &opt_a);
}

/* G, H translate, net[2] judges A, net[3] judges B, by patches of 34 x 34. */
static void make_cyclegan(void)
{
    B = 4;
    for (int i = 0; i < 2; i++) {
        Net *D = &net[2 + i];
        net[i] = unet(i ? "H" : "G", 3, false, false);
        *D = net_new(i ? "DB" : "DA", (Shape){32, 32, 3}, &keep);
        net_conv(D, 16, 4, 2, 1, &rng);
        net_lrelu(D, .2f);
        net_conv(D, 32, 4, 2, 1, &rng);
        net_lrelu(D, .2f);
        net_conv(D, 64, 4, 1, 1, &rng);
        net_lrelu(D, .2f);
        net_conv(D, 1, 4, 1, 1, &rng);
    }
}

static void patch_step(Net *D, Mat real, Mat fake)
{
    Trace of_real = trace(&mem, TRAIN), of_fake = trace(&mem, TRAIN);
    Loss up = lsgan(net_forward(D, real, &of_real), 1, &mem), down = lsgan(net_forward(D, fake, &of_fake), 0, &mem);
    mat_scale(up.grad, .5f);
    mat_scale(down.grad, .5f);
    net_zero_grad(D);
    net_backward(D, up.grad, &of_real, WRT_PARAMS);
    net_backward(D, down.grad, &of_fake, WRT_PARAMS);
    adam_step(D, &opt_b);
}

/* One way, and what H is told by x: lab 17's exercise. */
static Mat there_and_back(Net *G, Net *H, Net *D, Mat x)
{
    Trace tg = trace(&mem, TRAIN), th = trace(&mem, TRAIN), td = trace(&mem, TRAIN), ts = trace(&mem, TRAIN);
    Mat made = net_forward(G, x, &tg);
    Loss fool = lsgan(net_forward(D, made, &td), 1, &mem), cycle = l1(net_forward(H, made, &th), x, &mem);
    Loss stay = l1(net_forward(H, x, &ts), x, &mem);
    mat_scale(cycle.grad, 5);
    mat_scale(stay.grad, 3);
    Mat away = net_backward(D, fool.grad, &td, WRT_INPUT);
    mat_add(away, net_backward(H, cycle.grad, &th, WRT_BOTH)); /* the fake went to D and to H */
    net_backward(G, away, &tg, WRT_PARAMS);
    net_backward(H, stay.grad, &ts, WRT_PARAMS);
    return made;
}

static void step_cyclegan(void)
{
    Net *G = &net[0], *H = &net[1], *DA = &net[2], *DB = &net[3];
    net_zero_grad(G);
    net_zero_grad(H);
    Mat fake_b = there_and_back(G, H, DB, real_a), fake_a = there_and_back(H, G, DA, real_b);
    adam_step(G, &opt_a);
    adam_step(H, &opt_a);
    patch_step(DB, real_b, fake_b);
    patch_step(DA, real_a, fake_a);
}

static double flop_cyclegan(void)
{
    double translate = 2 * flop(&net[0], F | DW) + flop(&net[0], F | DW | DX); /* there and identity; back */
    double judge = flop(&net[2], F | DX) + 2 * flop(&net[2], F | DW); /* for G, and for D itself */
    return 2 * (translate + judge);
}

/* ---- the program ---- */

typedef struct {
    const char *name;
    void (*make)(void), (*step)(void);
    double (*flop)(void);
    int pixels;
} Model;

static const Model models[] = {
    {"linear_ae", make_linear_ae, step_linear_ae, flop_linear_ae, 784},
    {"deep_ae", make_deep_ae, step_deep_ae, flop_deep_ae, 784},
    {"vae", make_vae, step_vae, flop_vae, 784},
    {"gan_2d", make_gan_2d, step_gan, flop_gan, 2},
    {"gan_mlp", make_gan_mlp, step_gan, flop_gan, 784},
    {"dcgan", make_dcgan, step_gan, flop_gan, 784},
    {"pix2pix", make_pix2pix, step_pix2pix, flop_gan, 3072},
    {"cyclegan", make_cyclegan, step_cyclegan, flop_cyclegan, 3072},
};

static void make(const Model *m)
{
    arena_reset(&keep);
    rng = rng_new(1);
    opt_a = (Adam){.lr = 1e-4f, .beta1 = .5f, .beta2 = .999f, .eps = 1e-8f};
    opt_b = opt_a;
    m->make();
    real_a = mat_new(&keep, B, m->pixels);
    real_b = mat_new(&keep, B, m->pixels);
    mat_uniform(real_a, 0, 1, &rng);
    mat_uniform(real_b, 0, 1, &rng);
}

static void step(const Model *m)
{
    arena_reset(&mem);
    m->step();
}

static double sgemm_rate(double seconds)
{
    enum { N = 1024 };
    arena_reset(&keep);
    Mat a = mat_new(&keep, N, N), b = mat_new(&keep, N, N), c = mat_new(&keep, N, N);
    mat_normal(a, 1, &rng);
    mat_normal(b, 1, &rng);
    int n = 0;
    mat_gemm(c, 1, a, false, b, false, 0);
    double start = now_s();
    for (; now_s() - start < seconds; n++) mat_gemm(c, 1, a, false, b, false, 0);
    return 2e-9 * N * N * N * n / (now_s() - start);
}

/* GFLOP/s: the most that a step could reach that makes these products with this sgemm. */
static double products_rate(const Model *m, double seconds)
{
    enum { LARGEST = 1 << 20 };
    Mat room = mat_new(&keep, 4, LARGEST);
    mat_normal(room, 1, &rng);
    factor[0] = row(room, 0);
    factor[1] = row(room, 1);
    result = row(room, 2);
    m->flop();
    done = 0;
    double start = now_s();
    while (now_s() - start < seconds) m->flop();
    result = NULL;
    return 1e-9 * done / (now_s() - start);
}

/* samples per second */
static double steps_rate(const Model *m, double seconds)
{
    enum { WARM_UP = 5 };
    for (int i = 0; i < WARM_UP; i++) step(m);
    long n = 0;
    double start = now_s();
    for (; now_s() - start < seconds; n++) step(m);
    return (double)n * B / (now_s() - start);
}

static const Model *model_named(const char *name)
{
    for (const Model *m = models; m < models + LENGTH(models); m++)
        if (!strcmp(m->name, name)) return m;
    die(EXIT_USAGE, "bench: no model '%s'", name);
}

static double seconds_asked(void)
{
    double seconds;
    check(scanf("%lf", &seconds) == 1, "bench: for how many seconds?");
    return seconds;
}

static const Model *model_asked(void)
{
    char name[32];
    check(scanf("%31s", name) == 1, "bench: which model?");
    const Model *m = model_named(name);
    make(m);
    return m;
}

static double answer(const char *question)
{
    if (!strcmp(question, "sgemm")) return sgemm_rate(seconds_asked());
    if (!strcmp(question, "flop")) return model_asked()->flop();
    if (!strcmp(question, "products")) return products_rate(model_asked(), .15);
    const Model *m = model_named(question);
    make(m);
    return steps_rate(m, seconds_asked());
}

int main(int argc, char **argv)
{
    char question[32];
    if (argc != 3) die(EXIT_USAGE, "usage: bench THREADS native|portable");
    keep = arena_new("keep", MB(256));
    mem = arena_new("step", MB(256));
    rng = rng_new(1);
    threads_set(atoi(argv[1]));
    kernels_use(!strcmp(argv[2], "native"));
    while (scanf("%31s", question) == 1) {
        if (!strcmp(question, "kernels"))
            puts(blas_kernels());
        else
            printf("%g\n", answer(question));
        fflush(stdout);
    }
    return EXIT_OK;
}
