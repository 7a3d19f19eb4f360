/* 09_gan_tricks: which of the known tricks help a GAN, and by how much.
 *
 * Learn    what six tricks do to the game, and how to find out whether a trick works: on and off,
 *          several seeds, an interval.
 * Write    six exercises, marked TODO, in this order; labs/09_gan_tricks.h says what each must do,
 *          `make test-09` tests them.
 * Run      `make 09` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command.
 * Writes   out/09_gan_tricks/: csv for the figures, metrics.csv, every sample that was scored as
 *          npy
 * Takes    about 150 s on two cores; --quick 2 s; --full 25 min: the harder data of the PacGAN
 *          paper, for the record
 * Expect   some tricks that help, some that do nothing; with --full 8 of 8 and 25 of 25 modes at
 *          each of five seeds
 *
 * Letters  B batch, d features, z noise, G generator, E the average of its weights,
 *          D discriminator, m samples in a pack, v slope of D.
 */
#include "09_gan_tricks.h"
#include "09_gan_tricks_plot.h"
#include "parallel.h"
#include <math.h>
#include <stdio.h>

/*%% md
## 1. Smooth the targets
A $D$ that is certain stops teaching. Ask it for $a = 0.9$ on real samples instead of 1 (one-sided
smoothing), perhaps also for $b = 0.1$ on fakes (two-sided). For densities $p$ of data and $q$ of
fakes the best $D$ is then $D^*(x) = (a\,p(x) + b\,q(x)) \,/\, (p(x) + q(x))$.
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
Thin supports do not overlap: some $D$ is certain and flat on both. Noise on real *and* fake samples
makes them overlap; it fades out.
*/
Mat instance_noise(Mat x, Mat eps, float sd, long step, long last, Arena *mem)
{
#ifdef SOLUTION
    float s = step < last ? sd * (1 - (float)step / (float)last) : 0;
    Mat noisy = mat_copy(mem, eps);
    mat_scale(noisy, s);
    mat_add(noisy, x);
    return noisy;
#else
    TODO("return x + s eps, where s falls along a line from sd at step 0 to 0 at step last, and "
         "stays 0");
#endif
}

/*%% md
## 3. Let D see the batch
One sample at a time, a collapsed G looks perfect. So D gets one more feature, the same in all rows:
how much the batch varies, $s = \frac1d\sum_j \sigma_j$ with
$\sigma_j^2 = \frac1B\sum_i (x_{ij} - \bar x_j)^2$. Its gradient
$\partial s/\partial x_{ij} = (x_{ij} - \bar x_j)/(d\,B\,\sigma_j)$ tells each fake to move away
from the mean of its batch.
*/
#ifdef SOLUTION
/* Feature j of every sample, from its mean over the batch: (1,B). */
static Mat centred_feature(Mat columns, int j)
{
    Mat c = mat_rows(columns, j, 1);
    float mean = mat_mean(c);
    for (int i = 0; i < c.d; i++) c.a[i] -= mean;
    return c;
}
#endif

Mat minibatch_std(Mat x, Arena *mem)
{
#ifdef SOLUTION
    Mat columns = mat_transpose(mem, x), feature = mat_new(mem, x.n, 1);        // (d,B), (B,1)
    double s = 0;
    for (int j = 0; j < x.d; j++)
        s += (double)mat_norm(centred_feature(columns, j)) / (sqrt(x.n) * x.d);
    mat_fill(feature, (float)s);
    return mat_join(mem, x, feature);
#else
    TODO("return x with one more column, in every row the mean over features of the standard "
         "deviation over the batch");
#endif
}

Mat minibatch_std_back(Mat x, Mat dy, Arena *mem)
{
#ifdef SOLUTION
    Mat dx = mat_new(mem, x.n, x.d), last = mat_new(mem, x.n, 1), columns = mat_transpose(mem, x);
    mat_split(dy, dx, last);                // the copy of x hands its gradient back as it is
    float ds = mat_mean(last) * (float)x.n; // all rows were given the same s: gradients add up
    for (int j = 0; j < x.d; j++) {
        Mat c = centred_feature(columns, j);
        float sd = mat_norm(c) / sqrtf((float)x.n);
        if (sd == 0) continue;
        for (int i = 0; i < x.n; i++) row(dx, i)[j] += ds * c.a[i] / (sd * (float)(x.d * x.n));
    }
    return dx;
#else
    TODO("return dL/dx: the first d columns of dy, plus ds/dx times the sum of its last column; a "
         "feature with sd 0 adds nothing");
#endif
}

/*%% md
## 4. Pack
Or show D $m$ samples at once, as one input of $m\,d$ features (PacGAN): $p^m$ and $q^m$ lie further
apart when $q$ misses modes.
*/
Mat pack(Mat x, int m, Arena *mem)
{
#ifdef SOLUTION
    check(m > 0 && x.n % m == 0, "pack: %d samples do not make packs of %d\n"
          "  hint: --batch wants a multiple of the pack", x.n, m);
    return mat_reshape(mat_copy(mem, x), x.n / m, x.d * m);
#else
    TODO("return the packs: rows i m to i m + m - 1 of x, one after the other, become row i");
#endif
}

/*%% md
## 5. Penalise D's slope on the data
$R_1 = \frac\gamma2\,\mathbb E\|v\|^2$, $v = \nabla_x D(x)$ at the data. Its gradient in D's weights
$\theta$ is a second derivative, but only along $v$, held fixed:
$\nabla_\theta\|\nabla_x D\|^2 = 2\nabla_\theta(v\cdot\nabla_x D)
\approx \nabla_\theta(D(x+hv) - D(x-hv))/h$.
*/
float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
#ifdef SOLUTION
    Trace at = trace(mem, TRAIN), up = trace(mem, TRAIN), down = trace(mem, TRAIN);
    Mat weight = mat_new(mem, x.n, 1);                  // dL/dD, row by row
    mat_fill(weight, 1);
    net_forward(D, x, &at);
    Mat v = net_backward(D, weight, &at, WRT_INPUT);    // (B,d): the slope of D at each row

    Mat above = mat_copy(mem, x), below = mat_copy(mem, x);
    for (int i = 0; i < x.n; i++) {
        float h = PENALTY_STEP / fmaxf(mat_norm(mat_rows(v, i, 1)), 1e-12f);
        for (int j = 0; j < x.d; j++) {
            row(above, i)[j] += h * row(v, i)[j];
            row(below, i)[j] -= h * row(v, i)[j];
        }
        weight.a[i] = gamma / 2 / (h * (float)x.n);
    }
    net_forward(D, above, &up);
    net_backward(D, weight, &up, WRT_PARAMS);
    mat_scale(weight, -1);
    net_forward(D, below, &down);
    net_backward(D, weight, &down, WRT_PARAMS);
    return gamma / 2 * (float)(mat_dot(v, v) / x.n);
#else
    TODO("v = dD/dx by a backward pass of ones; two more passes, at x + h v and x - h v, add their "
         "difference to D's .g; return R1");
#endif
}

/*%% md
## 6. Bound every layer
The most that $W$ can stretch a vector is its largest singular value $\sigma$. Power iteration finds
it; $u$ is kept from step to step, so one round per step follows the slowly moving weights. Where
$\sigma$ is above a bound, $W$ is scaled down to it.
*/
float spectral_norm(Mat W, Mat u, int rounds, Arena *mem)
{
#ifdef SOLUTION
    float sigma = 0;
    for (int r = 0; r < rounds; r++) {
        Mat v = mat_mul(mem, u, W);                     // (1,in) (in,out) -> (1,out)
        mat_scale(v, 1 / fmaxf(mat_norm(v), 1e-12f));
        Mat next = mat_mul_nt(mem, v, W);               // (1,out) (out,in) -> (1,in)
        sigma = mat_norm(next);
        if (sigma == 0) return 0;                       // W is 0: u stays as it is
        mat_scale(next, 1 / sigma);
        mat_set(u, next);
    }
    return sigma;
#else
    TODO("rounds times: v = u W, divided by its length; u = v W^T; its length is sigma; divide u "
         "by it");
#endif
}

/* ---- the tricks, on and off ---- */

typedef struct {
    const char *name, *title;
    float real, fake;                   /* targets of D */
    float noise, until;                 /* instance noise: sd at first, in D's units; share of the
                                         * steps until it is gone */
    float gamma;                        /* R1 penalty */
    float bound;                        /* largest sigma of a layer of D; 0: any */
    bool  batch_sd, decay, average;     /* minibatch sd; falling rates; averaged G draws */
    int   pack;                         /* m */
} Tricks;

static const Tricks trick[] = {
    {"plain",    "none",                1,   0,   .pack = 1},
    {"smooth1",  "one-sided smoothing", .9f, 0,   .pack = 1},
    {"smooth2",  "two-sided smoothing", .9f, .1f, .pack = 1},
    {"noise",    "instance noise",      1,   0,   .pack = 1, .noise = .3f, .until = .75f},
    {"batchsd",  "minibatch sd",        1,   0,   .pack = 1, .batch_sd = true},
    {"pack2",    "packs of two",        1,   0,   .pack = 2},
    {"r1",       "R1 penalty",          1,   0,   .pack = 1, .gamma = .01f},
    {"spectral", "spectral norm",       1,   0,   .pack = 1, .bound = 2},
    {"decay",    "rate decays",         1,   0,   .pack = 1, .decay = true},
    {"average",  "averaged weights",    1,   0,   .pack = 1, .average = true},
    {"best",     "R1 + decay + mean",   1,   0,   .pack = 1, .gamma = .01f, .decay = true,
     .average = true},
};
enum { TRICKS = LENGTH(trick), SEEDS = 6 };

/* --show-failure: thin supports, with and without noise. */
static const Tricks failing[2] = {
    {"no-noise", "no noise", 1, .pack = 1},
    {"noise",    "noise",    1, .pack = 1, .noise = .3f, .until = .75f},
};

/* The record, --full: what a sweep on other seeds found best together. */
static const Tricks record_ring = {"ring", "all", 1, .noise = .3f, .until = .7f, .gamma = 1e-4f,
                                   .decay = true, .average = true, .pack = 1};
static const Tricks record_grid = {"grid", "all", 1, .noise = .1f, .until = .5f, .gamma = 5e-3f,
                                   .decay = true, .average = true, .pack = 1};

/* ---- a game ---- */

/* What all games of a study share. */
typedef struct {
    int   z, hidden, layers, batch;     /* noise dimensions, the nets' size */
    int   grow;                         /* times the batch in the second half */
    long  steps;
    float lr, lead, beta1;              /* G's rate; D's over G's; Adam's */
    float unit;                         /* data are divided by it */
    float keep;                         /* of the average, at each step */
} Plan;

/* Nets, optimisers, random numbers and memory of its own, so that games share out the cores. */
typedef struct {
    Net  G, E, D;
    Adam opt_g, opt_d;
    Rng  data, noise;
    Mat  u[8];                          /* of the spectral norm of each dense layer of D */
    Arena keep, mem;
} Game;

/* The batch's variation as a layer of D. */
static Mat sd_forward(Layer *l, Mat x, LayerTrace *s, Trace *t) { return minibatch_std(x, t->mem); }
static Mat sd_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    return minibatch_std_back(s->x, dy, t->mem);
}
static const LayerType sd_type = {"batch sd", sd_forward, sd_input_grad, NULL, false};

static Net generator(const char *name, const Plan *p, Rng rng, Arena *keep)
{
    Net net = net_new(name, (Shape){1, 1, p->z}, keep);
    for (int l = 0; l < p->layers; l++) {
        net_dense(&net, p->hidden, &rng); net_relu(&net);
    }
    net_dense(&net, 2, &rng);
    return net;
}

/* Dense layers stand at its even places. */
static Net discriminator(const Plan *p, const Tricks *k, Rng rng, Arena *keep)
{
    Net net = net_new("D", (Shape){1, 1, 2 * k->pack}, keep);
    for (int l = 0; l < p->layers; l++) {
        net_dense(&net, p->hidden, &rng); net_lrelu(&net, .2f);
    }
    if (k->batch_sd) net_append(&net, &sd_type, (Shape){1, 1, p->hidden + 1});
    net_dense(&net, 1, &rng);
    return net;
}

static void game_start(Game *g, const Tricks *k, const Plan *p, Rng rng)
{
    *g = (Game){.keep = arena_new("keep", MB(16)), .mem = arena_new("step", MB(64))};
    g->data = rng_split(&rng);
    g->noise = rng_split(&rng);
    Rng for_g = rng_split(&rng), for_d = rng_split(&rng);
    g->G = generator("G", p, for_g, &g->keep);
    g->E = generator("E", p, for_g, &g->keep);          // the same weights
    g->D = discriminator(p, k, for_d, &g->keep);
    for (int l = 0; l < g->D.n; l += 2)
        g->u[l / 2] = mat_noise(&g->keep, 1, shape_size(g->D.layer[l].in), &rng);
    g->opt_g = (Adam){.lr = p->lr, .beta1 = p->beta1, .beta2 = .99f, .eps = 1e-8f};
    g->opt_d = g->opt_g;
    g->opt_d.lr *= p->lead;
}

/* No layer of D may stretch more than the bound. */
static void bound_layers(Game *g, float bound)
{
    for (int l = 0; l < g->D.n; l += 2) {
        Mat W = g->D.layer[l].w.v;
        float sigma = spectral_norm(W, g->u[l / 2], 1, &g->mem);
        if (sigma <= bound) continue;
        mat_scale(W, bound / sigma);
        net_touch(&g->D);
    }
}

/* (1) D: real up to a, fake down to b, and what else it has to obey. (B/m, 2m) both.
 * LAZY: R1 every so many steps, that much stronger (Karras et al. 2020). */
enum { LAZY = 4 };
static float d_step(Game *g, const Tricks *k, Mat real, Mat fake)
{
    Trace tr = trace(&g->mem, TRAIN), tf = trace(&g->mem, TRAIN);
    Mat y = mat_zeros(&g->mem, 2 * real.n, 1);          // 1 real, 0 fake
    mat_fill(mat_rows(y, 0, real.n), 1);
    Mat t = smooth_target(y, k->real, k->fake, &g->mem);
    Mat t_real = mat_rows(t, 0, real.n), t_fake = mat_rows(t, real.n, real.n);
    Loss up = bce_logits(net_forward(&g->D, real, &tr), t_real, &g->mem);
    Loss down = bce_logits(net_forward(&g->D, fake, &tf), t_fake, &g->mem);

    net_zero_grad(&g->D);
    net_backward(&g->D, up.grad, &tr, WRT_PARAMS);
    net_backward(&g->D, down.grad, &tf, WRT_PARAMS);
    if (k->gamma > 0 && g->D.steps % LAZY == 0)
        gradient_penalty(&g->D, real, LAZY * k->gamma, &g->mem);
    adam_step(&g->D, &g->opt_d);
    if (k->bound > 0) bound_layers(g, k->bound);
    return up.value + down.value;
}

/* (2) G: fool the new D, the non-saturating way. fake (B,2), made with trace tg. */
static void g_step(Game *g, const Tricks *k, Mat fake, Trace *tg)
{
    Trace td = trace(&g->mem, TRAIN);
    Mat packed = pack(fake, k->pack, &g->mem);                          // (B/m, 2m)
    Loss fool = bce_logits_to(net_forward(&g->D, packed, &td), 1, &g->mem);
    Mat dpacked = net_backward(&g->D, fool.grad, &td, WRT_INPUT);
    Mat dfake = mat_reshape(dpacked, fake.n, fake.d);                   // unpacked: (B,2)
    net_zero_grad(&g->G);
    net_backward(&g->G, dfake, tg, WRT_PARAMS);
    adam_step(&g->G, &g->opt_g);
}

/* ---- a study: some tricks, each at the same seeds ---- */

/* Game r is trick r % tricks at seed r / tricks. Its results have a seat, which go trick by trick,
 * and within a trick seed by seed. */
typedef struct {
    const char *name;
    Mixture data;                       /* what is to be learned */
    const Tricks *trick;
    int   tricks, seeds, samples;
    Plan  plan;
    Mat   x;                            /* (tricks seeds samples, 2): samples of every game */
    Mat   loss;                         /* (tricks seeds, steps / NOTE): D's */
    _Atomic long done;                  /* steps of all games together */
} Study;
enum { NOTE = 50 };                     /* steps from one note of the loss to the next */

static void note_loss(Study *s, int seat, long step, float loss, const char *title)
{
    lab_finite("D's loss", (double)loss, step);
    row(s->loss, seat)[step / NOTE] = loss;
    s->done += NOTE;
    long done = s->done, all = (long)s->tricks * s->seeds * s->plan.steps;
    if (thread_id() == 0 && done < all) progress(done, all, "%s  D %.2f", title, (double)loss);
}

/* One game from its first step to its last, and then its samples. */
static void play(Study *s, int r, uint64_t run_seed)
{
    const Plan *p = &s->plan;
    int which = r % s->tricks, seed = r / s->tricks, seat = which * s->seeds + seed;
    const Tricks *k = &s->trick[which];
    long noise_ends = (long)(k->until * (float)p->steps);
    Game g;
    game_start(&g, k, p, rng_new(1000 * run_seed + (uint64_t)seed));
    for (long step = 0; step < p->steps && !lab_stopping(); step++) {
        arena_reset(&g.mem);
        Trace tg = trace(&g.mem, TRAIN);
        int B = step < p->steps / 2 ? p->batch : p->batch * p->grow;
        Mat real = mixture_sample(&s->data, B, NULL, &g.data, &g.mem);
        mat_scale(real, 1 / p->unit);
        Mat fake = net_forward(&g.G, mat_noise(&g.mem, B, p->z, &g.noise), &tg);
        if (k->noise > 0) {             /* fakes keep theirs from D's step to G's */
            Mat eps = mat_noise(&g.mem, B, 2, &g.noise);
            real = instance_noise(real, eps, k->noise, step, noise_ends, &g.mem);
            eps = mat_noise(&g.mem, B, 2, &g.noise);
            fake = instance_noise(fake, eps, k->noise, step, noise_ends, &g.mem);
        }
        if (k->decay) {
            g.opt_g.lr = cosine_decay(p->lr, step, p->steps);
            g.opt_d.lr = p->lead * g.opt_g.lr;
        }
        float loss = d_step(&g, k, pack(real, k->pack, &g.mem), pack(fake, k->pack, &g.mem));
        g_step(&g, k, fake, &tg);
        if (k->average) net_average(&g.E, &g.G, step < 100 ? 0 : p->keep);
        if (step % NOTE == 0) note_loss(s, seat, step, loss, k->title);
    }
    arena_reset(&g.mem);
    Mat z = mat_noise(&g.mem, s->samples, p->z, &g.noise);
    Mat x = net_eval(k->average ? &g.E : &g.G, z, &g.mem);
    mat_set(mat_rows(s->x, seat * s->samples, s->samples), x);
    arena_free(&g.keep);
    arena_free(&g.mem);
}

/* Plays all games of a study on all cores, and scores them; NULL if it was interrupted. */
static ModeScore *run_study(Lab *lab, Study *s, Arena *keep)
{
    int games = s->tricks * s->seeds;
    ModeScore *score = arena_alloc(keep, (size_t)games * sizeof *score);
    s->x = mat_new(keep, games * s->samples, 2);
    s->loss = mat_zeros(keep, games, (int)((s->plan.steps + NOTE - 1) / NOTE));
    PARALLEL_IF(games > 1, for (int r = 0; r < games; r++) play(s, r, lab->seed);)
    progress(1, 1, "%s", s->name);
    if (lab_stopping()) return NULL;

    mat_scale(s->x, s->plan.unit);
    int shape[] = {s->tricks, s->seeds, s->samples, 2}, one = s->tricks == 1;
    char *file = name_of(keep, "samples_%s.npy", s->name);
    npy_write_f32(lab->out, file, s->x.a, 4 - one, shape + one);        // one trick: no axis for it
    Csv *csv = csv_open(lab->out, name_of(keep, "scores_%s.csv", s->name),
                        "trick,name,seed,modes,hq,revkl,width");
    for (int i = 0; i < games; i++) {
        int which = i / s->seeds, seed = i % s->seeds + 1;
        ModeScore c = mode_score(mat_rows(s->x, i * s->samples, s->samples), &s->data);
        score[i] = c;
        csv_row(csv, "%d,%s,%d,%d,%.5g,%.5g,%.4g", which, s->trick[which].name, seed, c.modes, c.hq,
                c.revkl, c.width);
    }
    csv_close(csv);
    return score;
}

/* ---- what came out ---- */

/* A number of each seed, and its difference to that of the first trick at the same seed: means,
 * and half of the 95 % interval of the difference. */
typedef struct { double mean, effect, half; } Effect;

static Effect effect_of(const double *value, const double *plain, int seeds)
{
    double difference[SEEDS], unused;
    for (int s = 0; s < seeds; s++) difference[s] = value[s] - plain[s];
    Effect e = {.mean = mean_interval(value, seeds, &unused)};
    e.effect = mean_interval(difference, seeds, &e.half);
    return e;
}

/* Modes found and share of samples near a mode, trick by trick, against the plain game. */
static void report_effects(Lab *lab, const Study *s, const ModeScore *score, Csv *csv)
{
    static const char *const what[2] = {"modes", "hq"}, *const unit[2] = {"modes", "share"};
    double value[2][TRICKS][SEEDS];
    for (int k = 0; k < s->tricks; k++)
        for (int j = 0; j < s->seeds; j++) {
            value[0][k][j] = score[k * s->seeds + j].modes;
            value[1][k][j] = score[k * s->seeds + j].hq;
        }
    for (int k = 0; k < s->tricks; k++)
        for (int w = 0; w < 2; w++) {
            const char *name = s->trick[k].name, *title = s->trick[k].title;
            Effect e = effect_of(value[w][k], value[w][0], s->seeds);
            lab_metric(lab, unit[w], e.mean, "%s_%s_%s", what[w], s->name, name);
            if (k > 0) {
                lab_metric(lab, unit[w], e.effect, "effect_%s_%s_%s", what[w], s->name, name);
                lab_metric(lab, unit[w], e.half, "interval_%s_%s_%s", what[w], s->name, name);
            }
            if (csv)
                csv_row(csv, "%s,%d,%s,%s,%.5g,%.5g,%.5g", s->name, k, title, what[w], e.mean,
                        e.effect, e.half);
            bool more_than_luck = k > 0 && fabs(e.effect) > e.half;
            printf("%s  %-21s %-5s %7.3f  %+7.3f ± %.3f%s\n", s->name, title, what[w], e.mean,
                   e.effect, e.half, more_than_luck ? "*" : "");
        }
}

/* The record counts by its worst seed. */
static void report_worst(Lab *lab, const Study *s, const ModeScore *score)
{
    ModeScore worst = {MODES, 1, 0, 0};
    for (int i = 0; i < s->seeds; i++) {
        ModeScore c = score[i];
        if (c.modes < worst.modes) worst.modes = c.modes;
        worst.hq = fmin(c.hq, worst.hq);
        worst.revkl = fmax(c.revkl, worst.revkl);
        printf("seed %d: %d modes, %.2f %% near, KL %.4f, width %.2f\n", i + 1, c.modes, 100 * c.hq,
               c.revkl, c.width);
    }
    lab_metric(lab, "worst seed", worst.modes, "modes_%s", s->name);
    lab_metric(lab, "worst seed", worst.hq, "hq_%s", s->name);
    lab_metric(lab, "worst seed", worst.revkl, "revkl_%s", s->name);
}

/* Every trick alone on one kind of data. */
static void ablation(Lab *lab, const char *name, Mixture data, Plan plan, Csv *csv, Arena *keep)
{
    Study s = {name, data, trick, TRICKS, lab->quick ? 2 : SEEDS, 2000, .plan = plan};
    ModeScore *score = run_study(lab, &s, keep);
    if (score) report_effects(lab, &s, score, csv);
}

static void show_failure(Lab *lab, Plan plan, Arena *keep)
{
    Study s = {"thin", mixture_ring(8, 1, .01f), failing, 2, 3, 500, .plan = plan};
    ModeScore *score = run_study(lab, &s, keep);
    if (!score) return;
    plot_failure(lab, s.loss, keep);
    report_effects(lab, &s, score, NULL);
}

/* The data of the PacGAN paper, five seeds, 10,000 samples each. */
static void record(Lab *lab, const Tricks *all, Mixture data, Plan plan, Arena *keep)
{
    Study s = {all->name, data, all, 1, 5, 10000, .plan = plan};
    ModeScore *score = run_study(lab, &s, keep);
    if (score) report_worst(lab, &s, score);
}

/* ---- the story ---- */

static void try_batch_tricks(Rng *rng, Arena *mem)
{
    Mixture ring = mixture_ring(8, 2, .1f), one = mixture_ring(1, 2, .1f);
    Mat all = mixture_sample(&ring, 128, NULL, rng, mem);               // (128,2)
    Mat few = mixture_sample(&one, 128, NULL, rng, mem);                // (128,2): collapsed
    Mat seen = minibatch_std(all, mem), collapsed = minibatch_std(few, mem);    // (128,3)
    Mat push = minibatch_std_back(few, collapsed, mem);
    printf("8 modes vary by %.2f, one by %.2f; %d samples are %d pairs\n", seen.a[2],
           collapsed.a[2], push.n, pack(few, 2, mem).n);
}

/* D(x) = w . x has the slope w everywhere, and the spectral norm |w|. */
static void try_bounds(Lab *lab, Rng *rng, Arena *keep, Arena *mem)
{
    Net D = net_new("D", (Shape){1, 1, 2}, keep);
    net_linear(&D, 1, 1, rng);
    Mat x = mat_noise(keep, 64, 2, rng), w = D.layer[0].w.v, u = mat_noise(keep, 1, 2, rng);
    double r1 = (double)gradient_penalty(&D, x, 2, mem), length = (double)mat_norm(w);
    float sigma = spectral_norm(w, u, 1, mem);
    printf("|w| %.4f; R1 %.4f = %.4f squared; sigma %.4f\n", length, r1, sqrt(r1), sigma);
    lab_metric(lab, "relative", fabs(sqrt(r1) / length - 1), "penalty_error");
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "09_gan_tricks", .title = "which tricks work",
        .epochs = 100, .batch = 128, .quick_epochs = 1, .full_epochs = 400,
        .steps = "smoothing noise batch bounds ablation failure record",
        .failures = "no-noise",
        .result = "modes_easy_grid_plain",
    };
    Lab *lab = lab_open(argc, argv, &info);
    check(lab->batch % 2 == 0, "09_gan_tricks: --batch %d does not make packs of two\n"
          "  hint: an even number", lab->batch);
    Arena keep = arena_new("keep", MB(256)), mem = arena_new("step", MB(64));
    Rng rng = rng_new(lab->seed);

    STEP("smoothing") {                                 /* the best D, from what it is asked for */
        Csv *csv = csv_open(lab->out, "smoothing.csv", "trick,x,p,q,d");
        for (int k = 0; k < 3; k++)
            plot_smoothing(csv, trick[k].name, trick[k].real, trick[k].fake, &mem);
        csv_close(csv);
    }
    /*%% fig 09_gan_tricks-smoothing
    The best D for data $p$ and fakes $q$. One-sided smoothing scales it. Two-sided smoothing also
    lifts it where there are only fakes. */
    STEP("noise") plot_noise(lab, &rng, &mem);
    /*%% fig 09_gan_tricks-noise
    How often the best D is right. Without noise it does not matter how close the fakes are: nothing
    to learn from. */
    STEP("batch") try_batch_tricks(&rng, &mem);
    STEP("bounds") try_bounds(lab, &rng, &keep, &mem);
    /*%% md
    ## On and off
    Every trick alone against the plain game, at the same seeds: same start of G, same data. A star:
    the interval leaves out zero. */
    int epochs = lab->full ? info.epochs : lab->epochs; // --full prolongs the record alone
    Plan easy = {.z = 2, .hidden = 64, .layers = 2, .batch = lab->batch, .grow = 1,
                 .steps = 100L * epochs, .lr = 3e-3f, .lead = 1, .beta1 = .5f, .unit = 2,
                 .keep = .998f};
    if (!lab->failure) STEP("ablation") {
        Csv *csv = csv_open(lab->out, "effects.csv", "set,trick,title,what,mean,effect,half");
        ablation(lab, "easy_ring", mixture_ring(8, 2, .1f), easy, csv, &keep);
        ablation(lab, "easy_grid", mixture_grid(5, 1.5f, .1f), easy, csv, &keep);
        csv_close(csv);
    }
    /*%% fig 09_gan_tricks-effects
    Modes found, less those of the plain game at the same seed: a point per seed, mean and 95 %
    interval. */
    /*%% fig 09_gan_tricks-table
    The same in numbers, with the share of samples near a mode. Pale: no effect that six seeds can
    tell from luck. */
    if (lab->failure) STEP("failure") {
        Plan eager = easy;                              // D learns ten times as fast as G
        eager.lr = 3e-4f;
        eager.lead = 10;
        show_failure(lab, eager, &keep);
    }
    if (lab->full) STEP("record") {
        Plan ring = {.z = 2, .hidden = 128, .layers = 3, .batch = 2 * lab->batch, .grow = 4,
                     .steps = 100L * lab->epochs, .lr = 5e-4f, .lead = 2, .beta1 = 0, .unit = 1,
                     .keep = .999f};                    // D twice as fast: see the handout
        Plan grid = ring;
        grid.unit = 4;
        grid.lr = 1e-3f;
        grid.lead = 1;
        record(lab, &record_ring, mixture_ring(8, 1, .01f), ring, &keep);
        record(lab, &record_grid, mixture_grid(5, 2, .05f), grid, &keep);
    }
    arena_free(&keep);
    arena_free(&mem);
    return lab_close(lab);
}
