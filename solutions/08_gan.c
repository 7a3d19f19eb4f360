/* 08_gan: the two-player game in the plane.
 *
 * Learn    to play a GAN's game and to watch it: who gets which gradient, and how the game fails.
 * Write    five functions, marked TODO, in this order; labs/08_gan.h says what each must do,
 *          `make test-08` tests them.
 * Run      `make 08` builds this file, runs it and draws its figures in out/figures/.
 *          `make 08 ARGS='--show-failure collapse'` shows one way to fail beside its remedy
 *          (also: d-wins, saturating).
 * Writes   out/08_gan/: csv for the figures, metrics.csv, modes_*.npy, samples_*.npy, weights
 * Takes    about 40 s on two cores; --quick 2 s
 * Expect   modes_ring_plain near 8 of 8 and modes_grid_plain far below 25 (at most 15):
 *          the same plain GAN, means over five seeds
 *
 * Letters  B batch, z (B,2) noise, x (B,2) points, D discriminator, G generator,
 *          k D-steps in a round.
 */
#include "08_gan.h"
#include "08_gan_plot.h"
#include "parallel.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/*%% md
## The value of the game

$G$ turns noise $z$ into points. $D$ looks at a point and gives a logit $v$; $D(x) = \sigma(v)$ is
its belief that $x$ is real. They play for one number,
$$ V(D,G) = \mathbb E_{x\sim p}\log D(x) + \mathbb E_{z}\log\bigl(1 - D(G(z))\bigr) , $$
which $D$ wants high and $G$ wants low. A $D$ that knows nothing says ½ everywhere:
$V = -2\ln 2 \approx -1.386$.
*/
float gan_value(Net *D, Mat real, Mat fake, Arena *mem)
{
#ifdef SOLUTION
    Loss up = bce_logits_to(net_eval(D, real, mem), 1, mem);        // mean of -log sigma(v)
    Loss down = bce_logits_to(net_eval(D, fake, mem), 0, mem);      // mean of -log(1 - sigma(v))
    return -up.value - down.value;
#else
    TODO("logits by net_eval; bce_logits_to gives -log sigma(v) for target 1 and "
         "-log(1 - sigma(v)) for target 0: V is minus both");
#endif
}

/*%% md
## Two steps

$D$ climbs $V$: real points up, fakes down. Two batches went through the same weights, so two
gradients add up.
*/
float d_step(Net *D, Mat real, Mat fake, const Adam *opt, Arena *mem)
{
#ifdef SOLUTION
    Trace tr = trace(mem, TRAIN), tf = trace(mem, TRAIN);    // the same D, used twice
    Loss up = bce_logits_to(net_forward(D, real, &tr), 1, mem);
    Loss down = bce_logits_to(net_forward(D, fake, &tf), 0, mem);

    net_zero_grad(D);
    net_backward(D, up.grad, &tr, WRT_PARAMS);
    net_backward(D, down.grad, &tf, WRT_PARAMS);
    adam_step(D, opt);
    return up.value + down.value;
#else
    TODO("real and fake through D, each with a trace; bce_logits_to 1 and 0; "
         "zero D's gradients, add both, adam_step");
#endif
}

/*%% md
$G$ never sees a real point. All it gets is $D$'s gradient at its own fakes: two numbers per fake,
which way it would look more real. On the logit the minimax loss $\log(1-\sigma(v))$ has the slope
$-\sigma(v)$, and the fooling loss $-\log\sigma(v)$ has $\sigma(v)-1$. Where $D$ is sure that a fake
is fake, $v \ll 0$, the first is nearly 0 and the second nearly $-1$.
*/
float g_step(Net *G, Net *D, Mat z, GLoss loss, const Adam *opt, Arena *mem)
{
#ifdef SOLUTION
    Trace tg = trace(mem, TRAIN), td = trace(mem, TRAIN);
    Mat fake = net_forward(G, z, &tg);                              // (B,2)
    Mat logit = net_forward(D, fake, &td);                          // (B,1)

    Loss L = bce_logits_to(logit, loss == FOOLING, mem);
    if (loss == MINIMAX) {                                          // down log(1 - D), the mirror
        L.value = -L.value;                                         // image of D's own loss
        mat_scale(L.grad, -1);
    }
    Mat dfake = net_backward(D, L.grad, &td, WRT_INPUT);            // (B,2); D gets no gradient
    net_zero_grad(G);
    net_backward(G, dfake, &tg, WRT_PARAMS);
    adam_step(G, opt);
    return L.value;
#else
    TODO("z through G, through D; FOOLING: bce_logits_to 1, MINIMAX: minus bce_logits_to 0; "
         "back through D (WRT_INPUT) and G; adam_step");
#endif
}

/*%% md
## A round

The best $D$ against a $G$ that stands still would need many steps; $k$ of them must do. Then $G$
moves, and $D$ is out of date.
*/
Losses alternate(Game *game, Arena *mem)
{
#ifdef SOLUTION
    Losses loss = {0};
    for (int i = 0; i < game->k; i++) {
        Mat real = mixture_sample(&game->data, game->batch, NULL, &game->rng, mem);
        Mat z = mat_noise(mem, game->batch, 2, &game->rng);
        Mat fake = net_eval(&game->G, z, mem);
        loss.d = game->step_d(&game->D, real, fake, &game->opt_d, mem);
    }
    Mat z = mat_noise(mem, game->batch, 2, &game->rng);
    loss.g = game->step_g(&game->G, &game->D, z, game->loss, &game->opt_g, mem);
    return loss;
#else
    TODO("k times: fresh real points, fresh fakes, game->step_d; "
         "then once game->step_g with fresh noise; return the last loss of each");
#endif
}

/*%% md
## What is covered?

A game has no loss that says how well $G$ does. Here the truth is known, so we count: a mode counts
when at least half of its fair share of samples lies within three standard deviations. (One sample
is enough in much of the literature. That is a low bar.)
*/
Coverage mode_coverage(const Mixture *m, Mat x)
{
#ifdef SOLUTION
    int held[MODES] = {0}, all = 0;
    for (int i = 0; i < x.n; i++) {
        int nearest = 0;
        double least = INFINITY;                                    // squared distance
        for (int k = 0; k < m->n; k++) {
            double a = (double)row(x, i)[0] - m->mode[k].mean[0];
            double b = (double)row(x, i)[1] - m->mode[k].mean[1];
            if (a * a + b * b < least) {
                least = a * a + b * b;
                nearest = k;
            }
        }
        double variance = m->mode[nearest].cov[0];
        if (least <= 3 * 3 * variance) {
            held[nearest]++;
            all++;
        }
    }
    Coverage c = {.quality = (float)all / (float)x.n};
    for (int k = 0; k < m->n; k++) {
        double fair = (double)m->mode[k].weight * x.n;
        c.lax += held[k] > 0;
        c.strict += held[k] >= .5 * fair;
    }
    return c;
#else
    TODO("for every sample the nearest mean, and is it within 3 sd? count per mode; "
         "then compare with half of weight * n, and with 1");
#endif
}

/* ---- the players ---- */

enum { WIDTH = 128 };                   /* TRY: 16. Which suffers more, the ring or the grid? */

static Net player(const char *name, int out, Arena *keep, Rng *rng)
{
    Net net = net_new(name, (Shape){1, 1, 2}, keep);
    net_dense(&net, WIDTH, rng); net_relu(&net);
    net_dense(&net, WIDTH, rng); net_relu(&net);
    net_dense(&net, out, rng);
    return net;
}

/* ---- a game, and how it is set up ---- */

typedef struct {
    const char *name;                   /* its files begin with it */
    int   k;                            /* D-steps in a round */
    float lr_g, lr_d, beta1, eps_g;     /* of Adam; with an eps far above its gradients, G goes
                                         * plainly downhill */
    GLoss loss;
    bool  far;                          /* G starts as a tight cloud at (5,0), and D learns alone
                                         * for 1000 rounds first */
} Setting;

/* TRY: k = 3 in the healthy setting. Does the grid gain? */
/*                                  name       k  lr of G  of D   beta1  eps_g  loss   far */
static const Setting healthy    = {"healthy",    1, 1e-3f, 1e-3f, .5f, 1e-8f, FOOLING, false};
static const Setting collapse   = {"collapse",   1, 3e-3f, 1e-4f, .9f, 1e-8f, FOOLING, false};
static const Setting d_wins     = {"d-wins",     5, 1e-5f, 1e-3f, .5f, 1e-8f, FOOLING, false};
static const Setting fooling    = {"fooling",    1, 2e-2f, 1e-3f, .5f, 1,     FOOLING, true};
static const Setting saturating = {"saturating", 1, 2e-2f, 1e-3f, .5f, 1,     MINIMAX, true};

/* Three ways to fail, each beside its remedy: --show-failure. */
static const struct { const char *flag; const Setting *remedy, *failure; } failures[] = {
    {"collapse", &healthy, &collapse},
    {"d-wins", &healthy, &d_wins},
    {"saturating", &fooling, &saturating},
};

/* D alone, against a G that stands still. */
static void teach_d(Game *game, int steps, Arena *mem)
{
    for (int i = 0; i < steps; i++) {
        arena_reset(mem);
        Mat z = mat_noise(mem, game->batch, 2, &game->rng);
        Mat fake = net_eval(&game->G, z, mem);
        Mat real = mixture_sample(&game->data, game->batch, NULL, &game->rng, mem);
        d_step(&game->D, real, fake, &game->opt_d, mem);
    }
}

static void start_far(Net *G)
{
    Layer *last = &G->layer[G->n - 1];
    mat_scale(last->w.v, .1f);
    last->b.v.a[0] = 5;
}

static Game game_new(const char *run, const Setting *set, const Mixture *data, int batch, Rng rng,
                     Arena *keep)
{
    Adam opt = {.beta1 = set->beta1, .beta2 = .999f, .eps = 1e-8f};
    Game game = {.opt_g = opt, .opt_d = opt, .step_d = d_step, .step_g = g_step,
                 .loss = set->loss, .k = set->k, .batch = batch, .data = *data,
                 .rng = rng_split(&rng)};
    game.opt_g.lr = set->lr_g;
    game.opt_d.lr = set->lr_d;
    game.opt_g.eps = set->eps_g;
    game.G = player(name_of(keep, "G_%s", run), 2, keep, &rng);
    game.D = player(name_of(keep, "D_%s", run), 1, keep, &rng);
    return game;
}

/* ---- playing ---- */

enum { SEEDS = 5, RUNS = 2 * SEEDS + 2, FRAMES = 25, EPOCH = 100 };    /* EPOCH: rounds */

typedef struct {
    const char *name;                   /* "ring1" */
    Game   game;
    Arena  mem;                         /* of its steps: runs share nothing, so that threads can
                                         * share out the runs */
    long   round, rounds;
    double seconds;
    Coverage cover;                     /* of 2500 samples, at the last look */
    Film  *film;                        /* NULL where it is not filmed */
    LossCurve curve;
} Run;

static Run run_new(const char *name, const Setting *set, const Mixture *data, int batch,
                   long rounds, Rng rng, Arena *keep)
{
    Run run = {.name = name, .rounds = rounds, .mem = arena_new(name, MB(64))};
    run.game = game_new(name, set, data, batch, rng, keep);
    if (set->far) {
        start_far(&run.game.G);
        teach_d(&run.game, 1000, &run.mem);
    }
    return run;
}

/* Samples from noise that is always the same; n rows are the first n rows of more. */
static Mat draw(Game *game, int n, Arena *mem)
{
    Rng fixed = {.key = 8};
    return net_eval(&game->G, mat_noise(mem, n, 2, &fixed), mem);
}

static void play(Run *run, long until)
{
    double start = now_s();
    for (; run->round < until && !lab_stopping(); run->round++) {
        arena_reset(&run->mem);
        Losses loss = alternate(&run->game, &run->mem);
        lab_finite("D's or G's loss", loss.d + loss.g, run->round);
        curve_add(&run->curve, run->round, run->rounds, loss);
    }
    run->seconds += now_s() - start;
    arena_reset(&run->mem);
    run->cover = mode_coverage(&run->game.data, draw(&run->game, 2500, &run->mem));
}

/* All games at once, from one moment that the films show to the next; moments are close together
 * at first. Threads share out the games. */
static void play_all(Lab *lab, Run *run, int runs, Arena *mem)
{
    Csv *coverage = csv_open(lab->out, "coverage.csv", "run,round,strict,lax,quality");
    Csv *losses = csv_open(lab->out, "losses.csv", "run,round,d_loss,g_loss");
    for (int frame = 0; frame < FRAMES && !lab_stopping(); frame++) {
        double when = (double)(frame * frame) / ((FRAMES - 1) * (FRAMES - 1));
        PARALLEL_IF(runs > 1,
        for (int r = 0; r < runs; r++) play(&run[r], (long)(when * (double)run[r].rounds));)

        for (int r = 0; r < runs; r++) {
            Coverage c = run[r].cover;
            csv_row(coverage, "%s,%ld,%d,%d,%.4f", run[r].name, run[r].round, c.strict, c.lax,
                    c.quality);
            Mat shown = draw(&run[r].game, SHOWN, &run[r].mem);
            film_frame(run[r].film, &run[r].game, shown, mem);
        }
        progress(frame, FRAMES - 1, "round %ld: %s covers %d of %d modes", run->round, run->name,
                 run->cover.strict, run->game.data.n);
    }
    for (int r = 0; r < runs; r++) {
        film_close(run[r].film);
        curve_write(losses, run[r].name, &run[r].curve, run[r].rounds);
    }
    csv_close(coverage);
    csv_close(losses);
}

/* Five games on each target, and two ways to fail on the ring. One of each kind is filmed. */
static void new_runs(Lab *lab, Run *run, const Mixture *ring, const Mixture *grid, Rng *rng,
                     Arena *keep)
{
    static const char *const ring_name[SEEDS] = {"ring1", "ring2", "ring3", "ring4", "ring5"};
    static const char *const grid_name[SEEDS] = {"grid1", "grid2", "grid3", "grid4", "grid5"};
    long rounds = (long)lab->epochs * EPOCH;
    for (int s = 0; s < SEEDS; s++)
        run[s] = run_new(ring_name[s], &healthy, ring, lab->batch, rounds, rng_split(rng), keep);
    for (int s = 0; s < SEEDS; s++)
        run[SEEDS + s] =
            run_new(grid_name[s], &healthy, grid, lab->batch, rounds, rng_split(rng), keep);
    for (int f = 0; f < 2; f++) {
        const Setting *set = failures[f].failure;
        run[2 * SEEDS + f] =
            run_new(set->name, set, ring, lab->batch, rounds / 4, rng_split(rng), keep);
    }
    for (int r = 0; r < RUNS; r++) {
        bool first_of_its_kind = r >= 2 * SEEDS || r % SEEDS == 0;
        if (lab->load) {
            net_read(&run[r].game.G, lab->load);
            net_read(&run[r].game.D, lab->load);
        } else if (first_of_its_kind) {
            run[r].film = film_open(lab, run[r].name, keep);
        }
    }
}

/* ---- the numbers ---- */

/* What five seeds of one kind reach, on fresh samples. */
static void score(Lab *lab, const char *kind, Run *run, Arena *mem)
{
    enum { N = 10000 };
    Mat all = mat_new(mem, SEEDS * N, 2);
    double strict = 0, lax = 0, quality = 0, seconds = 0, covered = 0;
    for (int s = 0; s < SEEDS; s++) {
        Rng rng = {.key = lab->seed + 80 + (unsigned)s};
        Mat x = mat_rows(all, s * N, N);
        mat_set(x, net_eval(&run[s].game.G, mat_noise(mem, N, 2, &rng), mem));

        int modes = run[s].game.data.n;
        Coverage c = mode_coverage(&run[s].game.data, x);
        strict += c.strict / (double)SEEDS;
        lax += c.lax / (double)SEEDS;
        quality += c.quality / SEEDS;
        covered += c.strict == modes;
        seconds += run[s].seconds;
        lab_metric(lab, "modes", c.strict, "modes_%s_seed%d", kind, s + 1);
        printf("%s, seed %d: %2d of %d modes hold half their share, %2d a sample; "
               "%.1f %% of samples near a mode\n",
               kind, s + 1, c.strict, modes, c.lax, 100 * c.quality);
    }
    lab_metric(lab, "modes", strict, "modes_%s_plain", kind);
    lab_metric(lab, "modes", lax, "modes_%s_lax", kind);
    lab_metric(lab, "share of samples", quality, "hq_%s_plain", kind);
    lab_metric(lab, "seeds of 5", covered, "%s_covered", kind);
    if (seconds > 0)
        printf("%s: 10,000 rounds take %.1f s on one thread\n", kind,
               1e4 * seconds / (double)(SEEDS * run->round));
    npy_write(lab->out, name_of(mem, "samples_%s.npy", kind), all);
    plot_last(lab, kind, all, SEEDS, 1000, mem);
}

/* --show-failure: that failure and its remedy, from the same weights. */
static void show_failure(Lab *lab, Run *run, const Mixture *ring, Rng rng, Arena *keep, Arena *mem)
{
    int which = 0;
    while (strcmp(failures[which].flag, lab->failure) != 0) which++;
    const Setting *set[2] = {failures[which].remedy, failures[which].failure};
    for (int r = 0; r < 2; r++) {
        long rounds = (long)lab->epochs * EPOCH / 4;
        run[r] = run_new(set[r]->name, set[r], ring, lab->batch, rounds, rng, keep);
        run[r].film = film_open(lab, run[r].name, keep);
    }
    play_all(lab, run, 2, mem);
    for (int r = 0; r < 2; r++) {
        printf("%-10s %d of 8 modes, %.0f %% of samples near one\n", run[r].name,
               run[r].cover.strict, 100 * run[r].cover.quality);
        lab_metric(lab, "modes", run[r].cover.strict, "modes_%s", run[r].name);
    }
}

static int finish(Lab *lab, Run *run, Arena *keep, Arena *mem)
{
    for (int r = 0; r < RUNS; r++) arena_free(&run[r].mem);
    arena_free(keep);
    arena_free(mem);
    return lab_close(lab);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "08_gan", .title = "the two-player game in the plane",
        .epochs = 80, .batch = 128, .quick_epochs = 2,
        .steps = "targets value steps ruler play score failure",
        .failures = "collapse d-wins saturating",
        .result = "modes_ring_plain",
    };
    static Run run[RUNS];
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(64)), mem = arena_new("step", MB(64));
    Rng rng = rng_new(lab->seed);
    /*%% md
    ## The targets
    Eight round modes on a ring, and twenty-five narrow ones on a grid, which has become the
    standard test (Metz et al. 2017, Srivastava et al. 2017: {-4,-2,0,2,4}² with sd .05; here
    divided by 4, so that both targets have the same size). */
    Mixture ring = mixture_ring(8, 1, .1f);
    Mixture grid = mixture_grid(5, .5f, .0125f);
    Game game;
    STEP("targets") {
        plot_target(lab, "ring", &ring, &rng, &mem);
        plot_target(lab, "grid", &grid, &rng, &mem);
        game = game_new("first", &healthy, &ring, lab->batch, rng_split(&rng), &keep);
        net_print(&game.G);
        net_print(&game.D);
    }
    Mat real, fake;                                     // (2000,2) both
    STEP("value") {
        real = mixture_sample(&ring, 2000, NULL, &rng, &keep);
        fake = draw(&game, 2000, &keep);
        Net none = player("none", 1, &keep, &rng);
        mat_fill(none.layer[4].w.v, 0);                 // whatever it sees, its logit is 0
        float v = gan_value(&none, real, fake, &mem);
        printf("a D that knows nothing: V = %.6f, and -2 ln 2 = %.6f\n", v, -2 * log(2));
    }
    STEP("steps") {
        for (int i = 0; i < 100; i++) {
            arena_reset(&mem);
            d_step(&game.D, real, fake, &game.opt_d, &mem);
        }
        float v = gan_value(&game.D, real, fake, &mem);
        printf("V = %.4f after 100 steps of D alone\n", v);
        for (int i = 0; i < 100; i++) {
            arena_reset(&mem);
            Mat z = mat_noise(&mem, 500, 2, &rng);
            g_step(&game.G, &game.D, z, FOOLING, &game.opt_g, &mem);
        }
        v = gan_value(&game.D, real, draw(&game, 2000, &mem), &mem);
        printf("V = %.4f after 100 steps of G alone\n", v);
        Losses l = alternate(&game, &mem);
        printf("then a round: D's loss %.3f, G's %.3f\n", l.d, l.g);
    }
    STEP("ruler") {                                     // what would a perfect G get?
        Mat x = mixture_sample(&ring, 10000, NULL, &rng, &mem);
        Coverage r = mode_coverage(&ring, x);
        Mat y = mixture_sample(&grid, 10000, NULL, &rng, &mem);
        Coverage g = mode_coverage(&grid, y);
        printf("real points: %d modes, %.1f %% near one; %d modes, %.1f %%\n",
               r.strict, 100 * r.quality, g.strict, 100 * g.quality);
        lab_metric(lab, "share of samples", r.quality, "hq_ring_real");
        lab_metric(lab, "share of samples", g.quality, "hq_grid_real");
    }
    if (lab->failure) {
        STEP("failure") show_failure(lab, run, &ring, rng, &keep, &mem);
        return finish(lab, run, &keep, &mem);
    }
    STEP("play") {
        new_runs(lab, run, &ring, &grid, &rng, &keep);
        if (!lab->load) play_all(lab, run, RUNS, &mem);
        for (int r = 0; r < RUNS; r++) {
            net_write(&run[r].game.G, lab->out);
            net_write(&run[r].game.D, lab->out);
        }
    }
    /*%% fig 08_gan-ring_movie */
    /*%% fig 08_gan-moments
    Four moments of this game. Shade: $D$, from fake to real. Lines: a grid of $z$ carried through
    $G$. Arrows: down $G$'s loss. */
    /*%% fig 08_gan-time
    The same game on both targets. The ring is found within some thousand rounds; the grid is not
    found. */
    /*%% fig 08_gan-losses
    One game at three paces: who learns how fast differs; so do momentum (.9 in the collapse) and
    k (5 where D wins). */
    STEP("score") {
        score(lab, "ring", run, &keep);
        score(lab, "grid", run + SEEDS, &keep);
    }
    /*%% fig 08_gan-coverage
    How many modes five seeds hold, strictly counted. */
    /*%% fig 08_gan-seeds
    Five games on the grid, after the last round. */
    return finish(lab, run, &keep, &mem);
}
