/* 15_stackgan: a picture in two stages, first what and where, then how it looks from near.
 *
 * Learn    why it is easier to draw small and then to refine, what a cloud around a caption is good
 *          for, and how the sharpness of edges becomes a number.
 * Write    five functions, marked TODO, in this order; labs/15_stackgan.h says what each must do,
 *          `make test-15` tests them.
 * Run      `make 15` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command. --caption "a small red ring on a grey background" draws
 *          that, too; --size 64 refines to 64 x 64
 * Writes   out/15_stackgan/: csv and png for the figures, metrics.csv, the nets' weights in
 *          augmented/ and plain/; stage1.npy (10000,16,16,3), stage2.npy (10000,32,32,3; of
 *          --size 64 a quarter as many) and truth.npy, attributes.npy and what was seen;
 *          train.npy: what the training set holds
 * Takes    about 180 s on two cores; --quick 5 s; --size 64 300 s
 * Expect   Stage II shows what the caption says in about nineteen of twenty pictures, with edges
 *          nearly as sharp as real ones
 *
 * Letters  B batch, W numbers of a caption, e (B,W) captions, C condition, Z noise, D
 *          discriminator, G generator; averages of the weights draw the pictures.
 */
#include "15_stackgan.h"
#include "15_stackgan_plot.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*%% md
## A caption is a cloud

Two thousand captions are two thousand points, and $G$ is asked nothing about what lies between. A
point that becomes a cloud covers some of it. The clouds would shrink to points again; a pull
towards the standard normal keeps them wide.
$$ c = \mu + e^{\ell/2}\,\varepsilon, \qquad
   \mathrm{KL} = \tfrac12 \textstyle\sum_j \big(\mu_j^2 + e^{\ell_j} - \ell_j - 1\big),
   \qquad (\mu\,|\,\ell) = h(e) $$
*/
Augmented cond_augment(Mat h, Mat eps, Arena *mem)
{
    TODO("c = mu + exp(logvar / 2) eps; the KL of lab 4, averaged over the batch; its gradient for "
         "mu and for logvar, side by side");
}

Mat augment_backward(Mat dc, Mat h, Mat eps, Arena *mem)
{
    int C = dc.d;
    Mat dh = mat_new(mem, dc.n, 2 * C);
    for (int i = 0; i < dc.n; i++)
        for (int j = 0; j < C; j++) {
            float sd = expf(.5f * row(h, i)[C + j]), d = row(dc, i)[j];
            row(dh, i)[j] = d;
            row(dh, i)[C + j] = d * .5f * sd * row(eps, i)[j];
        }
    return dh;
}

/* ---- D, as in lab 14 ---- */

/* R1 as in lab 9, every LAZY steps and that much stronger. */
static const float R1 = .02f, SMALL_STEP = .1f;
enum { LAZY = 8 };

float teach_d(Critic *critic, Mat real, Mat fake, Mat e, Mat wrong, Arena *mem)
{
    PairD *D = &critic->D;
    Trace at_real = trace(mem, TRAIN), at_fake = trace(mem, TRAIN);
    PairTrace fits, misfits, fakes;
    Mat map_real = net_forward(&D->image, real, &at_real);
    Mat map_fake = net_forward(&D->image, fake, &at_fake);
    Loss accept = bce_logits_to(pair_ask(D, map_real, e, &fits, mem), 1, mem);
    Loss unfit = bce_logits_to(pair_ask(D, map_real, wrong, &misfits, mem), 0, mem);
    Loss refuse = bce_logits_to(pair_ask(D, map_fake, e, &fakes, mem), 0, mem);
    mat_scale(unfit.grad, .5f);
    mat_scale(refuse.grad, .5f);

    net_zero_grad(&D->image);
    net_zero_grad(&D->pair);
    PairAnswer a = pair_back(D, accept.grad, &fits, WRT_PARAMS, mem);
    PairAnswer b = pair_back(D, unfit.grad, &misfits, WRT_PARAMS, mem);
    PairAnswer c = pair_back(D, refuse.grad, &fakes, WRT_PARAMS, mem);
    mat_add(a.dmap, b.dmap);
    net_backward(&D->image, a.dmap, &at_real, WRT_PARAMS);
    net_backward(&D->image, c.dmap, &at_fake, WRT_PARAMS);
    if (critic->gamma > 0 && D->image.steps % LAZY == 0)
        pair_flatten(D, real, e, SMALL_STEP, LAZY * critic->gamma, mem);
    nets_step(nets_of(&D->image, &D->pair), &critic->opt);
    return accept.value + .5f * (unfit.value + refuse.value);
}

/*%% md
## Stage I: what, and where

A small picture, drawn from noise and a condition. Beside fooling $D$ it is charged for clouds that
are narrow or far out, $\lambda\,\mathrm{KL}$.
*/
Losses stage1_step(Stage1 *s, Mat real, Mat e, Mat wrong, Mat z, Mat eps, Arena *mem)
{
    TODO("augment, cond_augment, paint; teach_d; fooling_loss, and back: paint_backward, "
         "augment_backward, plus weight times dkl, to augment; three steps of Adam by s->opt");
}

/*%% md
## Stage II: how it looks from near

Most of the large picture is known already: it is the small one, enlarged. What is left to learn is
the difference, and it is 0 almost everywhere but at edges. At an edge a pixel goes some way $r_k$
towards the colour of a neighbour $k$ of the small picture:
$$ x_2 = \mathrm{up}(x_1) + \sum_k r_k \,\big(\mathrm{neighbour}_k(x_1) - x_1\big),
   \qquad r = \mathrm{residual}\big(\mathrm{encode}(x_1),\, c\big) $$
*/
Mat stage2_forward(Stage2 *s, Mat x1, Mat c, Mode mode, Stage2Trace *way, Arena *mem)
{
    TODO("traces of `kind`; encode, planes_join, residual; up(x1) and what spread adds");
}

Losses stage2_step(Stage2 *s, Mat real, Mat x1, Mat e, Mat wrong, Mat eps, Arena *mem)
{
    TODO("as stage1_step, by stage2_forward; back through spread_backward, residual, planes_split "
         "(dc begins with zeros) and encode; what x1 would hear is left out");
}

/*%% md
## How sharp is it?

Where two pixels differ there is an edge, and squaring makes one jump count for more than the same
change in many small steps.
*/
double edge_energy(Mat x, int h, int w)
{
    TODO("squared differences to the right and downwards, where there is a neighbour; over n h w");
}

/* ---- what is asked ---- */

/* Lab 14 has learned what words mean; here each word stands for itself, a 1 in its place. */
enum { A = SPRITE_ATTRIBUTES, S1 = 16, P = S1 * S1, Z = 16, C = 16 };

/* The training set, in both sizes, none of it held out: x1 (n,3P), x2 (n,d) in [-1,1]. */
typedef struct { int side; Mat x1, x2, value; } Task;

/* Drawn once, so that what was trained on can be listed: train.npy. */
static Task get_task(Lab *lab, int side, Rng *rng, Arena *keep)
{
    int n = lab->quick ? 1000 : 20000;
    Sprites large = sprites_plain(n, side, false, rng, keep);
    Task task = {side, mat_new(keep, n, 3 * P), large.x, large.value};
    for (int i = 0; i < n; i++)
        sprite_draw(sprite_of_row(task.value, i), S1, rng, row(task.x1, i), NULL);
    pictures_to_signs(task.x1);
    pictures_to_signs(task.x2);
    sprites_write(lab->out, "train.npy", task.value);
    printf("%d sprites, of %d x %d and of %d x %d\n", n, S1, S1, side, side);
    return task;
}

/* Captions (B,W): e fits the sprites of a batch, wrong is wrong in one word. */
typedef struct { Mat e, wrong; } Described;

static Described describe(const Task *task, const Training *t, Rng *rng, Arena *mem)
{
    Mat asked = mat_gather(mem, task->value, t->index, t->x.n), other = mat_new(mem, t->x.n, A);
    for (int i = 0; i < asked.n; i++)
        sprite_to_row(sprite_misdescribed(sprite_of_row(asked, i), rng), other, i);
    Described d = {.e = sprites_one_hot(asked, mem), .wrong = sprites_one_hot(other, mem)};
    return d;
}

/* ---- the nets ---- */

static Net augment_net(int words, Arena *keep, Rng *rng)
{
    Net net = net_new("augment", (Shape){1, 1, words}, keep);
    net_dense(&net, 128, rng); net_lrelu(&net, .2f);
    net_dense(&net, 2 * C, rng);
    Param *w = &net.layer[net.n - 1].w;
    for (int i = 0; i < w->v.n; i++)                        // all clouds begin equally wide,
        for (int j = C; j < 2 * C; j++) row(w->v, i)[j] = 0;
    for (int j = C; j < 2 * C; j++) net.layer[net.n - 1].b.v.a[j] = -4;     // and narrow
    return net;
}

static Critic critic_new(int side, int words, Arena *keep, Rng *rng)
{
    Adam opt = {.beta1 = .5f, .beta2 = .99f, .eps = 1e-8f};
    Critic critic = {.D.pixels = 4 * 4, .opt = opt, .gamma = R1};
    Net *image = &critic.D.image, *pair = &critic.D.pair;
    *image = net_new("image", (Shape){side, side, 3}, keep);
    int maps = side == 64 ? 8 : 16;
    for (int s = side; s > 4; s /= 2) {
        net_conv(image, maps, 4, 2, 1, rng); net_lrelu(image, .2f);
        maps = maps < 64 ? 2 * maps : 64;
    }
    *pair = net_new("pair", (Shape){4, 4, net_out(image).c + words}, keep);
    net_conv(pair, 64, 1, 1, 0, rng); net_lrelu(pair, .2f);
    net_dense(pair, 128, rng); net_lrelu(pair, .2f);
    net_dense(pair, words + 1, rng);
    mat_scale(pair->layer[pair->n - 1].w.v, .3f);           // undecided at first
    return critic;
}

static Stage1 stage1_new(int words, float weight, Arena *keep, Rng *rng)
{
    enum { MAPS = 16 };
    Adam opt = {.beta1 = .5f, .beta2 = .99f, .eps = 1e-8f};
    Stage1 s = {.weight = weight, .opt = opt};
    s.augment = augment_net(words, keep, rng);
    s.G.form = net_new("form", (Shape){1, 1, Z + C}, keep);
    for (int k = 0; k < 2; k++) {
        net_dense(&s.G.form, 256, rng); net_layernorm(&s.G.form); net_lrelu(&s.G.form, .2f);
    }
    net_dense(&s.G.form, 8 * 8 * MAPS, rng); net_reshape(&s.G.form, (Shape){8, 8, MAPS});
    net_lrelu(&s.G.form, .2f);
    net_upsample_smooth(&s.G.form);
    net_conv(&s.G.form, MAPS, 3, 1, 1, rng); net_lrelu(&s.G.form, .2f);
    net_conv(&s.G.form, 2, 3, 1, 1, rng);
    Mat bias = s.G.form.layer[s.G.form.n - 1].b.v;
    bias.a[0] = -1;                                         // mostly background,
    bias.a[1] = 2;                                          // and what is drawn is bright
    net_sigmoid(&s.G.form);
    s.G.colour = net_new("colour", (Shape){1, 1, C}, keep);
    for (int k = 0; k < 2; k++) {
        net_dense(&s.G.colour, 64, rng); net_layernorm(&s.G.colour); net_lrelu(&s.G.colour, .2f);
    }
    net_dense(&s.G.colour, 6, rng); net_sigmoid(&s.G.colour);
    s.critic = critic_new(S1, words, keep, rng);
    return s;
}

static Stage2 stage2_new(int side, int words, float weight, Arena *keep, Rng *rng)
{
    enum { MAPS = 24 };
    Adam opt = {.beta1 = .5f, .beta2 = .99f, .eps = 1e-8f};
    Stage2 s = {.weight = weight, .opt = opt};
    s.h = S1;
    s.w = S1;
    s.times = side / S1;
    s.augment = augment_net(words, keep, rng);
    s.up = net_new("up", (Shape){S1, S1, 3}, keep);
    for (int at = S1; at < side; at *= 2) net_upsample(&s.up);
    s.encode = net_new("encode", (Shape){S1, S1, 3}, keep);
    net_conv(&s.encode, MAPS, 3, 1, 1, rng); net_lrelu(&s.encode, .2f);
    s.residual = net_new("residual", (Shape){S1, S1, MAPS + C}, keep);
    net_conv(&s.residual, MAPS, 1, 1, 0, rng); net_lrelu(&s.residual, .2f);
    net_conv(&s.residual, MAPS, 3, 1, 1, rng); net_lrelu(&s.residual, .2f);
    net_conv(&s.residual, 4 * s.times * s.times, 3, 1, 1, rng);
    mat_scale(s.residual.layer[s.residual.n - 1].w.v, .1f); // nearly nothing at first,
    net_lrelu(&s.residual, .1f);                            // hardly away from a neighbour,
    net_tanh(&s.residual);                                  // and never further than all the way
    s.critic = critic_new(side, words, keep, rng);
    return s;
}

/* One of the two whose pictures are compared: with clouds around captions, or without. */
typedef struct {
    const char *name;                       /* of its folder */
    bool   cloud;
    Stage1 one, one_average;                /* the averages draw the pictures */
    Stage2 two, two_average;
    int    side;                            /* of Stage II's pictures */
    const Task *task;
    int    stage;                           /* the one that learns */
    Rng    rng;
    Arena  keep, mem;                       /* its own, as two models learn side by side */
    Training training;
    Losses loss;
} Model;

static Nets nets_of_stage1(Stage1 *s) { return nets_of(&s->augment, &s->G.form, &s->G.colour); }
static Nets nets_of_stage2(Stage2 *s) { return nets_of(&s->augment, &s->encode, &s->residual); }

static void follow1(Model *m, float keep)
{
    nets_ema_update(nets_of_stage1(&m->one_average), nets_of_stage1(&m->one), keep);
}

static void follow2(Model *m, float keep)
{
    nets_ema_update(nets_of_stage2(&m->two_average), nets_of_stage2(&m->two), keep);
}

/* Found in sweeps on a seed that is not reported: the KL's weight, and rates at the first step. */
static const float KL_WEIGHT = .0005f, LR1 = 2e-3f, LR2_G = 6e-3f, LR2_D = 3e-3f;

static void model_new(Model *m, const char *name, bool cloud, int side, int words, Rng rng)
{
    float weight = cloud ? KL_WEIGHT : 0;
    *m = (Model){.name = name, .cloud = cloud, .side = side, .rng = rng};
    m->keep = arena_new(name, MB(64));
    m->mem = arena_new(name, MB(512));
    m->one = stage1_new(words, weight, &m->keep, &m->rng);
    m->one_average = stage1_new(words, weight, &m->keep, &m->rng);
    m->two = stage2_new(side, words, weight, &m->keep, &m->rng);
    m->two_average = stage2_new(side, words, weight, &m->keep, &m->rng);
    follow1(m, 0);
    follow2(m, 0);
}

/* ---- Stage I's picture: lab 14's, of noise and condition, in colours of the condition ---- */

Mat paint(Stage1 *s, Mat z, Mat c, Mode mode, StencilTrace *p, Arena *mem)
{
    return stencil_paint(&s->G, mat_join(mem, z, c), c, mode, p, mem);
}

Mat paint_backward(Stage1 *s, Mat dx, StencilTrace *p, Arena *mem)
{
    StencilGrad d = stencil_backward(&s->G, dx, p, WRT_BOTH, mem);          // (B,Z+C), (B,C)
    mat_add(d.colour, mat_cols(mem, d.form, d.form.d - d.colour.d, d.colour.d));
    return d.colour;
}

/* ---- Stage II's way from the small picture to the large one, and back ---- */

enum { RIGHT, LEFT, BELOW, ABOVE, WAYS };

/* From the colour of pixel (u,v) of x to its neighbour's; false where there is none. */
static bool towards(const Stage2 *s, const float *x, int u, int v, int way, float change[3])
{
    static const int down[WAYS] = {[BELOW] = 1, [ABOVE] = -1};
    static const int right[WAYS] = {[RIGHT] = 1, [LEFT] = -1};
    int p = u + down[way], q = v + right[way];
    if (p < 0 || p >= s->h || q < 0 || q >= s->w) return false;
    for (int k = 0; k < 3; k++) change[k] = x[3 * (p * s->w + q) + k] - x[3 * (u * s->w + v) + k];
    return true;
}

/* Where the b-th pixel of the block of (u,v) begins in a picture of Stage II, */
static int place2(const Stage2 *s, int u, int v, int b)
{
    int line = u * s->times + b / s->times, column = v * s->times + b % s->times;
    return 3 * (line * s->w * s->times + column);
}

/* and its numbers in r. */
static int place_r(const Stage2 *s, int u, int v, int b)
{
    return WAYS * ((u * s->w + v) * s->times * s->times + b);
}

Mat spread(const Stage2 *s, Mat x1, Mat r, Arena *mem)
{
    int block = s->times * s->times;
    float change[3];
    Mat y = mat_zeros(mem, x1.n, x1.d * block);
    for (int i = 0; i < x1.n; i++)
        for (int u = 0; u < s->h; u++)
            for (int v = 0; v < s->w; v++)
                for (int way = 0; way < WAYS; way++) {
                    if (!towards(s, row(x1, i), u, v, way, change)) continue;
                    for (int b = 0; b < block; b++) {
                        float far = row(r, i)[place_r(s, u, v, b) + way];
                        float *to = row(y, i) + place2(s, u, v, b);
                        for (int k = 0; k < 3; k++) to[k] += far * change[k];
                    }
                }
    return y;
}

Mat spread_backward(const Stage2 *s, Mat x1, Mat dx2, Arena *mem)
{
    int block = s->times * s->times;
    float change[3];
    Mat dr = mat_zeros(mem, x1.n, s->h * s->w * block * WAYS);
    for (int i = 0; i < x1.n; i++)
        for (int u = 0; u < s->h; u++)
            for (int v = 0; v < s->w; v++)
                for (int way = 0; way < WAYS; way++) {
                    if (!towards(s, row(x1, i), u, v, way, change)) continue;
                    for (int b = 0; b < block; b++) {
                        const float *d = row(dx2, i) + place2(s, u, v, b);
                        float *to = row(dr, i) + place_r(s, u, v, b) + way;
                        for (int k = 0; k < 3; k++) *to += d[k] * change[k];
                    }
                }
    return dr;
}

/* ---- pictures by the averages ---- */

/* The noise of a cloud; without clouds there is none. */
static Mat cloud_noise(Model *m, int n, Rng *rng, Arena *mem)
{
    return m->cloud ? mat_noise(mem, n, C, rng) : mat_zeros(mem, n, C);
}

static Mat condition(Net *augment, Mat e, Mat eps, Arena *mem)
{
    return cond_augment(net_eval(augment, e, mem), eps, mem).c;
}

/* Stage I's pictures (n,3P) in [-1,1] of captions e (n,W). */
static Mat draw_small(Model *m, Mat e, Rng *rng, Arena *mem)
{
    StencilTrace p;
    Mat z = mat_noise(mem, e.n, Z, rng), eps = cloud_noise(m, e.n, rng, mem);
    return paint(&m->one_average, z, condition(&m->one_average.augment, e, eps, mem), EVAL,
                 &p, mem);
}

/* Stage II's (n,d) of those. */
static Mat refine(Model *m, Mat x1, Mat e, Rng *rng, Arena *mem)
{
    Stage2Trace way;
    Mat c = condition(&m->two_average.augment, e, cloud_noise(m, e.n, rng, mem), mem);
    return stage2_forward(&m->two_average, x1, c, EVAL, &way, mem);
}

/* small (n,3P) and large (n,d), both in [0,1] */
typedef struct { Mat small, large; } Drawn;

/* Both stages, a slab of captions at a time. */
static Drawn draw(Model *m, Mat value, Rng *rng, Arena *keep)
{
    Drawn d = {mat_new(keep, value.n, 3 * P), mat_new(keep, value.n, 3 * m->side * m->side)};
    Arena *mem = &m->mem;
    arena_reset(mem);
    for (Slab s = slabs(value.n, 250, mem); slab_next(&s);) {
        Mat e = sprites_one_hot(mat_rows(value, s.first, s.n), mem);
        Mat x1 = draw_small(m, e, rng, mem);
        Mat x2 = refine(m, x1, e, rng, mem);
        mat_set(mat_rows(d.small, s.first, s.n), pictures_from_signs(x1, mem));
        mat_set(mat_rows(d.large, s.first, s.n), pictures_from_signs(x2, mem));
    }
    return d;
}

/* ---- training ---- */

static void stage1_batch(Model *m)
{
    Training *t = &m->training;
    Stage1 *s = &m->one;
    Described d = describe(m->task, t, &m->rng, &m->mem);
    Mat z = mat_noise(&m->mem, t->x.n, Z, &m->rng);
    Mat eps = cloud_noise(m, t->x.n, &m->rng, &m->mem);
    s->opt.lr = cosine_decay(LR1, t->step, t->steps);
    s->critic.opt.lr = s->opt.lr;
    m->loss = stage1_step(s, t->x, d.e, d.wrong, z, eps, &m->mem);
    follow1(m, t->step < 1000 ? .99f : .999f);
}

static void stage2_batch(Model *m)
{
    Training *t = &m->training;
    Stage2 *s = &m->two;
    Described d = describe(m->task, t, &m->rng, &m->mem);
    Mat x1 = draw_small(m, d.e, &m->rng, &m->mem);
    Mat eps = cloud_noise(m, t->x.n, &m->rng, &m->mem);
    s->opt.lr = cosine_decay(LR2_G, t->step, t->steps);
    s->critic.opt.lr = cosine_decay(LR2_D, t->step, t->steps);
    m->loss = stage2_step(s, t->x, x1, d.e, d.wrong, eps, &m->mem);
    follow2(m, t->step < 1000 ? .99f : .999f);
}

static bool step_of(void *model)
{
    Model *m = model;
    if (!training_next(&m->training)) return false;
    if (m->stage == 1)
        stage1_batch(m);
    else
        stage2_batch(m);
    double sum = (double)(m->loss.d + m->loss.fool + m->loss.kl);
    lab_finite("D's or G's loss", sum, m->training.step);
    return true;
}

static void note_losses(void *model, long done, Csv *losses)
{
    const Model *m = model;
    csv_row(losses, "%s,%ld,%.4g,%.4g,%.4g", m->name, done, (double)m->loss.d,
            (double)m->loss.fool, (double)m->loss.kl);
}

enum { AUGMENTED, PLAIN, MODELS };

/* One stage of both models. */
static void train(Lab *lab, Model model[MODELS], const Task *task, int stage)
{
    Together how = {
        .file = stage == 1 ? "losses1.csv" : "losses2.csv", .every = 20,
        .header = "model,step,d_loss,fooling,kl", .step = step_of, .note = note_losses,
    };
    for (int k = 0; k < MODELS; k++) {
        Model *m = &model[k];
        arena_reset(&m->mem);
        m->stage = stage;
        m->task = task;
        m->training = training_whole(stage == 1 ? task->x1 : task->x2, lab->epochs, lab->batch,
                                     &m->rng, &m->mem);
    }
    train_together(&how, model, MODELS, sizeof *model, model[0].training.steps, lab->out);
}

/* What a stage's averages are, in DIR/NAME/stage1 or stage2. */
static Nets averages(Model *m, int stage)
{
    return stage == 1 ? nets_of_stage1(&m->one_average) : nets_of_stage2(&m->two_average);
}

static const char *folder_of(Model *m, int stage, const char *dir)
{
    return name_of(&m->keep, "%s/%s/stage%d", dir, m->name, stage);
}

static void get_stage(Lab *lab, Model model[MODELS], const Task *task, int stage)
{
    if (lab->load) {
        for (int k = 0; k < MODELS; k++)
            nets_read(averages(&model[k], stage), folder_of(&model[k], stage, lab->load));
    } else {
        train(lab, model, task, stage);
        lab_metric(lab, "nats, at the end", (double)model[AUGMENTED].loss.kl, "kl%d", stage);
    }
    for (int k = 0; k < MODELS; k++)
        nets_write(averages(&model[k], stage), folder_of(&model[k], stage, lab->out));
}

/* ---- steps of the story ---- */

/* n captions of one kind, what a model draws for them, and what is seen in that. */
typedef struct { Mat asked; Drawn x; Mat seen1, seen2; double right1, right2; } Answers;

static Answers draw_and_read(Lab *lab, Model *m, int n, bool held_out, Arena *keep)
{
    Rng fresh = {.key = lab->seed + (uint64_t)held_out};        // the same captions for each model
    Answers a = {.asked = mat_new(keep, n, A)};
    for (int i = 0; i < n; i++) sprite_to_row(sprite_plain(held_out, &fresh), a.asked, i);
    a.x = draw(m, a.asked, &fresh, keep);
    a.seen1 = sprites_read(a.x.small, S1, keep);
    a.seen2 = sprites_read(a.x.large, m->side, keep);
    a.right1 = sprites_score(a.asked, a.seen1).all;
    a.right2 = sprites_score(a.asked, a.seen2).all;
    return a;
}

/* Real pictures (n,d) of what was asked. */
static Mat truth_of(Mat asked, int side, Rng *rng, Arena *keep)
{
    Mat x = mat_new(keep, asked.n, 3 * side * side);
    for (int i = 0; i < asked.n; i++)
        sprite_draw(sprite_of_row(asked, i), side, rng, row(x, i), NULL);
    return x;
}

/* Stage I's pictures at Stage II's size, in blocks or smooth. */
static Mat enlarge(Mat small, int side, bool smooth, Arena *keep)
{
    Net up = net_new("enlarge", (Shape){S1, S1, 3}, keep);
    for (int at = S1; at < side; at *= 2) {
        if (smooth)
            net_upsample_smooth(&up);
        else
            net_upsample(&up);
    }
    return net_eval(&up, small, keep);
}

/* How sharp: real pictures, Stage II's, Stage I's enlarged in blocks and smoothly. */
static void measure_edges(Lab *lab, const Answers *a, Mat truth, int side, Arena *keep)
{
    Mat kind[KINDS] = {[REAL] = truth, [REFINED] = a->x.large};
    kind[BLOCKS] = enlarge(a->x.small, side, false, keep);
    kind[SMOOTH] = enlarge(a->x.small, side, true, keep);
    double energy[KINDS];
    for (int k = 0; k < KINDS; k++) energy[k] = edge_energy(kind[k], side, side);
    for (int k = 1; k < KINDS; k++) energy[k] /= energy[REAL];
    printf("edge energy of Stage II %.3f of real pictures'; of Stage I, enlarged: in blocks %.3f, "
           "smoothly %.3f\n", energy[REFINED], energy[BLOCKS], energy[SMOOTH]);
    lab_metric(lab, "of real pictures", energy[REFINED], "edge_energy_ratio");
    lab_metric(lab, "of real pictures", energy[BLOCKS], "edge_energy_blocks");
    lab_metric(lab, "of real pictures", energy[SMOOTH], "edge_energy_upsampled");
    plot_edges(lab, kind, side, edge_energy, keep);
    plot_stages(lab, a->asked, kind, side);
}

/* How different are pictures of one caption? The standard deviation of each number, averaged. */
static double variety(Mat x, int each)
{
    double sum = 0;
    for (int i = 0; i < x.n; i += each)
        for (int k = 0; k < x.d; k++) {
            double mean = 0, square = 0;
            for (int j = 0; j < each; j++) mean += (double)row(x, i + j)[k] / each;
            for (int j = 0; j < each; j++) square += pow((double)row(x, i + j)[k] - mean, 2) / each;
            sum += sqrt(square);
        }
    return sum / ((double)(x.n / each) * x.d);
}

/* Some captions, many times each. */
static void compare_clouds(Lab *lab, Model model[MODELS], Arena *keep)
{
    enum { SOME = 40, EACH = 16 };
    Rng some = {.key = 15};
    Mat asked = mat_new(keep, SOME, A);
    for (int i = 0; i < SOME; i++) sprite_to_row(sprite_plain(false, &some), asked, i);
    Mat many = mat_repeat(keep, asked, EACH), x[MODELS];
    for (int m = 0; m < MODELS; m++) {
        Rng noise = {.key = 4};
        x[m] = draw(&model[m], many, &noise, keep).large;
    }
    Rng noise = {.key = 4};
    double real = variety(truth_of(many, model[0].side, &noise, keep), EACH);
    double with = variety(x[AUGMENTED], EACH) / real, without = variety(x[PLAIN], EACH) / real;
    printf("variety: %.3f of real pictures', without clouds %.3f\n", with, without);
    lab_metric(lab, "of real pictures", with, "variety");
    lab_metric(lab, "of real pictures", without, "variety_plain");
    plot_clouds(lab, asked, x[AUGMENTED], x[PLAIN], EACH, model[0].side, keep);
}

static void answer(Lab *lab, Model model[MODELS], Arena *keep)
{
    int side = model[0].side, many = side == 64 ? 2500 : 10000;         // memory
    int n = lab->quick ? 200 : many, fewer = lab->quick ? 100 : 2500;
    Answers a = draw_and_read(lab, &model[AUGMENTED], n, false, keep);
    Answers held = draw_and_read(lab, &model[AUGMENTED], fewer, true, keep);
    Answers plain = draw_and_read(lab, &model[PLAIN], n, false, keep);
    Answers plain_held = draw_and_read(lab, &model[PLAIN], fewer, true, keep);
    Rng fresh = {.key = lab->seed + 2};
    Mat truth = truth_of(a.asked, side, &fresh, keep);
    npy_write_images(lab->out, "stage1.npy", a.x.small, S1, S1, 3);
    npy_write_images(lab->out, "stage2.npy", a.x.large, side, side, 3);
    npy_write_images(lab->out, "truth.npy", truth, side, side, 3);
    sprites_write(lab->out, "attributes.npy", a.asked);
    sprites_write(lab->out, "stage1_seen.npy", a.seen1);
    sprites_write(lab->out, "stage2_seen.npy", a.seen2);
    sprites_write(lab->out, "heldout_attributes.npy", held.asked);
    sprites_write(lab->out, "heldout_seen.npy", held.seen2);
    sprites_write(lab->out, "plain_seen.npy", plain.seen2);
    sprites_write(lab->out, "plain_heldout_seen.npy", plain_held.seen2);
    printf("exact: Stage I %.4f, Stage II %.4f, of held-out combinations %.4f\n"
           "without clouds: %.4f, %.4f, %.4f\n", a.right1, a.right2, held.right2, plain.right1,
           plain.right2, plain_held.right2);
    lab_metric(lab, "share", a.right2, "exact_match");
    lab_metric(lab, "share", a.right1, "exact_match_stage1");
    lab_metric(lab, "share", held.right2, "exact_match_heldout");
    lab_metric(lab, "share", plain.right2, "exact_match_plain");
    lab_metric(lab, "share", plain_held.right2, "exact_match_plain_heldout");
    measure_edges(lab, &a, truth, side, keep);
}

/* What Stage II adds to what Stage I has drawn; and what the user asked for. */
static void show(Lab *lab, Model *m, Sprite caption, Arena *keep)
{
    Rng some = {.key = 6};
    Mat asked = mat_new(keep, ADDED, A), wanted = mat_new(keep, TYPED, A);
    for (int i = 0; i < ADDED; i++) sprite_to_row(sprite_plain(false, &some), asked, i);
    Drawn d = draw(m, asked, &some, keep);
    plot_residual(lab, enlarge(d.small, m->side, false, keep), d.large, m->side, keep);
    for (int i = 0; i < TYPED; i++) sprite_to_row(caption, wanted, i);
    plot_typed(lab, wanted, draw(m, wanted, &some, keep).large, m->side);
}

/* What the flags ask for, before any work is done. */
static int side_of(const Lab *lab)
{
    return lab_choice(lab, "size") == 1 ? 64 : 32;
}

static Sprite caption_of(const Lab *lab)
{
    static const Sprite star = {{[SPRITE_SHAPE] = 3, [SPRITE_COLOUR] = 1, [SPRITE_SIZE] = 2}};
    if (!lab->caption) return star;
    bool plain = !lab->caption->value[SPRITE_ROTATION] && !lab->caption->value[SPRITE_TEXTURE];
    if (!plain)
        die(EXIT_USAGE, "15_stackgan: --caption: all sprites of this lab are upright and solid\n"
            "  hint: a small red ring on a grey background");
    return *lab->caption;
}

int main(int argc, char **argv)
{
    static const LabFlag own[] = {{"size", "32|64", "side of Stage II's pictures [32]"}, {0}};
    static const LabInfo info = {
        .name = "15_stackgan", .title = "a picture in two stages",
        .epochs = 8, .batch = 32, .quick_epochs = 2, .captions = true, .flags = own,
        .steps = "sprites stage1 stage2 answer clouds show",
        .result = "exact_match",
    };
    Lab *lab = lab_open(argc, argv, &info);
    int side = side_of(lab);
    Sprite caption = caption_of(lab);
    Arena keep = arena_new("keep", MB(4096));
    Rng rng = rng_new(lab->seed);

    Task task;
    STEP("sprites") task = get_task(lab, side, &rng, &keep);
    Model model[MODELS];
    STEP("stage1") {
        Rng start = rng_split(&rng);                        // both start alike
        int words = sprites_one_hot(mat_rows(task.value, 0, 1), &keep).d;
        model_new(&model[AUGMENTED], "augmented", true, side, words, start);
        model_new(&model[PLAIN], "plain", false, side, words, start);
        get_stage(lab, model, &task, 1);
    }
    STEP("stage2") get_stage(lab, model, &task, 2);
    STEP("answer") answer(lab, model, &keep);
    /*%% fig 15_stackgan-stages
    Eight captions; the first is what Stage I draws. None picked. */
    /*%% fig 15_stackgan-edges
    How much edge a picture has, over real ones; and its spread from picture to picture. */
    STEP("clouds") compare_clouds(lab, model, &keep);
    /*%% fig 15_stackgan-clouds
    One caption, many draws, with clouds around captions and without. */
    STEP("show") show(lab, &model[AUGMENTED], caption, &keep);
    /*%% fig 15_stackgan-residual
    What Stage II adds; grey is nothing. */
    /*%% fig 15_stackgan-typed
    `--caption` draws what you type. */

    for (int m = 0; m < MODELS; m++) {
        arena_free(&model[m].keep);
        arena_free(&model[m].mem);
    }
    arena_free(&keep);
    return lab_close(lab);
}
