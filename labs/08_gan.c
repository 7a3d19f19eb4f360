/* 08_gan: the two-player game in the plane.
 *
 * Learn    to play a GAN's game and to watch it: both players, who gets which gradient, and how the game fails.
 * Write    five functions, marked TODO, in this order; labs/08_gan.h says what each must do, `make test-08` tests them.
 * Run      `make 08` builds this file, runs it and draws its figures in out/figures/; the README has the one-line cc command.
 *          `make 08 ARGS='--show-failure collapse'` shows one way to fail (also: d-wins, saturating) beside its remedy.
 * Writes   out/08_gan/: csv for the figures, metrics.csv, modes_*.npy, samples_*.npy, the nets' weights
 * Takes    about 40 s on two cores; --quick 2 s
 * Expect   modes_ring_plain near 8 of 8 and modes_grid_plain far below 25 (at most 15): the same plain GAN, means over five seeds
 *
 * Letters  B batch, z (B,2) noise, x (B,2) points, D discriminator, G generator, k D-steps in a round.
 */
#include "08_gan.h"
#include "parallel.h"
#include <math.h>
#include <stdio.h>

/*%% md
## The value of the game

$G$ turns noise $z$ into points. $D$ looks at a point and gives a logit $v$; $D(x) = \sigma(v)$ is its belief that $x$ is real. They
play for one number,
$$ V(D,G) = \mathbb E_{x\sim p}\log D(x) + \mathbb E_{z}\log\bigl(1 - D(G(z))\bigr) , $$
which $D$ wants high and $G$ wants low. A $D$ that knows nothing says ½ everywhere: $V = -2\ln 2 \approx -1.386$.
*/
float gan_value(Net *D, Mat real, Mat fake, Arena *mem)
{
    TODO("logits by net_eval; bce_logits_to gives -log sigma(v) for target 1 and -log(1 - sigma(v)) for target 0: V is minus both");
}

/*%% md
## Two steps

$D$ climbs $V$: real points up, fakes down. Two batches went through the same weights, so two gradients add up.
*/
float d_step(Net *D, Mat real, Mat fake, Adam *opt, Arena *mem)
{
    TODO("real and fake through D, each with a trace; bce_logits_to 1 and 0; zero D's gradients, add both, adam_step");
}

/*%% md
$G$ never sees a real point. All it gets is $D$'s gradient at its own fakes: two numbers per fake, which way it would look more real.
On the logit the minimax loss $\log(1-\sigma(v))$ has the slope $-\sigma(v)$, and the fooling loss $-\log\sigma(v)$ has $\sigma(v)-1$.
Where $D$ is sure that a fake is fake, $v \ll 0$, the first is nearly 0 and the second nearly $-1$.
*/
float g_step(Net *G, Net *D, Mat z, GLoss loss, Adam *opt, Arena *mem)
{
    TODO("z through G, through D; FOOLING: bce_logits_to 1, MINIMAX: minus bce_logits_to 0; back through D (WRT_INPUT) and G; adam_step");
}

/*%% md
## A round

The best $D$ against a $G$ that stands still would need many steps; $k$ of them must do. Then $G$ moves, and $D$ is out of date.
*/
Losses alternate(Game *game, Arena *mem)
{
    TODO("k times: fresh real points, fresh fakes, game->step_d; then once game->step_g with fresh noise; return the last loss of each");
}

/*%% md
## What is covered?

A game has no loss that says how well $G$ does. Here the truth is known, so we count: a mode counts when at least half of its fair share of
samples lies within three standard deviations. (One sample is enough in much of the literature. That is a low bar.)
*/
Coverage mode_coverage(const Mixture *m, Mat x)
{
    TODO("for every sample the nearest mean, and is it within 3 sd? count per mode; then compare with half of weight * n, and with 1");
}

/* ---- the runs: a game, how it is set up, and what is noted on the way ---- */

enum { SEEDS = 5, RUNS = 2 * SEEDS + 2, FRAMES = 25, SHOWN = 400, POINTS = 200, WIDTH = 128, EPOCH = 100 };   /* an epoch is 100 rounds */
typedef struct {
    const char *name;                               /* its files begin with it */
    int   k;
    float lr_g, lr_d, beta1, eps_g;                 /* of Adam; with eps_g far above its gradients G goes plainly downhill */
    GLoss loss;
    bool  far;                                      /* G starts as a tight cloud at (5,0), and D learns alone for 1000 rounds first */
} Setting;
/* TRY: k = 3 in the healthy setting, or a net of WIDTH 16. Which matters more on the grid? */
static const Setting failures[3][2] = {             /* --show-failure: each after its remedy */
    {{"healthy", 1, 1e-3f, 1e-3f, .5f, 1e-8f, FOOLING, false}, {"collapse", 1, 3e-3f, 1e-4f, .9f, 1e-8f, FOOLING, false}},
    {{"healthy", 1, 1e-3f, 1e-3f, .5f, 1e-8f, FOOLING, false}, {"d-wins", 5, 1e-5f, 1e-3f, .5f, 1e-8f, FOOLING, false}},
    {{"fooling", 1, 2e-2f, 1e-3f, .5f, 1, FOOLING, true}, {"saturating", 1, 2e-2f, 1e-3f, .5f, 1, MINIMAX, true}},
}, *const healthy = &failures[0][0];
enum { FIELD, SAMPLES, WARP, ARROWS, REELS };         /* what a film consists of: files */
typedef struct {
    const char *name;                               /* "ring1" */
    char   net[2][16];                              /* "G_ring1", "D_ring1" */
    Game   game;
    Arena  mem;                                     /* of its steps: runs share nothing, so that threads can share the runs */
    long   round, rounds;
    double seconds, d[POINTS], g[POINTS];           /* losses, added up over n rounds each */
    int    n[POINTS];
    Coverage cover;
    Csv   *film[REELS];
} Run;

static Net player(const char *name, int out, Arena *keep, Rng *rng)
{
    Net net = net_new(name, (Shape){1, 1, 2}, keep);
    net_dense(&net, WIDTH, rng), net_relu(&net), net_dense(&net, WIDTH, rng), net_relu(&net), net_dense(&net, out, rng);
    return net;
}

static void run_new(Run *run, const char *name, const Mixture *data, const Setting *set, int batch, long rounds, Rng rng, Arena *keep)
{
    *run = (Run){.name = name, .mem = arena_new(name, MB(64)), .rounds = rounds};
    for (int p = 0; p < 2; p++) snprintf(run->net[p], sizeof run->net[p], "%c_%.12s", "GD"[p], name);
    Adam opt = {.beta1 = set->beta1, .beta2 = .999f, .eps = 1e-8f};
    run->game = (Game){.opt_g = opt, .opt_d = opt, .step_d = d_step, .step_g = g_step, .loss = set->loss, .k = set->k, .batch = batch,
                       .data = *data, .rng = rng_split(&rng)};
    Game *g = &run->game;
    g->G = player(run->net[0], 2, keep, &rng), g->D = player(run->net[1], 1, keep, &rng);
    g->opt_g.lr = set->lr_g, g->opt_g.eps = set->eps_g, g->opt_d.lr = set->lr_d;
    if (!set->far) return;
    mat_scale(g->G.layer[4].w.v, .1f), g->G.layer[4].b.v.a[0] = 5;
    for (int i = 0; i < 1000; i++) {
        arena_reset(&run->mem);
        Mat fake = net_eval(&g->G, mat_noise(&run->mem, batch, 2, &g->rng), &run->mem);
        d_step(&g->D, mixture_sample(data, batch, NULL, &g->rng, &run->mem), fake, &g->opt_d, &run->mem);
    }
}

/* Samples from noise that is always the same; the first rows are those of any other number of them. */
static Mat draw(Run *run, int n, Arena *mem) { return net_eval(&run->game.G, mat_noise(mem, n, 2, &(Rng){.key = 8}), mem); }

/* The rounds up to the moment that frame number `frame` shows; moments are close together at first. */
static void play(Run *run, int frame)
{
    double start = now_s();
    long until = (long)((double)run->rounds * frame * frame / ((FRAMES - 1) * (FRAMES - 1)));
    for (; run->round < until && !lab_stopping(); run->round++) {
        arena_reset(&run->mem);
        Losses l = alternate(&run->game, &run->mem);
        lab_finite("D's or G's loss", l.d + l.g, run->round);
        long at = run->round * POINTS / run->rounds;
        run->d[at] += l.d, run->g[at] += l.g, run->n[at]++;
    }
    run->seconds += now_s() - start, arena_reset(&run->mem);
    run->cover = mode_coverage(&run->game.data, draw(run, 2500, &run->mem));
}

/* ---- for the figures; nothing to write here ---- */
static void film_open(Lab *lab, Run *run)
{
    static const char *const what[REELS][2] = {{"field", "x1,x2,D"}, {"samples", "x1,x2"}, {"warp", "x1,x2"}, {"arrows", "x1,x2,dx1,dx2"}};
    for (int i = 0; i < REELS; i++) {
        char file[64];
        snprintf(file, sizeof file, "%s-%s.csv", run->name, what[i][0]);
        run->film[i] = csv_open(lab->out, file, what[i][1]);
    }
}

static void film_rows(Csv *csv, Mat x)
{
    for (int i = 0; i < x.n; i++) csv_row(csv, "%.4g,%.4g", row(x, i)[0], row(x, i)[1]);
    csv_gap(csv);
}

/* One frame, a block in each file: D over the plane; samples; the grid lines of z, carried through G; which way G's loss falls. */
static void film_frame(Run *run, Arena *mem)
{
    enum { SIDE = 71, LINES = 13, NODES = 41, SOME = 60 };
    Game *g = &run->game;
    Csv **f = run->film;
    arena_reset(mem);
    Mat at = grid_points(-1.6f, 1.6f, SIDE, 2, mem), v = net_eval(&g->D, at, mem), x = draw(run, SHOWN, mem);
    for (int i = 0; i < at.n; i++) csv_row(f[FIELD], "%.4g,%.4g,%.3f", row(at, i)[0], row(at, i)[1], 1 / (1 + exp(-v.a[i])));
    csv_gap(f[FIELD]);
    film_rows(f[SAMPLES], x);
    for (int line = 0; line < 2 * LINES; line++) {
        Mat z = mat_new(mem, NODES, 2);
        for (int i = 0; i < NODES; i++)
            row(z, i)[line % 2] = -2 + 4.f * (float)(line / 2) / (LINES - 1), row(z, i)[1 - line % 2] = -2 + 4.f * (float)i / (NODES - 1);
        film_rows(f[WARP], net_eval(&g->G, z, mem));
    }
    Mat some = mat_rows(x, 0, SOME);
    Trace t = trace(mem);
    Loss fool = bce_logits_to(net_forward(&g->D, some, &t), g->loss == FOOLING, mem);
    mat_scale(fool.grad, (g->loss == FOOLING ? -1 : 1) * (float)SOME);                /* downhill, and of each sample, not of the mean */
    Mat down = net_backward(&g->D, fool.grad, &t, WRT_INPUT);
    for (int i = 0; i < SOME; i++)
        csv_row(f[ARROWS], "%.4g,%.4g,%.4g,%.4g", row(some, i)[0], row(some, i)[1], row(down, i)[0], row(down, i)[1]);
    csv_gap(f[ARROWS]);
}

/* All runs, a frame's worth of rounds at a time. Runs are shared out among threads; files and the progress line belong to this one. */
static void play_all(Lab *lab, Run *run, int n, Arena *mem)
{
    Csv *modes = csv_open(lab->out, "coverage.csv", "run,round,strict,lax,quality");
    Csv *losses = csv_open(lab->out, "losses.csv", "run,round,d_loss,g_loss");
    for (int frame = 0; frame < FRAMES && !lab_stopping(); frame++) {
        PARALLEL_IF(n > 1,
        for (int r = 0; r < n; r++) play(&run[r], frame);)
        for (int r = 0; r < n; r++) {
            Coverage c = run[r].cover;
            csv_row(modes, "%s,%ld,%d,%d,%.4f", run[r].name, run[r].round, c.strict, c.lax, c.quality);
            if (run[r].film[0]) film_frame(&run[r], mem);
        }
        progress(frame, FRAMES - 1, "round %ld: %s covers %d of %d modes", run->round, run->name, run->cover.strict, run->game.data.n);
    }
    for (int r = 0; r < n; r++) {
        Run *q = &run[r];
        for (int p = 0; p < POINTS; p++)
            if (q->n[p]) csv_row(losses, "%s,%ld,%.4g,%.4g", q->name, p * q->rounds / POINTS, q->d[p] / q->n[p], q->g[p] / q->n[p]);
        for (int i = 0; i < REELS && q->film[i]; i++) csv_close(q->film[i]);
    }
    csv_close(modes), csv_close(losses);
}

/* What five seeds of one kind reach. */
static void score(Lab *lab, const char *kind, Run *run, Arena *mem)
{
    enum { N = 10000 };                             /* fresh samples, which are kept */
    Mat all = mat_new(mem, SEEDS * N, 2);
    double strict = 0, lax = 0, quality = 0, seconds = 0, covered = 0;
    char file[32];
    snprintf(file, sizeof file, "last_%s.csv", kind);
    Csv *csv = csv_open(lab->out, file, "x1,x2");
    for (int s = 0; s < SEEDS; s++) {
        Mat z = mat_noise(mem, N, 2, &(Rng){.key = lab->seed + 80 + (unsigned)s}), x = mat_rows(all, s * N, N);
        mat_set(x, net_eval(&run[s].game.G, z, mem));
        film_rows(csv, mat_rows(x, 0, 1000));
        Coverage c = mode_coverage(&run[s].game.data, x);
        strict += c.strict / (double)SEEDS, lax += c.lax / (double)SEEDS, quality += c.quality / SEEDS;
        covered += c.strict == run[s].game.data.n, seconds += run[s].seconds;
        lab_metric(lab, "modes", c.strict, "modes_%s_seed%d", kind, s + 1);
        printf("%s, seed %d: %2d of %d modes hold half their share, %2d a sample; %.1f %% of samples near a mode\n", kind, s + 1, c.strict,
               run[s].game.data.n, c.lax, 100 * c.quality);
    }
    csv_close(csv);
    lab_metric(lab, "modes", strict, "modes_%s_plain", kind), lab_metric(lab, "modes", lax, "modes_%s_lax", kind);
    lab_metric(lab, "share of samples", quality, "hq_%s_plain", kind), lab_metric(lab, "seeds of 5", covered, "%s_covered", kind);
    if (seconds > 0) printf("%s: 10,000 rounds take %.1f s on one thread\n", kind, 1e4 * seconds / (double)(SEEDS * run->round));
    snprintf(file, sizeof file, "samples_%s.npy", kind), npy_write(lab->out, file, all);
}

/* The modes as a table, and real points to look at. */
static void write_target(Lab *lab, const char *kind, const Mixture *m, Rng *rng, Arena *mem)
{
    char file[32];
    Mat modes = mat_new(mem, m->n, 3);
    for (int k = 0; k < m->n; k++)
        row(modes, k)[0] = m->mode[k].mean[0], row(modes, k)[1] = m->mode[k].mean[1], row(modes, k)[2] = sqrtf(m->mode[k].cov[0]);
    snprintf(file, sizeof file, "modes_%s", kind), table_write(lab->out, file, "x1,x2,sd", modes);
    snprintf(file, sizeof file, "real_%s.csv", kind);
    csv_mat(lab->out, file, "x1,x2", mixture_sample(m, SHOWN, NULL, rng, mem));
}

/* Five games on each target, and two ways to fail on the ring. One of each kind is filmed. */
static void new_runs(Lab *lab, Run *run, const Mixture *ring, const Mixture *grid, Rng *rng, Arena *keep)
{
    static const char *const name[RUNS] = {"ring1", "ring2", "ring3", "ring4", "ring5",
                                           "grid1", "grid2", "grid3", "grid4", "grid5", "collapse", "d-wins"};
    for (int r = 0; r < RUNS; r++) {
        bool failing = r >= 2 * SEEDS;
        const Setting *set = failing ? &failures[r - 2 * SEEDS][1] : healthy;
        long rounds = (long)lab->epochs * EPOCH / (failing ? 4 : 1);
        run_new(&run[r], name[r], r / SEEDS == 1 ? grid : ring, set, lab->batch, rounds, rng_split(rng), keep);
        if (lab->load) net_read(&run[r].game.G, lab->load), net_read(&run[r].game.D, lab->load);
        else if (failing || r % SEEDS == 0) film_open(lab, &run[r]);
    }
}

/* --show-failure: that failure and its remedy, from the same weights. */
static void show_failure(Lab *lab, Run *run, const Mixture *ring, const Rng *rng, Arena *keep, Arena *mem)
{
    int which = *lab->failure == 'c' ? 0 : *lab->failure == 'd' ? 1 : 2;
    for (int r = 0; r < 2; r++) {
        run_new(&run[r], failures[which][r].name, ring, &failures[which][r], lab->batch, (long)lab->epochs * EPOCH / 4, *rng, keep);
        film_open(lab, &run[r]);
    }
    play_all(lab, run, 2, mem);
    for (int r = 0; r < 2; r++) {
        printf("%-10s %d of 8 modes, %.0f %% of samples near one\n", run[r].name, run[r].cover.strict, 100 * run[r].cover.quality);
        lab_metric(lab, "modes", run[r].cover.strict, "modes_%s", run[r].name);
    }
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "08_gan", .title = "the two-player game in the plane", .epochs = 80, .batch = 128, .quick_epochs = 2,
        .steps = "targets value steps ruler play score failure", .failures = "collapse d-wins saturating",
    };
    static Run run[RUNS], first;
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(64)), mem = arena_new("step", MB(64));
    Rng rng = rng_new(lab->seed);
    Mixture ring = mixture_ring(8, 1, .1f), grid = mixture_grid(5, .5f, .0125f);         /* {-4,-2,0,2,4}^2 with sd .05, divided by 4 */
    /*%% md
    ## The targets
    Eight round modes on a ring, and twenty-five narrow ones on a grid, which has become the standard test (Metz et al. 2017, Srivastava et
    al. 2017; here divided by 4, so that both targets have the same size). */
    STEP("targets") {
        write_target(lab, "ring", &ring, &rng, &mem), write_target(lab, "grid", &grid, &rng, &mem);
        run_new(&first, "first", &ring, healthy, lab->batch, 0, rng_split(&rng), &keep);
        net_print(&first.game.G), net_print(&first.game.D);
    }
    Mat real, fake;
    STEP("value") {
        real = mixture_sample(&ring, 2000, NULL, &rng, &keep), fake = draw(&first, 2000, &keep);       // (2000,2) both
        Net none = player("none", 1, &keep, &rng);
        mat_fill(none.layer[4].w.v, 0);             /* whatever it sees, its logit is 0 */
        printf("a D that knows nothing: V = %.6f, and -2 ln 2 = %.6f\n", gan_value(&none, real, fake, &mem), -2 * log(2));
    }
    STEP("steps") {
        Game *g = &first.game;
        for (int i = 0; i < 100; i++) arena_reset(&mem), d_step(&g->D, real, fake, &g->opt_d, &mem);
        printf("V = %.4f after 100 steps of D alone\n", gan_value(&g->D, real, fake, &mem));
        for (int i = 0; i < 100; i++) arena_reset(&mem), g_step(&g->G, &g->D, mat_noise(&mem, 500, 2, &rng), FOOLING, &g->opt_g, &mem);
        printf("V = %.4f after 100 steps of G alone\n", gan_value(&g->D, real, draw(&first, 2000, &mem), &mem));
        Losses l = alternate(g, &mem);
        printf("then a round: D's loss %.3f, G's %.3f\n", l.d, l.g);
    }
    STEP("ruler") {                                 /* what would a perfect G get? */
        Coverage r = mode_coverage(&ring, mixture_sample(&ring, 10000, NULL, &rng, &mem));
        Coverage g = mode_coverage(&grid, mixture_sample(&grid, 10000, NULL, &rng, &mem));
        printf("real points: %d modes, %.1f %% near one; %d modes, %.1f %%\n", r.strict, 100 * r.quality, g.strict, 100 * g.quality);
        lab_metric(lab, "share of samples", r.quality, "hq_ring_real"), lab_metric(lab, "share of samples", g.quality, "hq_grid_real");
    }
    if (!lab->failure) {
        STEP("play") {
            new_runs(lab, run, &ring, &grid, &rng, &keep);
            if (!lab->load) play_all(lab, run, RUNS, &mem);
            for (int r = 0; r < RUNS; r++) net_write(&run[r].game.G, lab->out), net_write(&run[r].game.D, lab->out);
        }
        /*%% fig 08_gan-ring_movie */
        /*%% fig 08_gan-moments
        Four moments of this game. Shade: $D$, from fake to real. Lines: a grid of $z$ carried through $G$. Arrows: down $G$'s loss. */
        /*%% fig 08_gan-time
        The same game on both targets. The ring is found within some thousand rounds; the grid is not found. */
        /*%% fig 08_gan-losses
        One game at three paces: who learns how fast differs; so do momentum (.9 in the collapse) and k (5 where D wins). */
        STEP("score") score(lab, "ring", run, &keep), score(lab, "grid", run + SEEDS, &keep);
        /*%% fig 08_gan-coverage
        How many modes five seeds hold, strictly counted. */
        /*%% fig 08_gan-seeds
        Five games on the grid, after the last round. */
    } else STEP("failure") show_failure(lab, run, &ring, &rng, &keep, &mem);
    arena_free(&keep), arena_free(&mem);
    return lab_close(lab);
}
