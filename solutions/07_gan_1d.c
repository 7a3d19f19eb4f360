/* 07_gan_1d: learning by comparison, on the line.
 *
 * Learn    a discriminator is an estimate of a density ratio; a generator can learn from it alone; and why the loss of both is a game.
 * Write    five functions, marked TODO, in this order; labs/07_gan_1d.h says what each must do, `make test-07` tests them.
 * Run      `make 07` builds this file, runs it and draws its figures in out/figures/; the README has the one-line cc command.
 * Writes   out/07_gan_1d/: csv for the figures, metrics.csv, estimate.npy (1201,5: x, p, q, D, p/q), samples.npy (5,20000), weights
 * Takes    about 35 s on two cores; --quick 3 s
 * Expect   v_error below .01 nat, logit_rmse below .15; w1 below .03 sigma and js below .003 for the worst of five seeds
 *
 * Letters  x points, p data, q generator, D(x) in (0,1), v its logit, z noise, B batch. Everything is a column (n,1).
 */
#include "07_gan_1d.h"
#include <math.h>
#include <stdio.h>

/*%% md
## The best discriminator

Draw a point from $p$ or from $q$, with even chances, and ask which it was. Whoever knows both densities answers
$$ D^*(x) = \frac{p(x)}{p(x) + q(x)} , $$
and nobody can do better. So a discriminator trained well enough *is* a density ratio: $p/q = D/(1-D)$, and its logit is $\log p/q$.
*/
Mat optimal_d(Mat p, Mat q, Arena *mem)
{
#ifdef SOLUTION
    Mat d = mat_new(mem, p.n, 1);
    for (int i = 0; i < p.n; i++) d.a[i] = p.a[i] + q.a[i] > 0 ? p.a[i] / (p.a[i] + q.a[i]) : .5f;
    return d;
#else
    TODO("return p / (p + q), and 1/2 where both are 0");
#endif
}

Mat ratio_from_d(Mat d, Arena *mem)
{
#ifdef SOLUTION
    Mat ratio = mat_new(mem, d.n, 1);
    for (int i = 0; i < d.n; i++) ratio.a[i] = d.a[i] / (1 - d.a[i]);
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
    DLoss loss = {0, mat_new(mem, real.n, 1), mat_new(mem, fake.n, 1)};
    double up = 0, down = 0;
    for (int i = 0; i < real.n; i++) {
        up += (double)softplus(-real.a[i]) / real.n;
        loss.dreal.a[i] = -sigma(-real.a[i]) / (float)real.n;
    }
    for (int i = 0; i < fake.n; i++) {
        down += (double)softplus(fake.a[i]) / fake.n;
        loss.dfake.a[i] = sigma(fake.a[i]) / (float)fake.n;
    }
    loss.value = (float)(up + down);
    return loss;
#else
    TODO("add the means of -log sigma(real) and -log(1 - sigma(fake)) by softplus; fill dreal and dfake");
#endif
}

Loss g_loss(Mat fake, bool saturating, Arena *mem)
{
#ifdef SOLUTION
    Loss loss = {.grad = mat_new(mem, fake.n, 1)};
    double sum = 0;
    for (int i = 0; i < fake.n; i++) {
        float v = fake.a[i];
        sum += (double)(saturating ? -softplus(v) : softplus(-v)) / fake.n;
        loss.grad.a[i] = -(saturating ? sigma(v) : sigma(-v)) / (float)fake.n;
    }
    loss.value = (float)sum;
    return loss;
#else
    TODO("saturating: mean log(1 - sigma), slope -sigma / B; else: mean -log sigma, slope -(1 - sigma) / B; by softplus");
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

/* ---- what is known exactly ---- */

static const Line target = {2, {.5f, .5f}, {-1.4f, 1.4f}, {.7f, .7f}}, unit = {1, {1}, {0}, {1}};
enum { GRID = 1201 };                               /* points of every curve, from -6 to 6 */
static const double spacing = .01;

/* E_p log D + E_q log(1 - D) by quadrature: what D wants large. At D* it is -ln 4 + 2 JS(p, q). */
static double game_value(Mat p, Mat q, Mat d)
{
    double sum = 0;
    for (int i = 0; i < GRID; i++) {
        double D = fmin(fmax((double)d.a[i], 1e-12), 1 - 1e-9);
        sum += spacing * ((double)p.a[i] * log(D) + (double)q.a[i] * log(1 - D));
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

static Mat d_of(Net *D, Mat x, Arena *mem)          /* (n,1), probabilities */
{
    Mat v = net_eval(D, x, mem);
    for (int i = 0; i < v.n; i++) v.a[i] = sigma(v.a[i]);
    return v;
}

static float d_step(Net *D, Mat real, Mat fake, Adam *opt, Arena *mem)
{
    Trace tr = trace(mem), tf = trace(mem);
    Mat up = net_forward(D, real, &tr), down = net_forward(D, fake, &tf);
    DLoss L = d_loss(up, down, mem);
    net_zero_grad(D);
    net_backward(D, L.dreal, &tr, WRT_PARAMS), net_backward(D, L.dfake, &tf, WRT_PARAMS);
    adam_step(D, opt);
    return L.value;
}

/* G's loss, and its gradient with respect to the points that G made. D only passes it on. */
static Loss g_feels(Net *D, Mat fake, bool saturating, Arena *mem)
{
    Trace td = trace(mem);
    Loss L = g_loss(net_forward(D, fake, &td), saturating, mem);
    L.grad = net_backward(D, L.grad, &td, WRT_INPUT);
    return L;
}

/* ---- training ---- */

enum { SAMPLES = 20000, SEEDS = 5, FRAMES = 37 };
typedef struct { const char *name; int steps, d_steps, batch; Csv *js, *lines, *curves; } Run;     /* a csv may be NULL */
static double js_of(Mat x) { return line_js(x, &target, -6, 6, 60); }

/* One picture of the movie: where 401 evenly likely z go, and D. */
static void write_frame(const Run *run, int frame, int step, Net *G, Net *D, Mat grid, Arena *mem)
{
    Mat z = mat_new(mem, 401, 1), d = d_of(D, grid, mem);
    for (int i = 0; i < z.n; i++) z.a[i] = (float)line_quantile(&unit, (i + .5) / z.n);
    Mat x = net_eval(G, z, mem);
    for (int i = 0; i < z.n; i++) csv_row(run->lines, "%d,%d,%.4g,%.5g", frame, step, (double)z.a[i], (double)x.a[i]);
    for (int i = 0; i < GRID; i += 10) csv_row(run->curves, "%d,%d,%.4g,%.4g", frame, step, (double)grid.a[i], (double)d.a[i]);
    csv_gap(run->lines), csv_gap(run->curves);
}

/* The game: d_steps of D, one of G. E is the running average of G, which is quieter than G itself. */
static void play(Net *G, Net *D, Net *E, const Run *run, Mat grid, Rng *rng, Arena *mem)
{
    Adam opt_g = {.beta1 = .5f, .beta2 = .999f, .eps = 1e-8f}, opt_d = opt_g;
    int frame = 0;
    net_average(E, G, 0);
    for (int step = 0; step <= run->steps && !lab_stopping(); step++) {
        for (; run->lines && frame < FRAMES && (long)step * (FRAMES - 1) * (FRAMES - 1) >= (long)frame * frame * run->steps; frame++)
            write_frame(run, frame, step, G, D, grid, mem);
        if (step % 100 == 0) {
            Rng look = rng_new(7);
            double js = js_of(net_eval(E, mat_noise(mem, 5000, 1, &look), mem));
            csv_row(run->js, "%s,%d,%d,%.5g", run->name, run->d_steps, step, js);
        }
        if (step == run->steps) break;
        arena_reset(mem);
        opt_g.lr = opt_d.lr = cosine_decay(2e-3f, step, run->steps);
        float value = 0;
        Trace tg = trace(mem);
        Mat fake = net_forward(G, mat_noise(mem, run->batch, 1, rng), &tg);
        for (int k = 0; k < run->d_steps; k++) {    /* (1) D: real up, fake down; each time other points */
            Mat other = k ? net_eval(G, mat_noise(mem, run->batch, 1, rng), mem) : fake;
            value = d_step(D, line_sample(&target, run->batch, rng, mem), other, &opt_d, mem);
        }
        Loss L = g_feels(D, fake, false, mem);      /* (2) G: fool the new D */
        net_zero_grad(G);
        net_backward(G, L.grad, &tg, WRT_PARAMS);
        adam_step(G, &opt_g);
        lab_finite("D's or G's loss", (double)(value + L.value), step);
        net_average(E, G, step < 1000 ? .99f : .999f);
        if (step % 50 == 0) progress(step, run->steps, "%s  D %.3f  G %.3f", run->name, (double)value, (double)L.value);
    }
    progress(1, 1, "%s", run->name);
}

/* D alone, on points of two fixed densities, at a falling rate. The weights of the last half are averaged: quieter than the last ones. */
static Net teach(const Line *p, const Line *q, int steps, Arena *keep, Rng *rng, Arena *mem)
{
    enum { B = 1024 };
    Net D = small_net("D", keep, rng), mean = small_net("D", keep, rng);
    Adam opt = adam(0);
    for (int step = 0; step < steps && !lab_stopping(); step++) {
        arena_reset(mem);
        opt.lr = cosine_decay(4e-3f, step, steps);
        float loss = d_step(&D, line_sample(p, B, rng, mem), line_sample(q, B, rng, mem), &opt, mem);
        lab_finite("D's loss", (double)loss, step);
        net_average(&mean, &D, step < steps / 2 ? 0 : .998f);
        progress(step + 1, steps, "D alone  %.4f", (double)loss);
    }
    return mean;
}

/* The generator with one number, x = z + theta, started 6 away where D is sure of it already. Returns theta at the end. */
static float chase(Csv *csv, bool saturating, int ahead, Rng *rng, Arena *keep, Arena *mem)
{
    enum { B = 128, STEPS = 400 };
    float theta = 6;
    Net D = teach(&unit, &(Line){1, {1}, {theta}, {1}}, ahead, keep, rng, mem);
    Adam opt = {.lr = 2e-3f, .beta1 = .5f, .beta2 = .999f, .eps = 1e-8f};
    for (int step = 0; step < STEPS && !lab_stopping(); step++) {
        arena_reset(mem);
        Mat fake = mat_noise(mem, B, 1, rng);
        for (int i = 0; i < B; i++) fake.a[i] += theta;
        d_step(&D, mat_noise(mem, B, 1, rng), fake, &opt, mem);
        csv_row(csv, "%s,%d,%.5g", saturating ? "saturating" : "nonsaturating", step, (double)theta);
        Loss L = g_feels(&D, fake, saturating, mem);
        for (int i = 0; i < B; i++) theta -= .1f * L.grad.a[i];         /* plain descent: Adam would blow a vanishing gradient up again */
    }
    return theta;
}

/* G, averaged, after a whole game; with --load that of an earlier run. */
static Net learned(Lab *lab, const Run *run, uint64_t seed, Mat grid, Arena *keep, Arena *mem)
{
    Rng rng = rng_new(lab->seed * 100 + seed);
    Net G = small_net(run->name, keep, &rng), E = small_net(run->name, keep, &rng), D = small_net("D", keep, &rng);
    if (lab->load) net_read(&E, lab->load);
    else play(&G, &D, &E, run, grid, &rng, mem);
    arena_reset(mem);
    return E;
}

/* Root mean square error of log(ratio), over points of p and q half and half. */
static double logit_rmse(Mat ratio, Mat p, Mat q)
{
    double square = 0;
    for (int i = 0; i < GRID; i++)
        square += spacing * .5 * (double)(p.a[i] + q.a[i]) * pow(log((double)(ratio.a[i] / p.a[i] * q.a[i])), 2);
    return sqrt(square);
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
    Mat grid = grid_points(-6, 6, GRID, 1, &keep);
    char name[16];
    Csv *csv;

    STEP("best") {
        printf("distance   JS(p,q)   value at D*\n");
        for (int distance = 4; distance >= 0; distance--) {
            Line other = {1, {1}, {(float)distance}, {1}};
            Mat p = line_densities(&unit, grid, &mem), q = line_densities(&other, grid, &mem), d = optimal_d(p, q, &mem);
            double value = game_value(p, q, d);
            printf("%5d      %.4f    %8.4f\n", distance, (value + log(4)) / 2, value);
            snprintf(name, sizeof name, "best_%d.csv", distance);
            csv_mat(lab->out, name, "x,p,q,d", mat_join(&mem, mat_join(&mem, grid, p), mat_join(&mem, q, d)));
        }
    }
    /*%% fig 07_gan_1d-best
    The best discriminator against two Gaussians that come closer. When they meet it can only shrug: one half everywhere. */
    /*%% md
    **An estimate.** Nobody shows $D$ the densities. It sees samples, learns by `d_loss`, and ends up close to $D^*$ where there are any. */
    STEP("estimate") {
        static const Line other = {1, {1}, {.5f}, {1.5f}};          /* TRY: {-1}, {.4f}: what does D say where q has nothing? */
        Net D = lab->load ? small_net("D", &keep, &rng) : teach(&target, &other, lab->quick ? 300 : 6000, &keep, &rng, &mem);
        if (lab->load) net_read(&D, lab->load);
        net_write(&D, lab->out);
        arena_reset(&mem);
        Mat p = line_densities(&target, grid, &mem), q = line_densities(&other, grid, &mem), best = optimal_d(p, q, &mem);
        Mat d = d_of(&D, grid, &mem), ratio = ratio_from_d(d, &mem);
        Mat all = mat_join(&mem, mat_join(&mem, mat_join(&mem, grid, p), mat_join(&mem, q, d)), ratio);
        double got = game_value(p, q, d), want = game_value(p, q, best), rmse = logit_rmse(ratio, p, q);
        table_write(lab->out, "estimate", "x,p,q,d,ratio", all);
        printf("value of the game %.4f, at D* %.4f; root mean square error of the logit %.3f\n", got, want, rmse);
        lab_metric(lab, "nats", fabs(got - want), "v_error");
        lab_metric(lab, "nats", rmse, "logit_rmse");
    }
    /*%% fig 07_gan_1d-estimate
    The log ratio of two densities and what $D$ makes of samples. Where neither has points it may say anything. */
    STEP("slopes") {
        csv = csv_open(lab->out, "slopes.csv", "logit,saturating,nonsaturating");
        for (int i = 0; i <= 160; i++) {
            Mat v = {1, 1, (float[]){-8 + .1f * (float)i}};
            float minimax = g_loss(v, true, &mem).grad.a[0], other = g_loss(v, false, &mem).grad.a[0];
            csv_row(csv, "%.3g,%.5g,%.5g", (double)v.a[0], (double)minimax, (double)other);
        }
        csv_close(csv);
    }
    /*%% fig 07_gan_1d-slopes
    What a fake feels, against $D$'s logit. A bad one, on the left, gets no push from the minimax loss and the full push from the other. */
    STEP("game") {
        csv = csv_open(lab->out, "game.csv", "run,step,x,y");
        for (int alternating = 0; alternating < 2; alternating++) {
            float x = 1, y = 0, eta = .15f;                             /* TRY: eta = .5f. Which of the two still circles? */
            for (int step = 0; step <= 100; game_step(&x, &y, eta, alternating), step++)
                csv_row(csv, "%s,%d,%.5g,%.5g", alternating ? "alternating" : "simultaneous", step, (double)x, (double)y);
            printf("%12s: from radius 1 to %.3f in 100 steps\n", alternating ? "alternating" : "simultaneous", hypot((double)x, (double)y));
        }
        csv_close(csv);
    }
    /*%% fig 07_gan_1d-game
    The game $xy$. At the same time, the players drive each other outwards; in turn, they circle. */
    STEP("chase") {
        csv = csv_open(lab->out, "chase.csv", "loss,step,theta");
        for (int saturating = 0; saturating < 2; saturating++) {
            const char *loss = saturating ? "saturating" : "nonsaturating";
            double theta = (double)chase(csv, saturating, lab->quick ? 200 : 1000, &rng, &keep, &mem);
            printf("%-13s  theta from 6 to %.3f\n", loss, theta);
            lab_metric(lab, "sd", fabs(theta), "distance_%s", loss);
        }
        csv_close(csv);
    }
    /*%% fig 07_gan_1d-chase
    A generator with one number, six standard deviations away. The minimax loss leaves it there. */
    /*%% md
    **The game.** Now $G$ is a net, and the target has two modes. Five seeds, none of them picked. */
    STEP("train") {
        double worst[2] = {0}, lo = INFINITY, hi = 0, sd = line_sd(&target);
        Mat all = mat_new(&keep, SEEDS, SAMPLES);
        csv = csv_open(lab->out, "training.csv", "run,d_steps,step,js");
        for (int seed = 0; seed < SEEDS && !lab_stopping(); seed++) {
            snprintf(name, sizeof name, "G%d", seed + 1);
            Run run = {name, lab->epochs, 2, lab->batch, csv, NULL, NULL};
            if (seed == 0 && !lab->load) {
                run.lines = csv_open(lab->out, "lines.csv", "frame,step,z,x");
                run.curves = csv_open(lab->out, "curves.csv", "frame,step,x,d");
            }
            Net E = learned(lab, &run, (uint64_t)seed, grid, &keep, &mem);
            if (run.lines) csv_close(run.lines), csv_close(run.curves);
            net_write(&E, lab->out);
            Rng fresh = rng_new(lab->seed + 5000);
            Mat x = net_eval(&E, mat_noise(&mem, SAMPLES, 1, &fresh), &mem);
            mat_set(mat_reshape(mat_rows(all, seed, 1), SAMPLES, 1), x);
            double mean = (double)mat_mean(x), w1 = line_w1(x, &target, &mem) / sd, js = js_of(x);
            double ratio = sqrt(mat_dot(x, x) / SAMPLES - mean * mean) / sd;
            printf("seed %d: W1 %.4f sd, JS %.5f nats, sd %.3f of the target's\n", seed + 1, w1, js, ratio);
            worst[0] = fmax(worst[0], w1), worst[1] = fmax(worst[1], js), lo = fmin(lo, ratio), hi = fmax(hi, ratio);
        }
        csv_close(csv);
        npy_write(lab->out, "samples.npy", all);
        lab_metric(lab, "sd", worst[0], "w1");
        lab_metric(lab, "nats", worst[1], "js");
        lab_metric(lab, "of the target", lo, "sd_ratio_min");
        lab_metric(lab, "of the target", hi, "sd_ratio_max");
    }
    /*%% fig 07_gan_1d-movie
    The game: data, fakes and $D$ above, and the lines that $G$ draws from noise to data below. */
    /*%% fig 07_gan_1d-strip
    Four moments of it. */
    /*%% fig 07_gan_1d-js
    How far $q$ is from $p$ over training, five seeds. */
    STEP("pace") {
        csv = csv_open(lab->out, "pace.csv", "run,d_steps,step,js");
        for (int k = 1; k <= 9 && !lab->load; k *= 3) {                 /* steps of D for one of G */
            Run run = {"pace", lab->epochs / 4, k, lab->batch, csv, NULL, NULL};
            learned(lab, &run, 50, grid, &keep, &mem);
        }
        csv_close(csv);
    }
    /*%% fig 07_gan_1d-pace
    A better teacher: the same number of steps of $G$ with 1, 3 and 9 steps of $D$ before each. */
    arena_free(&keep), arena_free(&mem);
    return lab_close(lab);
}
