/* 07_gan_1d: learning by comparison, on the line.
 *
 * Learn    a discriminator is an estimate of a density ratio; a generator can learn from it alone;
 *          and why the loss of both is a game.
 * Write    five functions, marked TODO, in this order; labs/07_gan_1d.h says what each must do,
 *          `make test-07` tests them.
 * Run      `make 07` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command.
 * Writes   out/07_gan_1d/: csv for the figures, metrics.csv, estimate.npy (1201,5: x, p, q, D,
 *          p/q), samples.npy (5,20000), weights
 * Takes    about 35 s on two cores; --quick 3 s
 * Expect   v_error below .01 nat, logit_rmse below .15; w1 below .03 sigma and js below .003 for
 *          the worst of five seeds
 *
 * Letters  x points, p data, q generator, D(x) in (0,1), v its logit, z noise, B batch.
 *          Everything is a column (n,1).
 */
#include "07_gan_1d.h"
#include "07_gan_1d_plot.h"
#include <math.h>
#include <stdio.h>

/*%% md
## The best discriminator

Draw a point from $p$ or from $q$, with even chances, and ask which it was. Whoever knows both
densities answers
$$ D^*(x) = \frac{p(x)}{p(x) + q(x)} , $$
and nobody can do better. So a discriminator trained well enough *is* a density ratio:
$p/q = D/(1-D)$, and its logit is $\log p/q$.
*/
Mat optimal_d(Mat p, Mat q, Arena *mem)
{
#ifdef SOLUTION
    Mat d = mat_new(mem, p.n, 1);
    for (int i = 0; i < p.n; i++) {
        float both = p.a[i] + q.a[i];
        d.a[i] = both > 0 ? p.a[i] / both : .5f;
    }
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

$D$ is an ordinary classifier, trained by cross-entropy on logits. At $D^*$ its loss is
$\ln 4 - 2\,\mathrm{JS}(p,q)$: what $D$ can save measures how far apart $p$ and $q$ are, and that is
what $G$ is told. $G$ may minimise $\log(1-D)$, the same number that $D$ maximises. But look at the
slope: where $D$ is sure of a fake it is flat. Maximising $\log D$ instead has the same fixed point,
and is steep there.
*/
DLoss d_loss(Mat real, Mat fake, Arena *mem)
{
#ifdef SOLUTION
    DLoss loss = {.dreal = mat_new(mem, real.n, 1), .dfake = mat_new(mem, fake.n, 1)};
    double up = 0, down = 0;
    for (int i = 0; i < real.n; i++) {
        up += (double)softplus(-real.a[i]) / real.n;                    // -log sigma(v)
        loss.dreal.a[i] = -sigma(-real.a[i]) / (float)real.n;
    }
    for (int i = 0; i < fake.n; i++) {
        down += (double)softplus(fake.a[i]) / fake.n;                   // -log(1 - sigma(v))
        loss.dfake.a[i] = sigma(fake.a[i]) / (float)fake.n;
    }
    loss.value = (float)(up + down);
    return loss;
#else
    TODO("add the means of -log sigma(real) and -log(1 - sigma(fake)) by softplus; fill dreal and "
         "dfake");
#endif
}

Loss g_loss(Mat fake, bool saturating, Arena *mem)
{
#ifdef SOLUTION
    Loss loss = {.grad = mat_new(mem, fake.n, 1)};
    double sum = 0;
    for (int i = 0; i < fake.n; i++) {
        float v = fake.a[i], value, slope;
        if (saturating) {
            value = -softplus(v);                       // log(1 - sigma(v))
            slope = -sigma(v);
        } else {
            value = softplus(-v);                       // -log sigma(v)
            slope = -sigma(-v);
        }
        sum += (double)value / fake.n;
        loss.grad.a[i] = slope / (float)fake.n;
    }
    loss.value = (float)sum;
    return loss;
#else
    TODO("saturating: mean log(1 - sigma), slope -sigma / B; else: mean -log sigma, slope "
         "-(1 - sigma) / B; by softplus");
#endif
}

/*%% md
## The smallest game

Two players and one number, $f(x,y) = xy$: $y$ wants it large, $x$ small. The only equilibrium is
the origin. If both follow their gradients at the same time, the point spirals outwards: $x^2+y^2$
grows by $1+\eta^2$ in each step. If they take turns, it circles for ever, and $x^2+y^2+\eta xy$
never changes. No loss goes down in either case, and nothing is wrong: that is what a game looks
like.
*/
void game_step(float *x, float *y, float eta, bool alternating)
{
#ifdef SOLUTION
    float old_y = *y;
    *y += eta * *x;
    *x -= eta * (alternating ? *y : old_y);
#else
    TODO("y climbs by eta x; x descends by eta times the old y, or by the new one when they take "
         "turns");
#endif
}

/* ---- what is known exactly ---- */

static const Line target = {2, {.5f, .5f}, {-1.4f, 1.4f}, {.7f, .7f}};
static const Line unit = {1, {1}, {0}, {1}};
static const double spacing = .01;                      /* of the GRID points, from -6 to 6 */

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

/* Root mean square error of log(ratio), over points of p and q half and half. */
static double logit_rmse(Mat ratio, Mat p, Mat q)
{
    double square = 0;
    for (int i = 0; i < GRID; i++) {
        double off = log((double)(ratio.a[i] / p.a[i] * q.a[i]));
        square += spacing * .5 * (double)(p.a[i] + q.a[i]) * pow(off, 2);
    }
    return sqrt(square);
}

static double js_of(Mat x) { return line_js(x, &target, -6, 6, 60); }

/* ---- nets and steps ---- */

static Net small_net(const char *name, Arena *keep, Rng *rng)           /* 1 -> 64 -> 64 -> 1 */
{
    Net net = net_new(name, (Shape){1, 1, 1}, keep);
    net_dense(&net, 64, rng); net_lrelu(&net, .2f);
    net_dense(&net, 64, rng); net_lrelu(&net, .2f);
    net_dense(&net, 1, rng);
    return net;
}

/* D(x) at points x (n,1): probabilities (n,1). */
static Mat d_of(Net *D, Mat x, Arena *mem)
{
    Mat v = net_eval(D, x, mem);
    for (int i = 0; i < v.n; i++) v.a[i] = sigma(v.a[i]);
    return v;
}

static float d_step(Net *D, Mat real, Mat fake, const Adam *opt, Arena *mem)
{
    Trace tr = trace(mem, TRAIN), tf = trace(mem, TRAIN);
    Mat up = net_forward(D, real, &tr), down = net_forward(D, fake, &tf);
    DLoss loss = d_loss(up, down, mem);
    net_zero_grad(D);
    net_backward(D, loss.dreal, &tr, WRT_PARAMS);
    net_backward(D, loss.dfake, &tf, WRT_PARAMS);
    adam_step(D, opt);
    return loss.value;
}

/* G's loss, and its gradient with respect to the points that G made. D only passes it on. */
static Loss g_feels(Net *D, Mat fake, bool saturating, Arena *mem)
{
    Trace td = trace(mem, TRAIN);
    Loss loss = g_loss(net_forward(D, fake, &td), saturating, mem);
    loss.grad = net_backward(D, loss.grad, &td, WRT_INPUT);
    return loss;
}

static float g_step(Net *G, Net *D, Mat fake, Trace *tg, const Adam *opt, Arena *mem)
{
    Loss loss = g_feels(D, fake, false, mem);
    net_zero_grad(G);
    net_backward(G, loss.grad, tg, WRT_PARAMS);
    adam_step(G, opt);
    return loss.value;
}

/* ---- training ---- */

/* D alone, on points of two fixed densities, at a falling rate. The weights of the last half are
 * averaged: quieter than the last ones. */
static Net teach(const Line *p, const Line *q, int steps, Arena *keep, Rng *rng, Arena *mem)
{
    enum { B = 1024 };
    const float rate = 4e-3f;
    Net D = small_net("D", keep, rng), mean = small_net("D", keep, rng);
    Adam opt = adam(rate);
    for (int step = 0; step < steps && !lab_stopping(); step++) {
        arena_reset(mem);
        Mat fake = line_sample(q, B, rng, mem), real = line_sample(p, B, rng, mem);
        opt.lr = cosine_decay(rate, step, steps);
        float loss = d_step(&D, real, fake, &opt, mem);
        lab_finite("D's loss", (double)loss, step);
        net_average(&mean, &D, step < steps / 2 ? 0 : .998f);
        progress(step + 1, steps, "D alone  %.4f", (double)loss);
    }
    return mean;
}

/* A game: how long, how many steps of D before each of G, and what is noted of it. */
typedef struct {
    const char *name;
    int   steps, d_steps, batch;
    Csv  *js;
    Film *film;                                         /* or NULL */
    Mat   needles, grid;                                /* of the film: some z; where to see D */
} Run;

/* 401 evenly likely z. */
static Mat needles(Arena *keep)
{
    Mat z = mat_new(keep, 401, 1);
    for (int i = 0; i < z.n; i++) z.a[i] = (float)line_quantile(&unit, (i + .5) / z.n);
    return z;
}

static void film(const Run *run, int step, Net *G, Net *D, Arena *mem)
{
    if (!film_due(run->film, step, run->steps)) return;
    Mat x = net_eval(G, run->needles, mem), d = d_of(D, run->grid, mem);
    film_frames(run->film, step, run->steps, x, d);
}

/* How far q is from p by now, from noise that is always the same. */
static void note_js(const Run *run, int step, Net *E, Arena *mem)
{
    Rng look = rng_new(7);
    double js = js_of(net_eval(E, mat_noise(mem, 5000, 1, &look), mem));
    csv_row(run->js, "%s,%d,%d,%.5g", run->name, run->d_steps, step, js);
}

/* The game: d_steps of D, one of G. E is the running average of G, which is quieter than G. Two
 * time scales are in it: Adam forgets within two steps (beta1 .5), E within a thousand. */
static void play(Net *G, Net *D, Net *E, const Run *run, Rng *rng, Arena *mem)
{
    const float rate = 2e-3f;
    Adam opt_g = {.lr = rate, .beta1 = .5f, .beta2 = .999f, .eps = 1e-8f}, opt_d = opt_g;
    net_average(E, G, 0);                               // keep nothing: a copy
    for (int step = 0; step < run->steps && !lab_stopping(); step++) {
        film(run, step, G, D, mem);
        if (step % 100 == 0) note_js(run, step, E, mem);
        arena_reset(mem);
        opt_g.lr = cosine_decay(rate, step, run->steps);
        opt_d.lr = opt_g.lr;

        Trace tg = trace(mem, TRAIN);
        Mat fake = net_forward(G, mat_noise(mem, run->batch, 1, rng), &tg);
        float loss_d = 0;
        for (int k = 0; k < run->d_steps; k++) {                /* (1) D: real up, fake down */
            Mat other = fake;
            if (k > 0) other = net_eval(G, mat_noise(mem, run->batch, 1, rng), mem);
            Mat real = line_sample(&target, run->batch, rng, mem);
            loss_d = d_step(D, real, other, &opt_d, mem);
        }
        float loss_g = g_step(G, D, fake, &tg, &opt_g, mem);            /* (2) G: fool the new D */
        net_average(E, G, step < 1000 ? .99f : .999f);

        lab_finite("D's or G's loss", (double)(loss_d + loss_g), step);
        if (step % 50 == 0)
            progress(step, run->steps, "%s  D %.3f  G %.3f", run->name, (double)loss_d,
                     (double)loss_g);
    }
    if (!lab_stopping()) {
        film(run, run->steps, G, D, mem);
        if (run->steps % 100 == 0) note_js(run, run->steps, E, mem);
    }
    progress(1, 1, "%s", run->name);
}

/* G, averaged, after a whole game; with --load that of an earlier run. */
static Net learned(Lab *lab, const Run *run, uint64_t seed, Arena *keep, Arena *mem)
{
    Rng rng = rng_new(lab->seed * 100 + seed);
    Net G = small_net(run->name, keep, &rng), E = small_net(run->name, keep, &rng);
    Net D = small_net("D", keep, &rng);
    if (lab->load)
        net_read(&E, lab->load);
    else
        play(&G, &D, &E, run, &rng, mem);
    arena_reset(mem);
    return E;
}

/* The generator with one number, x = z + theta, started 6 away where D is sure of it already.
 * Plain descent: Adam would blow a vanishing gradient up again. Returns theta at the end. */
static float chase(Csv *csv, bool saturating, int ahead, Rng *rng, Arena *keep, Arena *mem)
{
    enum { B = 128, STEPS = 400 };
    const char *name = saturating ? "saturating" : "nonsaturating";
    float theta = 6;
    Line start = {1, {1}, {theta}, {1}};
    Net D = teach(&unit, &start, ahead, keep, rng, mem);
    Adam opt = {.lr = 2e-3f, .beta1 = .5f, .beta2 = .999f, .eps = 1e-8f};
    for (int step = 0; step < STEPS && !lab_stopping(); step++) {
        arena_reset(mem);
        Mat fake = mat_noise(mem, B, 1, rng);
        for (int i = 0; i < B; i++) fake.a[i] += theta;
        d_step(&D, mat_noise(mem, B, 1, rng), fake, &opt, mem);
        csv_row(csv, "%s,%d,%.5g", name, step, (double)theta);
        Loss loss = g_feels(&D, fake, saturating, mem);
        for (int i = 0; i < B; i++) theta -= .1f * loss.grad.a[i];      // dx/dtheta = 1
    }
    return theta;
}

/* ---- steps of the story ---- */

static void best_discriminators(Lab *lab, Mat grid, Arena *mem)
{
    printf("distance   JS(p,q)   value at D*\n");
    for (int distance = 4; distance >= 0; distance--) {
        Line other = {1, {1}, {(float)distance}, {1}};
        Mat p = line_densities(&unit, grid, mem), q = line_densities(&other, grid, mem);
        Mat d = optimal_d(p, q, mem);
        double value = game_value(p, q, d);
        printf("%5d      %.4f    %8.4f\n", distance, (value + log(4)) / 2, value);
        plot_best(lab, distance, grid, p, q, d, mem);
    }
}

/* TRY: other = {1, {1}, {-1}, {.4f}}. What does D say where q has nothing? */
static void estimate_ratio(Lab *lab, Mat grid, Rng *rng, Arena *keep, Arena *mem)
{
    static const Line other = {1, {1}, {.5f}, {1.5f}};
    Net D;
    if (lab->load) {
        D = small_net("D", keep, rng);
        net_read(&D, lab->load);
    } else {
        D = teach(&target, &other, lab->quick ? 300 : 6000, keep, rng, mem);
    }
    net_write(&D, lab->out);
    arena_reset(mem);
    Mat p = line_densities(&target, grid, mem), q = line_densities(&other, grid, mem);
    Mat d = d_of(&D, grid, mem), ratio = ratio_from_d(d, mem);
    plot_estimate(lab, grid, p, q, d, ratio, mem);

    double got = game_value(p, q, d), want = game_value(p, q, optimal_d(p, q, mem));
    double rmse = logit_rmse(ratio, p, q);
    printf("value of the game %.4f, at D* %.4f; root mean square error of the logit %.3f\n", got,
           want, rmse);
    lab_metric(lab, "nats", fabs(got - want), "v_error");
    lab_metric(lab, "nats", rmse, "logit_rmse");
}

/* The push that a single fake gets, over logits from -8 to 8. */
static void compare_slopes(Lab *lab, Arena *mem)
{
    Mat rows = mat_new(mem, 161, 3);                    // logit, saturating, not saturating
    for (int i = 0; i < rows.n; i++) {
        float logit = -8 + .1f * (float)i;
        Mat v = {1, 1, &logit};
        row(rows, i)[0] = logit;
        row(rows, i)[1] = g_loss(v, true, mem).grad.a[0];
        row(rows, i)[2] = g_loss(v, false, mem).grad.a[0];
    }
    plot_slopes(lab, rows);
}

/* TRY: eta = .5f. Which of the two still circles? */
static void circle_or_spiral(Lab *lab)
{
    static const char *const name[2] = {"simultaneous", "alternating"};
    const float eta = .15f;
    Csv *csv = csv_open(lab->out, "game.csv", "run,step,x,y");
    for (int alternating = 0; alternating < 2; alternating++) {
        float x = 1, y = 0;
        for (int step = 0; step <= 100; step++) {
            csv_row(csv, "%s,%d,%.5g,%.5g", name[alternating], step, (double)x, (double)y);
            game_step(&x, &y, eta, alternating);
        }
        printf("%12s: from radius 1 to %.3f in 100 steps\n", name[alternating],
               hypot((double)x, (double)y));
    }
    csv_close(csv);
}

static void chase_both_ways(Lab *lab, Rng *rng, Arena *keep, Arena *mem)
{
    static const char *const loss[2] = {"nonsaturating", "saturating"};
    Csv *csv = csv_open(lab->out, "chase.csv", "loss,step,theta");
    for (int saturating = 0; saturating < 2; saturating++) {
        int ahead = lab->quick ? 200 : 1000;            // steps that D has learned alone
        double theta = (double)chase(csv, saturating, ahead, rng, keep, mem);
        printf("%-13s  theta from 6 to %.3f\n", loss[saturating], theta);
        lab_metric(lab, "sd", fabs(theta), "distance_%s", loss[saturating]);
    }
    csv_close(csv);
}

/* Five seeds, none of them picked; the worst is what counts. */
static void train(Lab *lab, Mat grid, Arena *keep, Arena *mem)
{
    enum { SEEDS = 5, SAMPLES = 20000 };
    double w1 = 0, js = 0, lowest = INFINITY, highest = 0, sd = line_sd(&target);
    Mat all = mat_new(keep, SEEDS, SAMPLES);
    Csv *csv = csv_open(lab->out, "training.csv", "run,d_steps,step,js");
    for (int seed = 0; seed < SEEDS && !lab_stopping(); seed++) {
        Run run = {.name = name_of(keep, "G%d", seed + 1), .steps = lab->epochs, .d_steps = 2,
                   .batch = lab->batch, .js = csv};
        if (seed == 0 && !lab->load) {
            run.needles = needles(keep);
            run.grid = grid;
            run.film = film_open(lab, run.needles, grid, keep);
        }
        Net E = learned(lab, &run, (uint64_t)seed, keep, mem);
        film_close(run.film);
        net_write(&E, lab->out);

        Rng fresh = rng_new(lab->seed + 5000);
        Mat x = net_eval(&E, mat_noise(mem, SAMPLES, 1, &fresh), mem);
        mat_set(mat_reshape(mat_rows(all, seed, 1), SAMPLES, 1), x);
        double mean = (double)mat_mean(x);
        double its_w1 = line_w1(x, &target, mem) / sd, its_js = js_of(x);
        double ratio = sqrt(mat_dot(x, x) / SAMPLES - mean * mean) / sd;
        printf("seed %d: W1 %.4f sd, JS %.5f nats, sd %.3f of the target's\n", seed + 1, its_w1,
               its_js, ratio);
        w1 = fmax(w1, its_w1);
        js = fmax(js, its_js);
        lowest = fmin(lowest, ratio);
        highest = fmax(highest, ratio);
    }
    csv_close(csv);
    npy_write(lab->out, "samples.npy", all);
    lab_metric(lab, "sd", w1, "w1");
    lab_metric(lab, "nats", js, "js");
    lab_metric(lab, "of the target", lowest, "sd_ratio_min");
    lab_metric(lab, "of the target", highest, "sd_ratio_max");
}

static void compare_paces(Lab *lab, Arena *keep, Arena *mem)
{
    static const int d_steps[] = {1, 3, 9};             /* for one of G */
    Csv *csv = csv_open(lab->out, "pace.csv", "run,d_steps,step,js");
    for (int i = 0; i < LENGTH(d_steps) && !lab->load; i++) {
        Run run = {.name = "pace", .steps = lab->epochs / 4, .d_steps = d_steps[i],
                   .batch = lab->batch, .js = csv};
        learned(lab, &run, 50, keep, mem);
    }
    csv_close(csv);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "07_gan_1d", .title = "learning by comparison, on the line",
        .epochs = 5000, .batch = 256, .quick_epochs = 300,
        .steps = "best estimate slopes game chase train pace",
        .result = "w1",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(64)), mem = arena_new("step", MB(128));
    Rng rng = rng_new(lab->seed);
    Mat grid = grid_points(-6, 6, GRID, 1, &keep);      // (1201,1)

    STEP("best") best_discriminators(lab, grid, &mem);
    /*%% fig 07_gan_1d-best
    The best discriminator against two Gaussians that come closer. When they meet it can only shrug:
    one half everywhere. */
    /*%% md
    **An estimate.** Nobody shows $D$ the densities. It sees samples, learns by `d_loss`, and ends
    up close to $D^*$ where there are any. */
    STEP("estimate") estimate_ratio(lab, grid, &rng, &keep, &mem);
    /*%% fig 07_gan_1d-estimate
    The log ratio of two densities and what $D$ makes of samples. Where neither has points it may
    say anything. */
    STEP("slopes") compare_slopes(lab, &mem);
    /*%% fig 07_gan_1d-slopes
    What a fake feels, against $D$'s logit. A bad one, on the left, gets no push from the minimax
    loss and the full push from the other. */
    STEP("game") circle_or_spiral(lab);
    /*%% fig 07_gan_1d-game
    The game $xy$. At the same time, the players drive each other outwards; in turn, they circle. */
    STEP("chase") chase_both_ways(lab, &rng, &keep, &mem);
    /*%% fig 07_gan_1d-chase
    A generator with one number, six standard deviations away. The minimax loss leaves it there. */
    /*%% md
    **The game.** Now $G$ is a net, and the target has two modes. Five seeds, none of them
    picked. */
    STEP("train") train(lab, grid, &keep, &mem);
    /*%% fig 07_gan_1d-movie
    The game: data, fakes and $D$ above, and the lines that $G$ draws from noise to data below. */
    /*%% fig 07_gan_1d-strip
    Four moments of it. */
    /*%% fig 07_gan_1d-js
    How far $q$ is from $p$ over training, five seeds. */
    STEP("pace") compare_paces(lab, &keep, &mem);
    /*%% fig 07_gan_1d-pace
    A better teacher: the same number of steps of $G$ with 1, 3 and 9 steps of $D$ before each. */
    arena_free(&keep);
    arena_free(&mem);
    return lab_close(lab);
}
