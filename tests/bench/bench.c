/* bench.c: one training step of each model, timed. bench THREADS, then lines on stdin and one answer each:
 *
 *   MODEL SECONDS    samples per second        flop MODEL     floating-point operations of its matrix products, per sample
 *   sgemm SECONDS    GFLOP/s of 1024 x 1024 x 1024           kernels        OpenBLAS's name of them
 *
 * The same nets, losses and optimisers as tests/bench/torch_peer.py. Steps are written as the labs write them.
 */
#include "gen.h"

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

static Shape vec(int d) { return (Shape){1, 1, d}; }

/* ---- counted work ---- */

static double layer_flop(const Net *n, int i)      /* forward, per sample */
{
    Net one = *n;
    one.layer += i;
    one.n = 1;
    return 2 * net_multiply_adds(&one);
}

enum { F = 1, DW = 2, DX = 4 };                     /* forward, weight gradients, gradient of the net's input */
static double flop(const Net *n, int what)
{
    double sum = 0;
    for (int i = 0; i < n->n; i++) {
        double f = layer_flop(n, i);
        bool back = what & (DW | DX), through = i > 0 || (what & DX);
        sum += f * ((what & F ? 1 : 0) + (what & DW ? 1 : 0) + (back && through ? 1 : 0));
    }
    return sum;
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
    mat_gemm(W.g, 1, L.grad, true, z, false, 0);                        /* the decoder's place */
    mat_gemm(W.g, 1, real_a, true, mat_mul(&mem, L.grad, W.v), false, 1);       /* the encoder's */
    sgd_update(&W, &(Sgd){.lr = 1e-3f, .momentum = .9f});
}

static double flop_linear_ae(void) { return 5 * 2. * 784 * 32; }

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
    Trace t = trace(&mem);
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
    Trace te = trace(&mem), td = trace(&mem);
    Mat mu = mat_new(&mem, B, Z), lv = mat_new(&mem, B, Z), eps = mat_new(&mem, B, Z), z = mat_new(&mem, B, Z);
    mat_split(net_forward(&net[0], real_a, &te), mu, lv);
    mat_normal(eps, 1, &rng);
    for (int i = 0; i < B * Z; i++) z.a[i] = mu.a[i] + expf(.5f * lv.a[i]) * eps.a[i];
    Loss rec = bce_logits(net_forward(&net[1], z, &td), real_a, &mem);

    net_zero_grad(&net[0]), net_zero_grad(&net[1]);
    Mat dz = net_backward(&net[1], rec.grad, &td, WRT_BOTH), dmu = mat_new(&mem, B, Z), dlv = mat_new(&mem, B, Z);
    double kl = 0;
    for (int i = 0; i < B * Z; i++) {
        float s = expf(.5f * lv.a[i]);
        kl += .5 * (double)(mu.a[i] * mu.a[i] + s * s - lv.a[i] - 1) / B;
        dmu.a[i] = dz.a[i] + mu.a[i] / (float)B;
        dlv.a[i] = dz.a[i] * eps.a[i] * .5f * s + .5f * (s * s - 1) / (float)B;
    }
    lab_finite("the ELBO", rec.value + kl, opt_a.t);
    net_backward(&net[0], mat_join(&mem, dmu, dlv), &te, WRT_PARAMS);
    adam_step(&net[0], &opt_a), adam_step(&net[1], &opt_b);
}

static double flop_vae(void) { return flop(&net[0], F | DW) + flop(&net[1], F | DW | DX); }

/* ---- GANs: G is net[0], D is net[1]; one batch of fakes serves both players ---- */

static void step_gan(void)
{
    Net *G = &net[0], *D = &net[1];
    Trace tg = trace(&mem), tr = trace(&mem), tf = trace(&mem), ts = trace(&mem);
    Mat z = mat_new(&mem, B, net_in(G).c);
    mat_normal(z, 1, &rng);
    Mat fake = net_forward(G, z, &tg);

    Loss up = bce_logits_to(net_forward(D, real_a, &tr), 1, &mem);      /* (1) D: real up, fake down */
    Loss down = bce_logits_to(net_forward(D, fake, &tf), 0, &mem);
    net_zero_grad(D);
    net_backward(D, up.grad, &tr, WRT_PARAMS), net_backward(D, down.grad, &tf, WRT_PARAMS);
    adam_step(D, &opt_b);

    Loss fool = bce_logits_to(net_forward(D, fake, &ts), 1, &mem);      /* (2) G: fool the new D */
    net_zero_grad(G);
    net_backward(G, net_backward(D, fool.grad, &ts, WRT_INPUT), &tg, WRT_PARAMS);
    adam_step(G, &opt_a);
}

static double flop_gan(void)
{
    return flop(&net[0], F | DW) + 2 * flop(&net[1], F | DW) + flop(&net[1], F | DX);
}

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
    net_dense(G, 7 * 7 * 64, &rng), net_reshape(G, (Shape){7, 7, 64}), net_batchnorm(G), net_relu(G);
    net_convt(G, 32, 4, 2, 1, &rng), net_batchnorm(G), net_relu(G);
    net_convt(G, 1, 4, 2, 1, &rng), net_tanh(G);
    *D = net_new("D", (Shape){28, 28, 1}, &keep);
    net_conv(D, 32, 4, 2, 1, &rng), net_lrelu(D, .2f);
    net_conv(D, 64, 4, 2, 1, &rng), net_batchnorm(D), net_lrelu(D, .2f);
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
    net_conv(&G, 12, 3, 1, 1, &rng), net_lrelu(&G, .2f);
    level(&G, 0, levels, normed, noisy);
    net_conv(&G, 3, 3, 1, 1, &rng), net_tanh(&G);
    return G;
}

/* real_a is the input, real_b the truth; D sees patches of 16 x 16 of both. */
static void make_pix2pix(void)
{
    B = 4;
    net[0] = unet("G", 4, true, true);
    Net *D = &net[1];
    *D = net_new("D", (Shape){32, 32, 6}, &keep);
    net_conv(D, 16, 4, 2, 1, &rng), net_lrelu(D, .2f);
    net_conv(D, 32, 4, 1, 1, &rng), net_lrelu(D, .2f);
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
    Trace tg = trace(&mem), tr = trace(&mem), tf = trace(&mem), ts = trace(&mem);
    Mat fake = net_forward(G, real_a, &tg), with_fake = both(real_a, fake);
    Loss up = bce_logits_to(net_forward(D, both(real_a, real_b), &tr), 1, &mem), down = bce_logits_to(net_forward(D, with_fake, &tf), 0, &mem);
    mat_scale(up.grad, .5f / (float)up.grad.d), mat_scale(down.grad, .5f / (float)down.grad.d);
    net_zero_grad(D);
    net_backward(D, up.grad, &tr, WRT_PARAMS), net_backward(D, down.grad, &tf, WRT_PARAMS);
    adam_step(D, &opt_b);

    Loss fool = bce_logits_to(net_forward(D, with_fake, &ts), 1, &mem), off = l1(fake, real_b, &mem);
    mat_scale(fool.grad, 1 / (float)fool.grad.d), mat_scale(off.grad, 30 / (float)off.grad.d);
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
        net_conv(D, 16, 4, 2, 1, &rng), net_lrelu(D, .2f);
        net_conv(D, 32, 4, 2, 1, &rng), net_lrelu(D, .2f);
        net_conv(D, 64, 4, 1, 1, &rng), net_lrelu(D, .2f);
        net_conv(D, 1, 4, 1, 1, &rng);
    }
}

static void patch_step(Net *D, Mat real, Mat fake)
{
    Trace tr = trace(&mem), tf = trace(&mem);
    Loss up = lsgan(net_forward(D, real, &tr), 1, &mem), down = lsgan(net_forward(D, fake, &tf), 0, &mem);
    mat_scale(up.grad, 1 / (float)up.grad.d), mat_scale(down.grad, 1 / (float)down.grad.d);
    net_zero_grad(D);
    net_backward(D, up.grad, &tr, WRT_PARAMS), net_backward(D, down.grad, &tf, WRT_PARAMS);
    adam_step(D, &opt_b);
}

/* One way, and what H is told by x: lab 17's exercise. */
static Mat there_and_back(Net *G, Net *H, Net *D, Mat x)
{
    Trace tg = trace(&mem), th = trace(&mem), td = trace(&mem), ts = trace(&mem);
    Mat made = net_forward(G, x, &tg);
    Loss fool = lsgan(net_forward(D, made, &td), 1, &mem), cycle = l1(net_forward(H, made, &th), x, &mem);
    Loss stay = l1(net_forward(H, x, &ts), x, &mem);
    mat_scale(fool.grad, 2 / (float)fool.grad.d), mat_scale(cycle.grad, 5 / (float)x.d), mat_scale(stay.grad, 3 / (float)x.d);
    Mat away = net_backward(D, fool.grad, &td, WRT_INPUT);
    mat_add(away, net_backward(H, cycle.grad, &th, WRT_BOTH));       /* the fake went to D and to H: two gradients come home */
    net_backward(G, away, &tg, WRT_PARAMS);
    net_backward(H, stay.grad, &ts, WRT_PARAMS);
    return made;
}

static void step_cyclegan(void)
{
    Net *G = &net[0], *H = &net[1], *DA = &net[2], *DB = &net[3];
    net_zero_grad(G), net_zero_grad(H);
    Mat fake_b = there_and_back(G, H, DB, real_a), fake_a = there_and_back(H, G, DA, real_b);
    adam_step(G, &opt_a), adam_step(H, &opt_a);
    patch_step(DB, real_b, fake_b), patch_step(DA, real_a, fake_a);
}

static double flop_cyclegan(void)
{
    return 2 * (2 * flop(&net[0], F | DW) + flop(&net[0], F | DW | DX) + flop(&net[2], F | DX) + 2 * flop(&net[2], F | DW));
}

/* ---- the program ---- */

typedef struct { const char *name; void (*make)(void), (*step)(void); double (*flop)(void); int pixels; } Model;
static const Model models[] = {
    {"linear_ae", make_linear_ae, step_linear_ae, flop_linear_ae, 784}, {"deep_ae", make_deep_ae, step_deep_ae, flop_deep_ae, 784},
    {"vae", make_vae, step_vae, flop_vae, 784},                         {"gan_2d", make_gan_2d, step_gan, flop_gan, 2},
    {"gan_mlp", make_gan_mlp, step_gan, flop_gan, 784},                 {"dcgan", make_dcgan, step_gan, flop_gan, 784},
    {"pix2pix", make_pix2pix, step_pix2pix, flop_gan, 3072},            {"cyclegan", make_cyclegan, step_cyclegan, flop_cyclegan, 3072},
};

static void make(const Model *m)
{
    arena_reset(&keep);
    rng = rng_new(1);
    opt_a = opt_b = (Adam){.lr = 1e-4f, .beta1 = .5f, .beta2 = .999f, .eps = 1e-8f};
    m->make();
    real_a = mat_new(&keep, B, m->pixels), real_b = mat_new(&keep, B, m->pixels);
    mat_uniform(real_a, 0, 1, &rng), mat_uniform(real_b, 0, 1, &rng);
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
    mat_normal(a, 1, &rng), mat_normal(b, 1, &rng);
    int n = 0;
    mat_gemm(c, 1, a, false, b, false, 0);
    double start = now_s();
    for (; now_s() - start < seconds; n++) mat_gemm(c, 1, a, false, b, false, 0);
    return 2e-9 * N * N * N * n / (now_s() - start);
}

int main(int argc, char **argv)
{
    char name[32];
    double seconds;
    if (argc != 2) die(EXIT_USAGE, "usage: bench THREADS");
    keep = arena_new("keep", MB(256)), mem = arena_new("step", MB(256)), rng = rng_new(1);
    threads_set(atoi(argv[1]));
    while (scanf("%31s", name) == 1) {
        if (!strcmp(name, "kernels")) { puts(blas_kernels()), fflush(stdout); continue; }
        bool count = !strcmp(name, "flop");
        check(count ? scanf("%31s", name) == 1 : scanf("%lf", &seconds) == 1, "bench: MODEL SECONDS, flop MODEL or sgemm SECONDS");
        if (!strcmp(name, "sgemm")) { printf("%g\n", sgemm_rate(seconds)), fflush(stdout); continue; }
        const Model *m = models;
        while (m < models + LENGTH(models) && strcmp(m->name, name)) m++;
        check(m < models + LENGTH(models), "bench: no model '%s'", name);
        make(m);
        if (count) { printf("%g\n", m->flop()), fflush(stdout); continue; }
        for (int i = 0; i < 5; i++) step(m);
        long n = 0;
        double start = now_s();
        for (; now_s() - start < seconds; n++) step(m);
        printf("%g\n", (double)n * B / (now_s() - start)), fflush(stdout);
    }
    return EXIT_OK;
}
