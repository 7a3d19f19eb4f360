/* 09_gan_tricks: which of the known tricks help a GAN, and by how much.
 *
 * Learn    what six tricks do to the game, and how to find out whether a trick works: on and off, several seeds, an interval.
 * Write    six exercises, marked TODO, in this order; labs/09_gan_tricks.h says what each must do, `make test-09` tests them.
 * Run      `make 09` builds this file, runs it and draws its figures in out/figures/; the README has the one-line cc command.
 * Writes   out/09_gan_tricks/: csv for the figures, metrics.csv, every sample that was scored as npy
 * Takes    about 150 s on two cores; --quick 2 s; --full 25 min: the harder data of the PacGAN paper, for the record
 * Expect   some tricks that help, some that do nothing; with --full 8 of 8 and 25 of 25 modes at each of five seeds
 * Letters  B batch, d features, z noise, G generator, E the average of its weights, D discriminator, m samples in a pack, v slope of D.
 */
#include "09_gan_tricks.h"
#include "parallel.h"
#include <math.h>
#include <stdio.h>

/*%% md
## 1. Smooth the targets
A $D$ that is certain stops teaching. Ask it for $a = 0.9$ on real samples instead of 1 (one-sided smoothing), perhaps also for $b = 0.1$ on
fakes (two-sided). For densities $p$ of data and $q$ of fakes the best $D$ is then $D^*(x) = (a\,p(x) + b\,q(x)) \,/\, (p(x) + q(x))$.
*/
Mat smooth_target(Mat y, float a, float b, Arena *mem)
{
#ifdef SOLUTION
    Mat t = mat_new(mem, y.n, y.d);
    for (size_t i = 0; i < mat_size(y); i++) t.a[i] = y.a[i] * a + (1 - y.a[i]) * b;
    return t;
#else
    TODO("return a where y is 1 (real) and b where y is 0 (fake)");
#endif
}

/*%% md
## 2. Blur what D sees
Thin supports do not overlap: some $D$ is certain and flat on both. Noise on real *and* fake samples makes them overlap; it fades out.
*/
Mat instance_noise(Mat x, Mat eps, float sd, long step, long last, Arena *mem)
{
#ifdef SOLUTION
    Mat noisy = mat_copy(mem, eps);
    mat_scale(noisy, step < last ? sd * (1 - (float)step / (float)last) : 0);
    mat_add(noisy, x);
    return noisy;
#else
    TODO("return x + s eps, where s falls along a line from sd at step 0 to 0 at step last, and stays 0");
#endif
}

/*%% md
## 3. Let D see the batch
One sample at a time, a collapsed G looks perfect. So D gets one more feature, the same in all rows: how much the batch varies,
$s = \frac1d\sum_j \sigma_j$ with $\sigma_j^2 = \frac1B\sum_i (x_{ij} - \bar x_j)^2$. Its gradient
$\partial s/\partial x_{ij} = (x_{ij} - \bar x_j)/(d\,B\,\sigma_j)$ tells each fake to move away from the mean of its batch.
*/
Mat minibatch_std(Mat x, Arena *mem)
{
#ifdef SOLUTION
    double s = 0;
    Mat columns = mat_transpose(mem, x), feature = mat_new(mem, x.n, 1);
    for (int j = 0; j < x.d; j++) {
        Mat c = mat_rows(columns, j, 1);            // (1,B): one feature of all samples
        float mean = mat_mean(c);
        for (int i = 0; i < x.n; i++) c.a[i] -= mean;
        s += (double)mat_norm(c) / (sqrt(x.n) * x.d);
    }
    mat_fill(feature, (float)s);
    return mat_join(mem, x, feature);
#else
    TODO("return x with one more column, in every row the mean over features of the standard deviation over the batch");
#endif
}

Mat minibatch_std_back(Mat x, Mat dy, Arena *mem)
{
#ifdef SOLUTION
    Mat dx = mat_new(mem, x.n, x.d), last = mat_new(mem, x.n, 1), columns = mat_transpose(mem, x);
    mat_split(dy, dx, last);                        // the copy of x hands its gradient back as it is
    float ds = mat_mean(last) * (float)x.n;         // all rows were given the same s: their gradients add up
    for (int j = 0; j < x.d; j++) {
        Mat c = mat_rows(columns, j, 1);
        float mean = mat_mean(c);
        for (int i = 0; i < x.n; i++) c.a[i] -= mean;
        float sd = mat_norm(c) / sqrtf((float)x.n);
        for (int i = 0; i < x.n && sd > 0; i++) row(dx, i)[j] += ds * c.a[i] / (sd * (float)(x.d * x.n));
    }
    return dx;
#else
    TODO("return dL/dx: the first d columns of dy, plus ds/dx times the sum of its last column; a feature with sd 0 adds nothing");
#endif
}

/*%% md
## 4. Pack
Or show D $m$ samples at once, as one input of $m\,d$ features (PacGAN): $p^m$ and $q^m$ lie further apart when $q$ misses modes.
*/
Mat pack(Mat x, int m, Arena *mem)
{
#ifdef SOLUTION
    check(m > 0 && x.n % m == 0, "pack: %d samples do not make packs of %d\n  hint: --batch wants a multiple of the pack", x.n, m);
    return mat_reshape(mat_copy(mem, x), x.n / m, x.d * m);
#else
    TODO("return the packs: rows i m to i m + m - 1 of x, one after the other, become row i");
#endif
}

/*%% md
## 5. Penalise D's slope on the data
$R_1 = \frac\gamma2\,\mathbb E\|v\|^2$, $v = \nabla_x D(x)$ at the data. Its gradient in D's weights $\theta$ is a second derivative, but
only along $v$, held fixed: $\nabla_\theta\|\nabla_x D\|^2 = 2\nabla_\theta(v\cdot\nabla_x D) \approx \nabla_\theta(D(x+hv) - D(x-hv))/h$.
*/
float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
#ifdef SOLUTION
    Trace at = trace(mem), up = trace(mem), down = trace(mem);
    Mat weight = mat_new(mem, x.n, 1);              // dL/dD, row by row
    mat_fill(weight, 1);
    net_forward(D, x, &at);
    Mat v = net_backward(D, weight, &at, WRT_INPUT), above = mat_copy(mem, x), below = mat_copy(mem, x);
    for (int i = 0; i < x.n; i++) {
        float h = PENALTY_STEP / fmaxf(mat_norm(mat_rows(v, i, 1)), 1e-12f);
        for (int j = 0; j < x.d; j++) row(above, i)[j] += h * row(v, i)[j], row(below, i)[j] -= h * row(v, i)[j];
        weight.a[i] = gamma / 2 / (h * (float)x.n);
    }
    net_forward(D, above, &up), net_backward(D, weight, &up, WRT_PARAMS);
    mat_scale(weight, -1);
    net_forward(D, below, &down), net_backward(D, weight, &down, WRT_PARAMS);
    return gamma / 2 * (float)(mat_dot(v, v) / x.n);
#else
    TODO("v = dD/dx by a backward pass of ones; two more passes, at x + h v and x - h v, add their difference to D's .g; return R1");
#endif
}

/*%% md
## 6. Bound every layer
The most that $W$ can stretch a vector is its largest singular value $\sigma$. Power iteration finds it; $u$ is kept from step to step, so
one round per step follows the slowly moving weights. Where $\sigma$ is above a bound, $W$ is scaled down to it.
*/
float spectral_norm(Mat W, Mat u, int rounds, Arena *mem)
{
#ifdef SOLUTION
    float sigma = 0;
    for (int r = 0; r < rounds; r++) {
        Mat v = mat_mul(mem, u, W);                 // (1,in) (in,out) -> (1,out)
        mat_scale(v, 1 / fmaxf(mat_norm(v), 1e-12f));
        Mat next = mat_mul_nt(mem, v, W);           // (1,out) (out,in) -> (1,in)
        sigma = mat_norm(next);
        if (sigma == 0) return 0;                   // W is 0: u stays as it is
        mat_scale(next, 1 / sigma);
        mat_set(u, next);
    }
    return sigma;
#else
    TODO("rounds times: v = u W, divided by its length; u = v W^T; its length is sigma; divide u by it");
#endif
}

/* The batch's variation as a layer of D. */
static Mat sd_forward(Layer *l, Mat x, Slot *s, Trace *t) { return minibatch_std(x, t->mem); }
static Mat sd_input_grad(Layer *l, Mat dy, Slot *s, Trace *t) { return minibatch_std_back(s->x, dy, t->mem); }
static const LayerType sd_type = {"batch sd", sd_forward, sd_input_grad, NULL, false};

/* What is switched on. noise: its sd at first, in D's units, until it is gone; bound: most sigma of a layer of D, 0: any. */
typedef struct { const char *name, *title; float real, fake, noise, until, gamma, bound; bool batch_sd, decay, average; int pack; } Tricks;
enum { TRICKS = 11, SEEDS = 6, LAZY = 4 };         /* LAZY: R1 every so many steps, that much stronger (Karras et al. 2020) */
static const Tricks trick[TRICKS] = {
    {"plain",    "none",                 1,   0,   .pack = 1},
    {"smooth1",  "one-sided smoothing",  .9f, 0,   .pack = 1},
    {"smooth2",  "two-sided smoothing",  .9f, .1f, .pack = 1},
    {"noise",    "instance noise",       1,   0,   .pack = 1, .noise = .3f, .until = .75f},
    {"batchsd",  "minibatch sd",         1,   0,   .pack = 1, .batch_sd = true},
    {"pack2",    "packs of two",         1,   0,   .pack = 2},
    {"r1",       "R1 penalty",           1,   0,   .pack = 1, .gamma = .01f},
    {"spectral", "spectral norm",        1,   0,   .pack = 1, .bound = 2},
    {"decay",    "rate decays",          1,   0,   .pack = 1, .decay = true},
    {"average",  "averaged weights",     1,   0,   .pack = 1, .average = true},
    {"best",     "R1 + decay + mean", 1,   0,   .pack = 1, .gamma = .01f, .decay = true, .average = true},
};

static const Tricks failing[2] = {{"no-noise", "no noise", 1, .pack = 1}, {"noise", "noise", 1, .pack = 1, .noise = .3f, .until = .75f}};
static const Tricks best[2] = {{"ring", "all", 1, .noise = .3f, .until = .7f, .gamma = 1e-4f, .decay = true, .average = true, .pack = 1},
                               {"grid", "all", 1, .noise = .1f, .until = .5f, .gamma = 5e-3f, .decay = true, .average = true, .pack = 1}};

/* One game has nets, optimisers, random numbers and memory of its own, so that many can share out the cores. */
typedef struct { int z, hidden, layers, batch, grow; long steps; float lr, lead, beta1, unit, keep; } Plan;    /* lead: D's rate over G's */
typedef struct { Net G, E, D; Adam g_opt, d_opt; Rng data, noise; Mat u[8]; Arena keep, mem; } Game;

static Net mlp(const char *name, int in, int out, float slope, const Plan *p, bool batch_sd, Rng rng, Arena *keep)
{
    Net net = net_new(name, (Shape){1, 1, in}, keep);
    for (int l = 0; l < p->layers; l++) net_dense(&net, p->hidden, &rng), slope > 0 ? net_lrelu(&net, slope) : net_relu(&net);
    if (batch_sd) net_append(&net, &sd_type, (Shape){1, 1, p->hidden + 1});
    net_dense(&net, out, &rng);
    return net;
}

static void game_start(Game *g, const Tricks *k, const Plan *p, Rng rng)
{
    *g = (Game){.keep = arena_new("keep", MB(16)), .mem = arena_new("step", MB(64))};
    g->data = rng_split(&rng), g->noise = rng_split(&rng);
    Rng for_g = rng_split(&rng), for_d = rng_split(&rng);
    g->G = mlp("G", p->z, 2, 0, p, false, for_g, &g->keep), g->E = mlp("E", p->z, 2, 0, p, false, for_g, &g->keep);
    g->D = mlp("D", 2 * k->pack, 1, .2f, p, k->batch_sd, for_d, &g->keep);
    for (int l = 0; l < g->D.n; l += 2) g->u[l / 2] = mat_noise(&g->keep, 1, shape_size(g->D.layer[l].in), &rng);
    g->g_opt = (Adam){.lr = p->lr, .beta1 = p->beta1, .beta2 = .99f, .eps = 1e-8f}, g->d_opt = g->g_opt, g->d_opt.lr *= p->lead;
}

/* (1) D: real up to a, fake down to b, and what else it has to obey. (B/m, 2m) both. */
static float d_step(Game *g, const Tricks *k, Mat real, Mat fake)
{
    Trace tr = trace(&g->mem), tf = trace(&g->mem);
    Mat y = mat_zeros(&g->mem, 2 * real.n, 1);      // 1 real, 0 fake
    mat_fill(mat_rows(y, 0, real.n), 1);
    Mat t = smooth_target(y, k->real, k->fake, &g->mem);
    Loss up = bce_logits(net_forward(&g->D, real, &tr), mat_rows(t, 0, real.n), &g->mem);
    Loss down = bce_logits(net_forward(&g->D, fake, &tf), mat_rows(t, real.n, real.n), &g->mem);
    net_zero_grad(&g->D);
    net_backward(&g->D, up.grad, &tr, WRT_PARAMS), net_backward(&g->D, down.grad, &tf, WRT_PARAMS);
    if (k->gamma > 0 && g->d_opt.t % LAZY == 0) gradient_penalty(&g->D, real, LAZY * k->gamma, &g->mem);
    adam_step(&g->D, &g->d_opt);
    for (int l = 0; l < g->D.n && k->bound > 0; l += 2) {           /* dense layers stand at even places */
        float sigma = spectral_norm(g->D.layer[l].w.v, g->u[l / 2], 1, &g->mem);
        if (sigma > k->bound) mat_scale(g->D.layer[l].w.v, k->bound / sigma), net_touch(&g->D);
    }
    return up.value + down.value;
}

/* (2) G: fool the new D, the non-saturating way. */
static void g_step(Game *g, const Tricks *k, Mat seen, Trace *tg)
{
    Trace t = trace(&g->mem);
    Loss fool = bce_logits_to(net_forward(&g->D, pack(seen, k->pack, &g->mem), &t), 1, &g->mem);
    Mat dpacked = net_backward(&g->D, fool.grad, &t, WRT_INPUT);         // (B/m, 2m)
    net_zero_grad(&g->G);
    net_backward(&g->G, mat_reshape(dpacked, seen.n, seen.d), tg, WRT_PARAMS);     // unpacked: (B,2)
    adam_step(&g->G, &g->g_opt);
}

/* ---- experiments; nothing to write here ---- */
/* Games of some tricks at some seeds. Game r is trick r % tricks at seed r / tricks; its seat in x goes trick by trick, seed by seed. */
typedef struct {
    const char *name; Mixture data;                 // what is to be learned
    const Tricks *trick; int tricks, seeds, samples;
    Plan plan;
    Mat x, loss; _Atomic long done;                 // (tricks seeds samples, 2), (tricks seeds, steps / 50), steps of all games together
} Study;

static void play(Study *s, int r, uint64_t seed)
{
    const Tricks *k = &s->trick[r % s->tricks];
    const Plan *p = &s->plan;
    int seat = r % s->tricks * s->seeds + r / s->tricks;
    Game g;
    game_start(&g, k, p, rng_new(1000 * seed + (uint64_t)(r / s->tricks)));
    for (long step = 0; step < p->steps && !lab_stopping(); step++) {
        arena_reset(&g.mem);
        Trace tg = trace(&g.mem);
        int B = step < p->steps / 2 ? p->batch : p->batch * p->grow;
        Mat real = mixture_sample(&s->data, B, NULL, &g.data, &g.mem);
        mat_scale(real, 1 / p->unit);
        Mat fake = net_forward(&g.G, mat_noise(&g.mem, B, p->z, &g.noise), &tg);
        if (k->noise > 0) {                         /* fakes keep theirs from D's step to G's */
            long last = (long)(k->until * (float)p->steps);
            real = instance_noise(real, mat_noise(&g.mem, B, 2, &g.noise), k->noise, step, last, &g.mem);
            fake = instance_noise(fake, mat_noise(&g.mem, B, 2, &g.noise), k->noise, step, last, &g.mem);
        }
        if (k->decay) g.g_opt.lr = cosine_decay(p->lr, step, p->steps), g.d_opt.lr = p->lead * g.g_opt.lr;
        float loss = d_step(&g, k, pack(real, k->pack, &g.mem), pack(fake, k->pack, &g.mem));
        g_step(&g, k, fake, &tg);
        if (k->average) net_average(&g.E, &g.G, step < 100 ? 0 : p->keep);
        if (step % 50) continue;
        lab_finite("D's loss", (double)loss, step);
        row(s->loss, seat)[step / 50] = loss, s->done += 50;
        long done = s->done, all = (long)s->tricks * s->seeds * p->steps;
        if (thread_id() == 0 && done < all) progress(done, all, "%s  D %.2f", k->title, (double)loss);
    }
    arena_reset(&g.mem);
    Mat z = mat_noise(&g.mem, s->samples, p->z, &g.noise);
    mat_set(mat_rows(s->x, seat * s->samples, s->samples), net_eval(k->average ? &g.E : &g.G, z, &g.mem));
    arena_free(&g.keep), arena_free(&g.mem);
}

/* Each trick's effect: the mean difference to the first one at the same seeds, with its 95 % interval. */
static void report_effects(Lab *lab, const Study *s, const ModeScore *score, Csv *csv)
{
    for (int i = 0; i < s->tricks * 2; i++) {
        int k = i / 2, hq = i % 2;
        const char *what = hq ? "hq" : "modes", *name = s->trick[k].name, *title = s->trick[k].title, *unit = hq ? "share" : "modes";
        double v[SEEDS], d[SEEDS], half;
        const ModeScore *c = &score[k * s->seeds];
        for (int j = 0; j < s->seeds; j++) v[j] = hq ? c[j].hq : c[j].modes, d[j] = v[j] - (hq ? score[j].hq : score[j].modes);
        double mean = mean_interval(v, s->seeds, &half), effect = mean_interval(d, s->seeds, &half);
        lab_metric(lab, unit, mean, "%s_%s_%s", what, s->name, name);
        if (k) lab_metric(lab, unit, effect, "effect_%s_%s_%s", what, s->name, name);
        if (k) lab_metric(lab, unit, half, "interval_%s_%s_%s", what, s->name, name);
        if (csv) csv_row(csv, "%s,%d,%s,%s,%.5g,%.5g,%.5g", s->name, k, title, what, mean, effect, half);
        printf("%s  %-21s %-5s %7.3f  %+7.3f ± %.3f%s\n", s->name, title, what, mean, effect, half, k && fabs(effect) > half ? "*" : "");
    }
}

/* Plays all games of a study on all cores, scores and files them. A study of one trick reports its worst seed. */
static void study(Lab *lab, Study s, Csv *effects, Arena *keep)
{
    int games = s.tricks * s.seeds;
    char file[64];
    ModeScore *score = arena_alloc(keep, (size_t)games * sizeof *score), worst = {MODES, 1, 0, 0};
    s.x = mat_new(keep, games * s.samples, 2), s.loss = mat_zeros(keep, games, (int)(s.plan.steps + 49) / 50);
    PARALLEL_IF(games > 1, for (int r = 0; r < games; r++) play(&s, r, lab->seed);)
    progress(1, 1, "%s", s.name);
    if (lab_stopping()) return;
    mat_scale(s.x, s.plan.unit);
    snprintf(file, sizeof file, "samples_%s.npy", s.name);
    npy_write_f32(lab->out, file, s.x.a, s.tricks > 1 ? 4 : 3, (int[]){s.tricks, s.seeds, s.samples, 2} + (s.tricks == 1));
    if (s.trick == failing) csv_mat(lab->out, "failure.csv", "none1,none2,none3,noise1,noise2,noise3", mat_transpose(keep, s.loss));
    snprintf(file, sizeof file, "scores_%s.csv", s.name);
    Csv *csv = csv_open(lab->out, file, "trick,name,seed,modes,hq,revkl,width");
    for (int i = 0; i < games; i++) {
        const Tricks *k = &s.trick[i / s.seeds];
        ModeScore c = score[i] = mode_score(mat_rows(s.x, i * s.samples, s.samples), &s.data);
        csv_row(csv, "%d,%s,%d,%d,%.5g,%.5g,%.4g", i / s.seeds, k->name, i % s.seeds + 1, c.modes, c.hq, c.revkl, c.width);
        worst = (ModeScore){c.modes < worst.modes ? c.modes : worst.modes, fmin(c.hq, worst.hq), fmax(c.revkl, worst.revkl), c.width};
        if (s.tricks == 1) printf("seed %d: %d modes, %.2f %% near, KL %.4f, width %.2f\n", i + 1, c.modes, 100 * c.hq, c.revkl, c.width);
    }
    csv_close(csv);
    if (s.tricks > 1) return report_effects(lab, &s, score, effects);
    lab_metric(lab, "worst seed", worst.modes, "modes_%s", s.name), lab_metric(lab, "worst seed", worst.hq, "hq_%s", s.name);
    lab_metric(lab, "worst seed", worst.revkl, "revkl_%s", s.name);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {.name = "09_gan_tricks", .title = "which tricks work", .epochs = 100, .batch = 128, .quick_epochs = 1,
        .full_epochs = 400, .steps = "smoothing noise batch bounds ablation failure record", .failures = "no-noise"};
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(256)), mem = arena_new("step", MB(64));
    Rng rng = rng_new(lab->seed);
    Csv *csv;

    STEP("smoothing") {                             /* the best D, from what it is asked for */
        csv = csv_open(lab->out, "smoothing.csv", "trick,x,p,q,d");
        for (int i = 0; i < 3 * 161; i++) {
            Mat t = smooth_target((Mat){2, 1, (float[]){1, 0}}, trick[i / 161].real, trick[i / 161].fake, &mem);
            float x = -4 + .05f * (float)(i % 161), p = .8f * expf(-2 * (x + 1) * (x + 1)), q = .4f * expf(-(x - 1) * (x - 1) / 2);
            csv_row(csv, "%s,%.3g,%.4g,%.4g,%.4g", trick[i / 161].name, x, p, q, (p * t.a[0] + q * t.a[1]) / (p + q));
        }
        csv_close(csv);
    }
    /*%% fig 09_gan_tricks-smoothing
    The best D for data $p$ and fakes $q$. One-sided smoothing scales it. Two-sided smoothing also lifts it where there are only fakes. */
    STEP("noise") {                                 /* all data at one point, all fakes at another: how often is the best D right? */
        csv = csv_open(lab->out, "noise.csv", "sd,distance,right");
        for (int i = 0; i < 4 * 41; i++, arena_reset(&mem)) {
            float distance = .1f * (float)(i % 41), right = 0;
            Mat x = mat_new(&mem, 20000, 1);
            mat_fill(x, distance / 2);              /* the fakes lie at -distance/2; D asks which side of 0 a point is on */
            x = instance_noise(x, mat_noise(&mem, x.n, 1, &rng), 1, 3 - i / 41, 3, &mem);
            for (int n = 0; n < x.n; n++) right += x.a[n] > 0;
            csv_row(csv, "%.3g,%.3g,%.4g", i / 41 / 3., distance, right / (float)x.n);
        }
        csv_close(csv);
    }
    /*%% fig 09_gan_tricks-noise
    How often the best D is right. Without noise it does not matter how close the fakes are: nothing to learn from. */
    STEP("batch") {
        Mixture ring = mixture_ring(8, 2, .1f), one = mixture_ring(1, 2, .1f);
        Mat all = mixture_sample(&ring, 128, NULL, &rng, &mem), few = mixture_sample(&one, 128, NULL, &rng, &mem);     /* (128,2) both */
        Mat seen = minibatch_std(all, &mem), collapsed = minibatch_std(few, &mem), push = minibatch_std_back(few, collapsed, &mem);
        printf("8 modes vary by %.2f, one by %.2f; %d samples are %d pairs\n", seen.a[2], collapsed.a[2], push.n, pack(few, 2, &mem).n);
    }
    STEP("bounds") {                                /* D(x) = w . x has the slope w everywhere, and the spectral norm |w| */
        Net D = net_new("D", (Shape){1, 1, 2}, &keep);
        net_linear(&D, 1, 1, &rng);
        Mat x = mat_noise(&keep, 64, 2, &rng), w = D.layer[0].w.v, u = mat_noise(&keep, 1, 2, &rng);
        double r1 = (double)gradient_penalty(&D, x, 2, &mem), length = (double)mat_norm(w);
        printf("|w| %.4f; R1 %.4f = %.4f squared; sigma %.4f\n", length, r1, sqrt(r1), spectral_norm(w, u, 1, &mem));
        lab_metric(lab, "relative", fabs(sqrt(r1) / length - 1), "penalty_error");
    }
    /*%% md
    ## On and off
    Every trick alone against the plain game, at the same seeds: same start of G, same data. A star: the interval leaves out zero. */
    Plan easy = {2, 64, 2, lab->batch, 1, 100L * (lab->full ? info.epochs : lab->epochs), 3e-3f, 1, .5f, 2, .998f};
    Plan eager = {2, 64, 2, lab->batch, 1, easy.steps, 3e-4f, 10, .5f, 2, .998f};          /* D learns ten times as fast as G */
    Plan hard = {2, 128, 3, 2 * lab->batch, 4, 100L * lab->epochs, 5e-4f, 2, 0, 1, .999f};      /* D twice as fast: see the handout */
    if (!lab->failure) STEP("ablation") {
        csv = csv_open(lab->out, "effects.csv", "set,trick,title,what,mean,effect,half");
        study(lab, (Study){"easy_ring", mixture_ring(8, 2, .1f), trick, TRICKS, lab->quick ? 2 : SEEDS, 2000, .plan = easy}, csv, &keep);
        study(lab, (Study){"easy_grid", mixture_grid(5, 1.5f, .1f), trick, TRICKS, lab->quick ? 2 : SEEDS, 2000, .plan = easy}, csv, &keep);
        csv_close(csv);
    }
    /*%% fig 09_gan_tricks-effects
    Modes found, less those of the plain game at the same seed: a point per seed, mean and 95 % interval. */
    /*%% fig 09_gan_tricks-table
    The same in numbers, with the share of samples near a mode. Pale: no effect that six seeds can tell from luck. */
    if (lab->failure) STEP("failure") study(lab, (Study){"thin", mixture_ring(8, 1, .01f), failing, 2, 3, 500, .plan = eager}, NULL, &keep);
    if (lab->full) STEP("record") {
        study(lab, (Study){"ring", mixture_ring(8, 1, .01f), &best[0], 1, 5, 10000, .plan = hard}, NULL, &keep);
        hard.unit = 4, hard.lr = 1e-3f, hard.lead = 1;
        study(lab, (Study){"grid", mixture_grid(5, 2, .05f), &best[1], 1, 5, 10000, .plan = hard}, NULL, &keep);
    }
    arena_free(&keep), arena_free(&mem);
    return lab_close(lab);
}
