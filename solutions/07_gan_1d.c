/* 07_gan_1d: learning by comparison, on the line.
 *
 * Learn    a discriminator is an estimate of a density ratio; a generator can learn from it alone; and why the loss of both is a game.
 * Write    five functions, marked TODO, in this order; labs/07_gan_1d.h says what each must do, `make test-07` tests them.
 * Run      `make 07` builds this file, runs it and draws its figures in out/figures/; the README has the one-line cc command.
 * Writes   out/07_gan_1d/: csv for the figures, metrics.csv, grid.npy and logit.npy, samples.npy (5,20000), weights of D and the five G
 * Takes    about 50 s on two cores; --quick 3 s
 * Expect   v_error below .01 nat, logit_rmse below .15; w1 below .03 sigma and js below .003 for the worst of five seeds
 *
 * Letters  x points, p data, q generator, D(x) in (0,1), v its logit, z noise, B batch. Everything is a column (n,1).
 */
#include "07_gan_1d.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/*%% md
## The best discriminator

Draw a point from $p$ or from $q$, with even chances, and ask which it was. Whoever knows both densities answers
$$ D^*(x) = \frac{p(x)}{p(x) + q(x)} , $$
and nobody can do better. So a discriminator trained well enough *is* a density ratio: $p/q = D/(1-D)$, and its logit is $\log p/q$.
*/
Mat optimal_d(Mat p, Mat q, Arena *mem)
{
#ifdef SOLUTION
    Mat d = mat_new(mem, p.n, p.d);
    for (size_t i = 0; i < mat_size(d); i++) {
        float sum = p.a[i] + q.a[i];
        d.a[i] = sum > 0 ? p.a[i] / sum : .5f;
    }
    return d;
#else
    TODO("return p / (p + q), and 1/2 where both are 0");
#endif
}

Mat ratio_from_d(Mat d, Arena *mem)
{
#ifdef SOLUTION
    Mat ratio = mat_new(mem, d.n, d.d);
    for (size_t i = 0; i < mat_size(d); i++) ratio.a[i] = d.a[i] / (1 - d.a[i]);
    return ratio;
#else
    TODO("solve D = p / (p + q) for p / q");
#endif
}

/*%% md
## Two losses

$D$ is an ordinary classifier, trained by cross-entropy on logits. At $D^*$ its loss is $\ln 4 - 2\,\mathrm{JS}(p,q)$: what $D$ can save
measures how far apart $p$ and $q$ are, and that is what $G$ is told. $G$ may minimise $\log(1-D)$, the same number that $D$ maximises.
But look at the slope: where $D$ is sure of a fake it is flat. Maximising $\log D$ instead has the same fixed point, and is steep there.
*/
DLoss d_loss(Mat real, Mat fake, Arena *mem)
{
#ifdef SOLUTION
    DLoss loss = {.dreal = mat_new(mem, real.n, 1), .dfake = mat_new(mem, fake.n, 1)};
    double up = 0, down = 0;
    for (int i = 0; i < real.n; i++) {              // -log sigma(v), slope -(1 - sigma) = -sigma(-v)
        float v = real.a[i], e = expf(-fabsf(v));
        up += (double)(fmaxf(-v, 0) + log1pf(e)) / real.n;
        loss.dreal.a[i] = -(v > 0 ? e : 1) / (1 + e) / (float)real.n;
    }
    for (int i = 0; i < fake.n; i++) {              // -log(1 - sigma(v)), slope sigma
        float v = fake.a[i], e = expf(-fabsf(v));
        down += (double)(fmaxf(v, 0) + log1pf(e)) / fake.n;
        loss.dfake.a[i] = (v > 0 ? 1 : e) / (1 + e) / (float)fake.n;
    }
    loss.value = (float)(up + down);
    return loss;
#else
    TODO("add the means of -log sigma(real) and -log(1 - sigma(fake)) without overflow; fill dreal and dfake");
#endif
}

Loss g_loss(Mat fake, bool saturating, Arena *mem)
{
#ifdef SOLUTION
    Loss loss = {.grad = mat_new(mem, fake.n, 1)};
    double sum = 0;
    for (int i = 0; i < fake.n; i++) {
        float v = fake.a[i], e = expf(-fabsf(v)), sigma = (v > 0 ? 1 : e) / (1 + e), rest = (v > 0 ? e : 1) / (1 + e);
        sum += (double)(saturating ? -fmaxf(v, 0) - log1pf(e) : fmaxf(-v, 0) + log1pf(e));
        loss.grad.a[i] = -(saturating ? sigma : rest) / (float)fake.n;
    }
    loss.value = (float)(sum / fake.n);
    return loss;
#else
    TODO("saturating: mean log(1 - sigma), slope -sigma / B; else: mean -log sigma, slope -(1 - sigma) / B; no overflow");
#endif
}

/*%% md
## The smallest game

Two players and one number, $f(x,y) = xy$: $y$ wants it large, $x$ small. The only equilibrium is the origin. If both follow their gradients
at the same time, the point spirals outwards: $x^2+y^2$ grows by $1+\eta^2$ in each step. If they take turns, it circles for ever, and
$x^2+y^2+\eta xy$ never changes. No loss goes down in either case, and nothing is wrong: that is what a game looks like.
*/
void game_step(float *x, float *y, float eta, bool alternating)
{
#ifdef SOLUTION
    float old_y = *y;
    *y += eta * *x;
    *x -= eta * (alternating ? *y : old_y);
#else
    TODO("y climbs by eta x; x descends by eta times the old y, or by the new one when they take turns");
#endif
}

/* ---- densities on the line ---- */

typedef struct { int n; float weight[4], mean[4], sd[4]; } Line;    /* a mixture of Gaussians */
static const Line target = {2, {.5f, .5f}, {-1.4f, 1.4f}, {.7f, .7f}}, unit = {1, {1}, {0}, {1}};

static double density(const Line *m, double x)
{
    double sum = 0;
    for (int k = 0; k < m->n; k++) {
        double t = (x - (double)m->mean[k]) / (double)m->sd[k];
        sum += (double)m->weight[k] * exp(-.5 * t * t) / ((double)m->sd[k] * 2.5066282746310002);
    }
    return sum;
}

static double cumulative(const Line *m, double x)
{
    double sum = 0;
    for (int k = 0; k < m->n; k++) sum += .5 * (double)m->weight[k] * erfc(((double)m->mean[k] - x) / (double)m->sd[k] / 1.4142135623730951);
    return sum;
}

static Mat draw(const Line *m, int n, Rng *rng, Arena *mem)
{
    Mat x = mat_noise(mem, n, 1, rng);
    for (int i = 0; i < n; i++) {
        float u = rng_uniform(rng);
        int k = 0;
        while (k + 1 < m->n && u >= m->weight[k]) u -= m->weight[k++];
        x.a[i] = m->mean[k] + m->sd[k] * x.a[i];
    }
    return x;
}

enum { GRID = 1201 };                               /* points of every curve, from -6 to 6, 0.01 apart */
static float at(int i) { return -6 + .01f * (float)i; }

static Mat on_grid(const Line *m, Arena *mem)
{
    Mat p = mat_new(mem, GRID, 1);
    for (int i = 0; i < GRID; i++) p.a[i] = (float)density(m, (double)at(i));
    return p;
}

/* E_p log D + E_q log(1 - D) by quadrature: what D wants large. At D* it is -ln 4 + 2 JS(p, q). */
static double game_value(Mat p, Mat q, Mat d)
{
    double sum = 0;
    for (int i = 0; i < GRID; i++) {
        double D = fmin(fmax((double)d.a[i], 1e-12), 1 - 1e-9);
        sum += .01 * ((double)p.a[i] * log(D) + (double)q.a[i] * log(1 - D));
    }
    return sum;
}

/* ---- nets and steps ---- */

static Net small_net(const char *name, Arena *keep, Rng *rng)       /* 1 -> 64 -> 64 -> 1 */
{
    Net net = net_new(name, (Shape){1, 1, 1}, keep);
    net_dense(&net, 64, rng), net_lrelu(&net, .2f), net_dense(&net, 64, rng), net_lrelu(&net, .2f), net_dense(&net, 1, rng);
    return net;
}

static float d_step(Net *D, Mat real, Mat fake, Adam *opt, Arena *mem)
{
    Trace tr = trace(mem), tf = trace(mem);
    Mat up = net_forward(D, real, &tr), down = net_forward(D, fake, &tf);
    DLoss L = d_loss(up, down, mem);
    net_zero_grad(D);
    net_backward(D, L.dreal, &tr, WRT_PARAMS);
    net_backward(D, L.dfake, &tf, WRT_PARAMS);
    adam_step(D, opt);
    return L.value;
}

static float g_step(Net *G, Net *D, Mat fake, Trace *tg, bool saturating, Adam *opt, Arena *mem)
{
    Trace td = trace(mem);
    Loss L = g_loss(net_forward(D, fake, &td), saturating, mem);
    net_zero_grad(G);
    net_backward(G, net_backward(D, L.grad, &td, WRT_INPUT), tg, WRT_PARAMS);
    adam_step(G, opt);
    return L.value;
}

static Mat d_on_grid(Net *D, Arena *mem)            /* (GRID,1), probabilities */
{
    Mat x = mat_new(mem, GRID, 1);
    for (int i = 0; i < GRID; i++) x.a[i] = at(i);
    Mat v = net_eval(D, x, mem);
    for (int i = 0; i < GRID; i++) v.a[i] = 1 / (1 + expf(-v.a[i]));
    return v;
}

/* ---- how far G's points are from the target ---- */

enum { SAMPLES = 20000, BINS = 60 };
static int rising(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Wasserstein-1 distance: how far the mass has to be carried, by sorted points against the target's quantiles. Sorts x. */
static double w1(Mat x, const Line *m)
{
    qsort(x.a, (size_t)x.n, sizeof *x.a, rising);
    double sum = 0, q = -20;
    for (int i = 0; i < x.n; i++) {                 /* quantiles rise, so one walk finds them all */
        while (cumulative(m, q) < (i + .5) / x.n) q += .001;
        sum += fabs((double)x.a[i] - q) / x.n;
    }
    return sum;
}

/* Jensen-Shannon divergence in nats, by counts in bins of 0.2 from -6 to 6. */
static double js(Mat x, const Line *m)
{
    double count[BINS] = {0}, sum = 0;
    for (int i = 0; i < x.n; i++) count[(int)fminf(fmaxf((x.a[i] + 6) * 5, 0), BINS - 1)] += 1. / x.n;
    for (int k = 0; k < BINS; k++) {
        double p = cumulative(m, -5.8 + .2 * k) - cumulative(m, -6 + .2 * k), q = count[k], half = (p + q) / 2;
        sum += .5 * ((p > 0 ? p * log(p / half) : 0) + (q > 0 ? q * log(q / half) : 0));
    }
    return sum;
}

static double spread(Mat x)
{
    double mean = 0, square = 0;
    for (int i = 0; i < x.n; i++) mean += (double)x.a[i] / x.n, square += (double)x.a[i] * (double)x.a[i] / x.n;
    return sqrt(square - mean * mean);
}

/* ---- training ---- */

typedef struct { int steps, d_steps, batch; bool saturating; Csv *progress, *frames, *curves; const char *run; } Plan;

/* One picture of the movie: where 101 evenly spread z go, and D. */
static void write_frame(Plan plan, int frame, int step, Net *G, Net *D, Arena *mem)
{
    Mat z = mat_new(mem, 101, 1), d = d_on_grid(D, mem);
    for (int i = 0; i < z.n; i++) {                 /* normal quantiles by bisection */
        double lo = -5, hi = 5;
        for (int k = 0; k < 40; k++) *(cumulative(&unit, (lo + hi) / 2) < (i + .5) / z.n ? &lo : &hi) = (lo + hi) / 2;
        z.a[i] = (float)lo;
    }
    Mat x = net_eval(G, z, mem);
    for (int i = 0; i < z.n; i++) csv_row(plan.frames, "%d,%d,%.4g,%.5g", frame, step, (double)z.a[i], (double)x.a[i]);
    for (int i = 0; i < GRID; i += 8) csv_row(plan.curves, "%d,%.4g,%.4g,%.4g", frame, (double)at(i), density(&target, (double)at(i)), (double)d.a[i]);
}

/* The game: plan.d_steps of D, one of G; E is the average of G. */
static void play(Net *G, Net *D, Net *E, Plan plan, Rng *rng, Arena *mem)
{
    enum { FRAMES = 36 };
    Adam opt_g = {.beta1 = .5f, .beta2 = .999f, .eps = 1e-8f}, opt_d = opt_g;
    int frame = 0;
    net_average(E, G, 0);
    for (int step = 0; step <= plan.steps && !lab_stopping(); step++) {
        arena_reset(mem);
        if (plan.frames && step * (FRAMES - 1) * (FRAMES - 1) >= frame * frame * plan.steps) write_frame(plan, frame++, step, G, D, mem);
        if (step % 100 == 0 && plan.progress) {
            Rng look = rng_new(7);
            csv_row(plan.progress, "%s,%d,%.5g", plan.run, step, js(net_eval(E, mat_noise(mem, SAMPLES / 4, 1, &look), mem), &target));
        }
        if (step == plan.steps) break;
        opt_g.lr = opt_d.lr = cosine_decay(2e-3f, step, plan.steps);
        float dl = 0, gl = 0;
        for (int k = 0; k < plan.d_steps; k++) {
            Trace tg = trace(mem);
            Mat fake = net_forward(G, mat_noise(mem, plan.batch, 1, rng), &tg);
            dl = d_step(D, draw(&target, plan.batch, rng, mem), fake, &opt_d, mem);
            if (k == plan.d_steps - 1) gl = g_step(G, D, fake, &tg, plan.saturating, &opt_g, mem);
        }
        lab_finite("D's or G's loss", (double)(dl + gl), step);
        net_average(E, G, step < 1000 ? .99f : .999f);
        if (step % 50 == 0) progress(step, plan.steps, "%s  D %.3f  G %.3f", plan.run, (double)dl, (double)gl);
    }
    progress(1, 1, "%s", plan.run);
}

/* The generator with one number, x = z + theta, started 6 away. D is sure of it at first. Returns theta at the end. */
static float chase(Csv *csv, bool saturating, Rng *rng, Arena *keep, Arena *mem)
{
    enum { B = 128, STEPS = 400, AHEAD = 3000 };
    Net D = small_net("D", keep, rng);
    Adam opt = {.lr = 2e-3f, .beta1 = .5f, .beta2 = .999f, .eps = 1e-8f};
    float theta = 6;
    for (int step = -AHEAD; step < STEPS && !lab_stopping(); step++) {
        arena_reset(mem);
        Mat real = draw(&unit, B, rng, mem), fake = draw(&unit, B, rng, mem);
        for (int i = 0; i < B; i++) fake.a[i] += theta;
        d_step(&D, real, fake, &opt, mem);
        if (step < 0) continue;                     /* D learns alone at first */
        csv_row(csv, "%s,%d,%.5g", saturating ? "saturating" : "nonsaturating", step, (double)theta);
        Trace t = trace(mem);
        Loss L = g_loss(net_forward(&D, fake, &t), saturating, mem);
        Mat dfake = net_backward(&D, L.grad, &t, WRT_INPUT);
        for (int i = 0; i < B; i++) theta -= .1f * dfake.a[i];          /* plain descent: Adam would blow a vanishing gradient up again */
    }
    return theta;
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "07_gan_1d", .title = "learning by comparison, on the line", .epochs = 5000, .batch = 256, .quick_epochs = 300,
        .steps = "best estimate slopes game chase train pace",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(64)), mem = arena_new("step", MB(128));
    Rng rng = rng_new(lab->seed);
    Csv *csv;

    STEP("best") {
        csv = csv_open(lab->out, "best.csv", "pane,x,p,q,d");
        printf("distance   JS(p,q)   value at D*\n");
        for (int pane = 0; pane < 5; pane++) {
            Line other = {1, {1}, {(float)(4 - pane)}, {1}};
            Mat p = on_grid(&unit, &mem), q = on_grid(&other, &mem), d = optimal_d(p, q, &mem);
            double v = game_value(p, q, d);
            printf("%5d      %.4f    %8.4f\n", 4 - pane, (v + log(4)) / 2, v);
            for (int i = 0; i < GRID; i += 4)
                csv_row(csv, "%d,%.4g,%.4g,%.4g,%.4g", pane, (double)at(i), (double)p.a[i], (double)q.a[i], (double)d.a[i]);
            csv_gap(csv);
        }
        csv_close(csv);
    }
    /*%% fig 07_gan_1d-best
    The best discriminator against two Gaussians that come closer. When they meet it can only shrug: 1/2 everywhere. */
    /*%% md
    **An estimate.** Nobody shows $D$ the densities. It sees samples only, learns by `d_loss`, and ends up close to $D^*$ wherever there are any. */
    STEP("estimate") {
        arena_reset(&mem);
        static const Line other = {1, {1}, {.5f}, {1.5f}};
        enum { B = 1024 };
        int steps = lab->quick ? 300 : 6000;
        Net D = small_net("D", &keep, &rng);
        Adam opt = adam(0);
        for (int step = 0; step < steps && !lab->load && !lab_stopping(); step++) {
            arena_reset(&mem);
            opt.lr = cosine_decay(4e-3f, step, steps);
            float loss = d_step(&D, draw(&target, B, &rng, &mem), draw(&other, B, &rng, &mem), &opt, &mem);
            lab_finite("D's loss", (double)loss, step);
            if (step % 50 == 0) progress(step, steps, "D alone  %.4f", (double)loss);
        }
        if (lab->load) net_read(&D, lab->load);
        net_write(&D, lab->out);
        arena_reset(&mem);
        Mat p = on_grid(&target, &mem), q = on_grid(&other, &mem), best = optimal_d(p, q, &mem), d = d_on_grid(&D, &mem);
        Mat ratio = ratio_from_d(d, &mem);
        double error = fabs(game_value(p, q, d) - game_value(p, q, best)), square = 0;
        csv = csv_open(lab->out, "estimate.csv", "x,p,q,log_ratio,estimate");
        for (int i = 0; i < GRID; i++) {
            double want = log((double)p.a[i] / (double)q.a[i]), got = log((double)ratio.a[i]);
            square += .01 * .5 * (double)(p.a[i] + q.a[i]) * (got - want) * (got - want);
            if (i % 4 == 0) csv_row(csv, "%.4g,%.4g,%.4g,%.5g,%.5g", (double)at(i), (double)p.a[i], (double)q.a[i], want, got);
        }
        csv_close(csv);
        printf("value of the game %.4f, at D* %.4f; logit off by %.3f (root mean square over the points)\n", game_value(p, q, d), game_value(p, q, best), sqrt(square));
        npy_write(lab->out, "d_grid.npy", mat_join(&mem, mat_join(&mem, p, q), d));     /* (1201,3) */
        lab_metric(lab, "nats", error, "v_error");
        lab_metric(lab, "nats", sqrt(square), "logit_rmse");
    }
    /*%% fig 07_gan_1d-estimate
    The log ratio of two densities and what $D$ makes of samples. Where neither has points it may say anything. */
    STEP("slopes") {
        csv = csv_open(lab->out, "slopes.csv", "logit,minimax_loss,other_loss,minimax_slope,other_slope");
        for (int i = 0; i <= 160; i++) {
            Mat v = {1, 1, (float[]){-8 + .1f * (float)i}};
            Loss a = g_loss(v, true, &mem), b = g_loss(v, false, &mem);
            csv_row(csv, "%.3g,%.5g,%.5g,%.5g,%.5g", (double)v.a[0], (double)a.value, (double)b.value, (double)a.grad.a[0], (double)b.grad.a[0]);
        }
        csv_close(csv);
    }
    /*%% fig 07_gan_1d-slopes
    What G feels, against D's logit. A bad fake (left) gets no push from the minimax loss, and the full push from the other. */
    STEP("game") {
        csv = csv_open(lab->out, "game.csv", "run,step,x,y");
        for (int alternating = 0; alternating < 2; alternating++) {
            float x = 1, y = 0, eta = .2f;
            for (int step = 0; step <= 120; step++) {
                csv_row(csv, "%s,%d,%.5g,%.5g", alternating ? "alternating" : "simultaneous", step, (double)x, (double)y);
                game_step(&x, &y, eta, alternating);
            }
            printf("%-13s from 1 to radius %.3f after 121 steps\n", alternating ? "alternating" : "simultaneous", hypot((double)x, (double)y));
        }
        csv_close(csv);
    }
    /*%% fig 07_gan_1d-game
    The game $xy$: at the same time, the players drive each other outwards; in turn, they circle. */
    STEP("chase") {
        csv = csv_open(lab->out, "chase.csv", "run,step,theta");
        for (int saturating = 0; saturating < 2; saturating++) {
            float theta = chase(csv, saturating, &rng, &keep, &mem);
            printf("%-14s theta from 6 to %.3f\n", saturating ? "saturating" : "not saturating", (double)theta);
            lab_metric(lab, "sd", (double)fabsf(theta), "distance_%s", saturating ? "saturating" : "nonsaturating");
        }
        csv_close(csv);
    }
    /*%% fig 07_gan_1d-chase
    A generator with one number, six standard deviations away. The minimax loss leaves it there. */
    STEP("train") {
        enum { SEEDS = 5 };
        double worst[2] = {0}, lo = 9, hi = 0;
        Mat all = mat_new(&keep, SEEDS, SAMPLES);
        csv = csv_open(lab->out, "training.csv", "run,step,js");
        for (int seed = 0; seed < SEEDS && !lab_stopping(); seed++) {
            char name[8];
            snprintf(name, sizeof name, "G%d", seed + 1);
            Rng own = rng_new(lab->seed * 100 + (uint64_t)seed);
            Net G = small_net(name, &keep, &own), E = small_net(name, &keep, &own), D = small_net("D", &keep, &own);
            Plan plan = {lab->epochs, 2, lab->batch, false, csv, .run = name};
            if (seed == 0 && !lab->load) {
                plan.frames = csv_open(lab->out, "frames.csv", "frame,step,z,x");
                plan.curves = csv_open(lab->out, "curves.csv", "frame,x,p,d");
            }
            if (lab->load) net_read(&E, lab->load);
            else play(&G, &D, &E, plan, &own, &mem);
            if (plan.frames) csv_close(plan.frames), csv_close(plan.curves);
            net_write(&E, lab->out);
            arena_reset(&mem);
            Rng fresh = rng_new(lab->seed + 5000);
            Mat x = net_eval(&E, mat_noise(&mem, SAMPLES, 1, &fresh), &mem), mine = mat_rows(all, seed, 1);
            mat_set(mat_reshape(mine, SAMPLES, 1), x);
            double sigma = 1.5652476, w = w1(x, &target) / sigma, divergence = js(x, &target), ratio = spread(x) / sigma;
            printf("seed %d: W1 %.4f sigma, JS %.5f, sd ratio %.3f\n", seed + 1, w, divergence, ratio);
            worst[0] = fmax(worst[0], w), worst[1] = fmax(worst[1], divergence), lo = fmin(lo, ratio), hi = fmax(hi, ratio);
        }
        csv_close(csv);
        npy_write(lab->out, "samples.npy", all);
        lab_metric(lab, "sigma", worst[0], "w1");
        lab_metric(lab, "nats", worst[1], "js");
        lab_metric(lab, "relative", lo, "sd_ratio_min");
        lab_metric(lab, "relative", hi, "sd_ratio_max");
    }
    arena_free(&keep), arena_free(&mem);
    return lab_close(lab);
}
