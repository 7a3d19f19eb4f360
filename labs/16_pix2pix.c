/* 16_pix2pix: from one picture to another, learned from pairs.
 *
 * Learn    why a net that is only told how far off it is paints brown, what a discriminator of
 *          patches adds, and how both losses are measured against each other.
 * Write    five functions, marked TODO, in this order; labs/16_pix2pix.h says what each must do,
 *          `make test-16` tests them.
 * Run      `make 16` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command.
 * Writes   out/16_pix2pix/: csv and png for the figures, metrics.csv, the nets' weights, a folder
 *          for each model; uint8 pictures (n,32,32,3): emoji_input.npy, emoji_truth.npy and, by
 *          loss, emoji_l1.npy, emoji_gan.npy, emoji_l1gan.npy; scenes_ and labels_ likewise;
 *          drawings.csv: which drawings these are
 * Takes    about 225 s on two cores; --quick 5 s
 * Expect   with L1 alone brown hearts, with a discriminator hearts that have taken a colour; and
 *          label maps become scenes in which nineteen of twenty pixels are what they should be
 *
 * Letters  B batch, P pixels, x input, y truth, D discriminator, G generator: a U-Net.
 */
#include "16_pix2pix.h"
#include "16_pix2pix_plot.h"
#include <math.h>
#include <stdio.h>

/*%% md
## A short cut

On the way down a net forgets where things are; on the way up it needs to know. So what it saw at a
size is handed across, and stands beside what comes from below.
*/
Mat skip_join(Mat skip, Mat up, int pixels, Arena *mem)
{
    TODO("one row per pixel (mat_reshape), mat_join, and back to one row per picture");
}

void skip_split(Mat d, int pixels, Mat dskip, Mat dup)
{
    TODO("one row per pixel, and mat_split");
}

/*%% md
## How far does D see?

A number behind the last layer looks at a few pixels of the layer before, each of which looks at a
few more. From the last layer to the first:
$$ r \leftarrow (r-1)\cdot\text{stride} + \text{kernel}, \qquad \text{beginning with } r = 1. $$
*/
int patch_receptive_field(const PatchLayer *layer, int n)
{
    TODO("from the last layer to the first: r = (r - 1) stride + kernel");
}

/*%% md
## How far off?

Of all colours that a heart can have, L1 wants the one in the middle, the median: as many are on the
one side as on the other. The squared error wants the mean. Both are brown.
$$ L_1 = \frac{1}{Bd}\sum |y - t| $$
*/
Loss l1_loss(Mat y, Mat truth, Arena *mem)
{
    TODO("the mean of |y - truth| over all numbers; the sign of y - truth over as many");
}

/*%% md
## Two wishes

$G$ wants every patch to be taken for real, and not to be far from the truth; $\lambda$ weighs one
against the other.
$$ L_G = -\operatorname{mean} \log\sigma\big(D(x, G(x))\big) + \lambda\, L_1 $$
*/
Pix2pixLoss pix2pix_g_loss(Mat logit, Mat fake, Mat truth, float lambda, Arena *mem)
{
    TODO("bce_logits_to 1, over the number of patches; l1_loss, times lambda; value and gradients");
}

/*%% md
## D sees both

A picture can look real and have nothing to do with what $G$ was given. So $D$ is shown the input,
too.
*/
Mat pix2pix_d_input(Mat input, Mat output, int pixels, Arena *mem)
{
    TODO("at every pixel the channels of input, then those of output");
}

/* ---- pairs of pictures ---- */

enum { SIDE = 32, P = SIDE * SIDE, RGB = 3 * P };

/* Pairs (n,RGB) in [-1,1], to learn from and for the test; of scenes the test's labels (n,P).
 * grain: the most noise that is added to x in training. */
typedef struct { Mat x, y, test_x, test_y; const uint8_t *label; float grain; } Task;
enum { COLOURING, PAINTING, LABELLING, TASKS };             // outlines, label maps, scenes come in

/* Of the test's drawings 256, evenly among them; drawings.csv says which. */
static Task colouring(Lab *lab, Arena *keep)
{
    enum { MOST = 256 };
    Openmoji o = openmoji_read(data_shipped(), keep);
    int *index = arena_alloc(keep, (size_t)o.n * sizeof *index);
    Task t = {0};
    int n = openmoji_split(&o, NULL, false, index);
    if (lab->quick) n = 128;
    t.x = pictures_to_signs(openmoji_rows(&o, index, n, false, keep));
    t.y = pictures_to_signs(openmoji_rows(&o, index, n, true, keep));
    int tests = lab->quick ? 32 : MOST;
    openmoji_test(&o, tests, index, lab->out);
    t.test_x = pictures_to_signs(openmoji_rows(&o, index, tests, false, keep));
    t.test_y = pictures_to_signs(openmoji_rows(&o, index, tests, true, keep));
    return t;
}

static Task painting(Lab *lab, Rng *rng, Arena *keep)
{
    int n = lab->quick ? 128 : 7500, tests = lab->quick ? 40 : 500;
    Scenes s = scenes_draw(n, SIDE, rng, keep), test = scenes_draw(tests, SIDE, rng, keep);
    Task t = {.label = test.label};
    t.y = pictures_to_signs(s.x);
    t.test_y = pictures_to_signs(test.x);
    t.x = pictures_to_signs(scenes_map(s.label, n, P, keep));
    t.test_x = pictures_to_signs(scenes_map(test.label, tests, P, keep));
    return t;
}

/* The other way, of which there is less to learn: half of the scenes will do. With grain, as this
 * net is to read painted scenes, too, which are never clean. */
static Task turned(Task t)
{
    int half = t.x.n / 2;
    Task back = {.test_x = t.test_y, .test_y = t.test_x, .label = t.label, .grain = .2f};
    back.x = mat_rows(t.y, 0, half);
    back.y = mat_rows(t.x, 0, half);
    return back;
}

/* ---- the U-Net ---- */

enum { LEVELS = 5, MAPS = 12, D_MAPS = 16 };

/* Down to 2 x 2 and up again: down[0] keeps the size, the others halve it, and up[k] undoes
 * down[k]. pixels[k]: of what down[k] makes. */
typedef struct {
    Net  down[LEVELS], up[LEVELS];
    int  pixels[LEVELS];
    bool skips;
} Unet;
/* map[0] is the input, map[k+1] what down[k] made of map[k]. */
typedef struct { Trace down[LEVELS], up[LEVELS]; Mat map[LEVELS + 1]; } UnetTrace;

/* down[0] keeps the size, the others halve it. No batch norm in the first, nor in the last, whose
 * map is so small that the batch's statistics would tell little. */
static Net down_block(int k, Shape in, int maps, Arena *keep, Rng *rng)
{
    Net net = net_new(name_of(keep, "down%d", k), in, keep);
    if (k == 0)
        net_conv(&net, maps, 3, 1, 1, rng);
    else
        net_conv(&net, maps, 4, 2, 1, rng);
    if (k > 0 && k < LEVELS - 1) net_batchnorm(&net);
    net_lrelu(&net, .2f);
    return net;
}

/* up[0] makes the picture, the others double the size. noise: of the dropout in the two lowest;
 * NULL: none. */
static Net up_block(int k, Shape in, int maps, Rng *noise, Arena *keep, Rng *rng)
{
    Net net = net_new(name_of(keep, "up%d", k), in, keep);
    if (k == 0) {
        net_conv(&net, maps, 3, 1, 1, rng);
        mat_scale(net.layer[0].w.v, .3f);                   // grey at first
        net_tanh(&net);
        return net;
    }
    net_convt(&net, maps, 4, 2, 1, rng);
    net_batchnorm(&net);
    if (noise && k >= LEVELS - 2) net_dropout(&net, .5f, noise);
    net_relu(&net);
    return net;
}

static Unet unet_new(bool skips, Rng *noise, Arena *keep, Rng *rng)
{
    static const int maps[LEVELS] = {MAPS, 2 * MAPS, 4 * MAPS, 4 * MAPS, 4 * MAPS};
    Unet u = {.skips = skips};
    Shape at = {SIDE, SIDE, 3};
    for (int k = 0; k < LEVELS; k++) {
        u.down[k] = down_block(k, at, maps[k], keep, rng);
        at = net_out(&u.down[k]);
        u.pixels[k] = at.h * at.w;
    }
    for (int k = LEVELS - 1; k >= 0; k--) {
        bool joined = skips && k < LEVELS - 1;
        if (joined) at.c += maps[k];
        u.up[k] = up_block(k, at, k > 0 ? maps[k - 1] : 3, noise, keep, rng);
        at = net_out(&u.up[k]);
    }
    return u;
}

static Mat unet_forward(Unet *u, Mat x, Mode mode, UnetTrace *pass, Arena *mem)
{
    pass->map[0] = x;
    for (int k = 0; k < LEVELS; k++) {
        pass->down[k] = trace(mem, mode);
        pass->map[k + 1] = net_forward(&u->down[k], pass->map[k], &pass->down[k]);
    }
    Mat y = pass->map[LEVELS];
    for (int k = LEVELS - 1; k >= 0; k--) {
        bool joined = u->skips && k < LEVELS - 1;
        if (joined) y = skip_join(pass->map[k + 1], y, u->pixels[k], mem);
        pass->up[k] = trace(mem, mode);
        y = net_forward(&u->up[k], y, &pass->up[k]);
    }
    return y;
}

/* Adds to all gradients of weights. */
static void unet_backward(Unet *u, Mat dy, UnetTrace *pass, Arena *mem)
{
    Mat dskip[LEVELS] = {0};
    for (int k = 0; k < LEVELS; k++) {
        bool joined = u->skips && k < LEVELS - 1;
        Mat d = net_backward(&u->up[k], dy, &pass->up[k], WRT_BOTH);
        dy = d;
        if (!joined) continue;
        dskip[k] = mat_new(mem, d.n, pass->map[k + 1].d);
        dy = mat_new(mem, d.n, d.d - dskip[k].d);
        skip_split(d, u->pixels[k], dskip[k], dy);
    }
    for (int k = LEVELS - 1; k >= 0; k--) {
        if (dskip[k].n) mat_add(dy, dskip[k]);              // map[k+1] was used twice
        dy = net_backward(&u->down[k], dy, &pass->down[k], k > 0 ? WRT_BOTH : WRT_PARAMS);
    }
}

static Nets nets_of_unet(Unet *u)
{
    Nets list = {0};
    for (int k = 0; k < LEVELS; k++) list = nets_both(list, nets_of(&u->down[k], &u->up[k]));
    return list;
}

/* ---- D looks at patches ---- */

enum { CONVOLUTIONS = 4 };
typedef struct { int n, pad[CONVOLUTIONS]; PatchLayer layer[CONVOLUTIONS]; } Patches;

/* Seen by one number of D: a pixel, a patch of 16 x 16, or the whole picture and more. */
enum { PIXEL, PATCH, WHOLE };
static const Patches patches[] = {
    [PIXEL] = {3, {0, 0, 0}, {{1, 1}, {1, 1}, {1, 1}}},
    [PATCH] = {3, {1, 1, 1}, {{4, 2}, {4, 1}, {4, 1}}},
    [WHOLE] = {4, {1, 1, 1, 0}, {{4, 2}, {4, 2}, {4, 2}, {4, 1}}},
};

static Net discriminator(const Patches *p, int channels, bool norm, Arena *keep, Rng *rng)
{
    Net D = net_new("D", (Shape){SIDE, SIDE, channels}, keep);
    for (int k = 0; k < p->n; k++) {
        bool last = k == p->n - 1;
        int out = last ? 1 : D_MAPS << k;
        net_conv(&D, out, p->layer[k].kernel, p->layer[k].stride, p->pad[k], rng);
        if (last) break;
        if (norm && k > 0) net_batchnorm(&D);
        net_lrelu(&D, .2f);
    }
    return D;
}

/* ---- models: what is learned by which loss ---- */

typedef struct {
    const char *name;                       /* of its folder */
    int   task;
    bool  adversary, conditional;           /* G hears of D; D sees the input, too */
    int   patch;
    bool  norm;                             /* batch norm in D */
    float lambda;                           /* without an adversary any will do */
    float lr_g, lr_d;                       /* at the first step */
    bool  blind;                            /* a G without skips */
} Recipe;

enum {
    EMOJI_L1, EMOJI_GAN, EMOJI_L1GAN, EMOJI_BLIND,
    SCENES_L1, SCENES_GAN, SCENES_CGAN, SCENES_L1GAN, SCENES_PIXEL, SCENES_WHOLE, SCENES_STRICT,
    LABELS_L1, LABELS_GAN, LABELS_L1GAN,
    MODELS
};

/* What was swept, and how, is told in the handout; never on the test's drawings or scenes. */
static const Recipe recipe[MODELS] = {
    [EMOJI_L1] = {.name = "emoji_l1", .task = COLOURING, .lr_g = 4e-3f},
    [EMOJI_GAN] = {.name = "emoji_gan", .task = COLOURING, .adversary = true, .conditional = true,
                   .patch = PATCH, .norm = true, .lr_g = 5e-4f, .lr_d = 2e-3f},
    [EMOJI_L1GAN] = {.name = "emoji_l1gan", .task = COLOURING, .adversary = true,
                     .conditional = true, .patch = PATCH, .norm = true, .lambda = 30, .lr_g = 3e-3f,
                     .lr_d = 1e-3f},
    [EMOJI_BLIND] = {.name = "emoji_no_skips", .task = COLOURING, .lr_g = 4e-3f, .blind = true},
    [SCENES_L1] = {.name = "scenes_l1", .task = PAINTING, .lr_g = 4e-3f},
    [SCENES_GAN] = {.name = "scenes_gan", .task = PAINTING, .adversary = true, .patch = PATCH,
                    .lr_g = 1e-3f, .lr_d = 1e-3f},
    [SCENES_CGAN] = {.name = "scenes_cgan", .task = PAINTING, .adversary = true,
                     .conditional = true, .patch = PATCH, .lr_g = 1e-3f, .lr_d = 1e-3f},
    [SCENES_L1GAN] = {.name = "scenes_l1gan", .task = PAINTING, .adversary = true,
                      .conditional = true, .patch = PATCH, .lambda = 50, .lr_g = 3e-3f,
                      .lr_d = 2e-3f},
    [SCENES_PIXEL] = {.name = "scenes_pixel", .task = PAINTING, .adversary = true,
                      .conditional = true, .patch = PIXEL, .lambda = 50, .lr_g = 3e-3f,
                      .lr_d = 2e-3f},
    [SCENES_WHOLE] = {.name = "scenes_whole", .task = PAINTING, .adversary = true,
                      .conditional = true, .patch = WHOLE, .lambda = 50, .lr_g = 3e-3f,
                      .lr_d = 2e-3f},
    [SCENES_STRICT] = {.name = "scenes_strict", .task = PAINTING, .adversary = true,
                       .conditional = true, .patch = PATCH, .lambda = 500, .lr_g = 3e-3f,
                       .lr_d = 2e-3f},
    [LABELS_L1] = {.name = "labels_l1", .task = LABELLING, .lr_g = 8e-3f},
    [LABELS_GAN] = {.name = "labels_gan", .task = LABELLING, .adversary = true, .conditional = true,
                    .patch = PATCH, .lr_g = 1e-3f, .lr_d = 1e-3f},
    [LABELS_L1GAN] = {.name = "labels_l1gan", .task = LABELLING, .adversary = true,
                      .conditional = true, .patch = PATCH, .lambda = 50, .lr_g = 3e-3f,
                      .lr_d = 2e-3f},
};

typedef struct {
    const Recipe *recipe;
    const Task *task;
    Unet G;
    Net  D;
    Adam opt_g, opt_d;
    Rng  rng, noise;
    Arena keep, mem;                        /* its own, as models learn side by side */
    Training training;
    float d_loss, gan, l1;                  /* means over the last hundred steps or so */
} Model;

static void model_new(Model *m, const Recipe *r, const Task *task, Rng rng)
{
    Rng noise = rng_split(&rng);
    *m = (Model){.recipe = r, .task = task, .rng = rng, .noise = noise};
    m->keep = arena_new(r->name, MB(32));
    m->mem = arena_new(r->name, MB(160));
    m->opt_g = (Adam){.beta1 = .5f, .beta2 = .999f, .eps = 1e-8f};
    m->opt_d = (Adam){.beta1 = 0, .beta2 = .999f, .eps = 1e-8f};    // no momentum: see the handout
    m->G = unet_new(!r->blind, r->adversary ? &m->noise : NULL, &m->keep, &m->rng);
    m->D = discriminator(&patches[r->patch], r->conditional ? 6 : 3, r->norm, &m->keep, &m->rng);
}

/* What D is shown of an output (B,RGB), and what of its gradient belongs to that. */
static Mat shown(Model *m, Mat x, Mat output)
{
    if (!m->recipe->conditional) return output;
    return pix2pix_d_input(x, output, P, &m->mem);
}

static Mat shown_backward(Model *m, Mat d)
{
    if (!m->recipe->conditional) return d;
    Mat dx = mat_new(&m->mem, d.n, RGB), doutput = mat_new(&m->mem, d.n, RGB);
    skip_split(d, P, dx, doutput);
    return doutput;
}

/* ---- training ---- */

/* The mean over patches; half of it, so that D is not quicker than G (Isola et al. 2017). */
static Loss patch_loss(Mat logit, float target, Arena *mem)
{
    Loss loss = bce_logits_to(logit, target, mem);
    float half = .5f / (float)logit.d;
    mat_scale(loss.grad, half);
    loss.value *= half;
    return loss;
}

static void d_step(Model *m, Mat x, Mat y, Mat fake)
{
    Trace at_real = trace(&m->mem, TRAIN), at_fake = trace(&m->mem, TRAIN);
    Mat real_logit = net_forward(&m->D, shown(m, x, y), &at_real);
    Mat fake_logit = net_forward(&m->D, shown(m, x, fake), &at_fake);
    Loss accept = patch_loss(real_logit, 1, &m->mem), refuse = patch_loss(fake_logit, 0, &m->mem);
    net_zero_grad(&m->D);
    net_backward(&m->D, accept.grad, &at_real, WRT_PARAMS);
    net_backward(&m->D, refuse.grad, &at_fake, WRT_PARAMS);
    adam_step(&m->D, &m->opt_d);
    keep_mean(&m->d_loss, accept.value + refuse.value, m->training.step);
}

/* dL/dfake of pix2pix_g_loss, through D as it is now. */
static Mat gan_gradient(Model *m, Mat x, Mat y, Mat fake)
{
    Trace at_fake = trace(&m->mem, TRAIN);
    Mat logit = net_forward(&m->D, shown(m, x, fake), &at_fake);
    Pix2pixLoss loss = pix2pix_g_loss(logit, fake, y, m->recipe->lambda, &m->mem);
    keep_mean(&m->gan, loss.gan, m->training.step);
    keep_mean(&m->l1, loss.l1, m->training.step);
    Mat dfake = shown_backward(m, net_backward(&m->D, loss.dlogit, &at_fake, WRT_INPUT));
    mat_add(dfake, loss.dfake);
    return dfake;
}

/* dL/dfake of L1 alone. */
static Mat l1_gradient(Model *m, Mat y, Mat fake)
{
    Loss loss = l1_loss(fake, y, &m->mem);
    keep_mean(&m->l1, loss.value, m->training.step);
    return loss.grad;
}

/* Noise of up to that standard deviation, another one for each picture. */
static void add_grain(float most, Mat x, Rng *rng)
{
    for (int i = 0; i < x.n; i++) {
        float sd = most * rng_uniform(rng);
        for (int q = 0; q < x.d; q++) row(x, i)[q] += sd * rng_normal(rng);
    }
}

/* A step of D, one of G, on the same fakes; half of all pairs are mirrored. */
static void one_step(Model *m)
{
    Training *t = &m->training;
    Mat x = mat_gather(&m->mem, m->task->x, t->index, t->x.n);
    Mat y = mat_gather(&m->mem, m->task->y, t->index, t->x.n);
    for (int i = 0; i < x.n; i++) {
        if (rng_below(&m->rng, 2)) continue;
        picture_mirror(x, i, SIDE, SIDE, 3);
        picture_mirror(y, i, SIDE, SIDE, 3);
    }
    if (m->task->grain > 0) add_grain(m->task->grain, x, &m->rng);
    float left = cosine_decay(1, t->step, t->steps);
    m->opt_g.lr = left * m->recipe->lr_g;
    m->opt_d.lr = left * m->recipe->lr_d;

    UnetTrace pass;
    Mat fake = unet_forward(&m->G, x, TRAIN, &pass, &m->mem);
    if (m->recipe->adversary) d_step(m, x, y, fake);
    Mat dfake = m->recipe->adversary ? gan_gradient(m, x, y, fake) : l1_gradient(m, y, fake);
    nets_zero_grad(nets_of_unet(&m->G));
    unet_backward(&m->G, dfake, &pass, &m->mem);
    nets_step(nets_of_unet(&m->G), &m->opt_g);
    lab_finite(m->recipe->name, (double)(m->d_loss + m->gan + m->l1), t->step);
}

static bool step_of(void *model)
{
    Model *m = model;
    if (!training_next(&m->training)) return false;
    one_step(m);
    return true;
}

static void note_losses(void *model, long done, Csv *losses)
{
    const Model *m = model;
    double share = fmin(1, (double)done / (double)m->training.steps);
    csv_row(losses, "%s,%.4f,%.4g,%.4g,%.4g", m->recipe->name, share, (double)m->d_loss,
            (double)m->gan, (double)m->l1);
}

static void train(Lab *lab, Model model[MODELS])
{
    static const Together how = {
        .file = "losses.csv", .header = "model,share,d_loss,gan,l1", .every = 20,
        .step = step_of, .note = note_losses,
    };
    long steps = 0;                                         // of the longest
    for (int k = 0; k < MODELS; k++) {
        Model *m = &model[k];
        arena_reset(&m->mem);
        m->training = training_whole(m->task->x, lab->epochs, lab->batch, &m->rng, &m->mem);
        if (m->training.steps > steps) steps = m->training.steps;
    }
    train_together(&how, model, MODELS, sizeof *model, steps, lab->out);
}

/* G's nets, and D where there is one. */
static Nets nets_of_model(Model *m)
{
    Nets g = nets_of_unet(&m->G);
    return m->recipe->adversary ? nets_both(g, nets_of(&m->D)) : g;
}

static const char *folder_of(Model *m, const char *dir)
{
    return name_of(&m->keep, "%s/%s", dir, m->recipe->name);
}

/* ---- what models make of the test's pictures ---- */

/* (n,RGB) in [-1,1]; a slab at a time. EVAL: without noise, by running statistics. */
static Mat draw(Model *m, Mat x, Mode mode, Arena *keep)
{
    Mat y = mat_new(keep, x.n, RGB);
    arena_reset(&m->mem);
    for (Slab s = slabs(x.n, 50, &m->mem); slab_next(&s);) {
        UnetTrace pass;
        Mat some = mat_rows(x, s.first, s.n);
        mat_set(mat_rows(y, s.first, s.n), unet_forward(&m->G, some, mode, &pass, &m->mem));
    }
    return y;
}

/* Pictures in [0,1] as uint8, and rounded to that. */
static Mat write_pictures(Lab *lab, const char *name, Mat x, Arena *keep)
{
    Mat shown = pictures_from_signs(x, keep);
    npy_write_images(lab->out, name, shown, SIDE, SIDE, 3);
    return shown;
}

/* The mean colour inside a drawing, without its grey. */
static void hue_of(const float *y, const float *truth, double hue[3])
{
    double sum[3] = {0}, inside = 1e-9;
    for (int q = 0; q < RGB; q += 3) {
        if (!picture_inside(truth + q)) continue;
        for (int k = 0; k < 3; k++) sum[k] += (double)y[q + k];
        inside++;
    }
    double grey = (sum[0] + sum[1] + sum[2]) / 3;
    for (int k = 0; k < 3; k++) hue[k] = (sum[k] - grey) / inside;
}

/* How far the hues of drawings lie apart: their standard deviation. */
static double hues(Mat y, Mat truth)
{
    double sum[3] = {0}, squares = 0, n = y.n;
    for (int i = 0; i < y.n; i++) {
        double hue[3];
        hue_of(row(y, i), row(truth, i), hue);
        for (int k = 0; k < 3; k++) {
            sum[k] += hue[k];
            squares += hue[k] * hue[k];
        }
    }
    for (int k = 0; k < 3; k++) squares -= sum[k] * sum[k] / n;
    return sqrt(fmax(0, squares / n));
}

static double squared_distance(const float *a, const float *b, int n)
{
    double sum = 0;
    for (int k = 0; k < n; k++) sum += pow((double)(a[k] - b[k]), 2);
    return sum;
}

/* As in lab 15: every pixel against the one to its right and the one below. */
static double edge_energy(Mat x)
{
    double sum = 0;
    for (int i = 0; i < x.n; i++)
        for (int r = 0; r < SIDE; r++) {
            enum { LINE = 3 * SIDE };
            const float *line = row(x, i) + r * LINE;
            sum += squared_distance(line, line + 3, LINE - 3);
            if (r + 1 < SIDE) sum += squared_distance(line, line + LINE, LINE);
        }
    return sum / ((double)x.n * P);
}

/* ---- steps of the story ---- */

/* Outlines that nobody has trained on. */
static void colour(Lab *lab, Model model[MODELS], const Task *task, Arena *keep)
{
    static const struct { int model; const char *name; } kind[] = {
        {EMOJI_L1, "l1"}, {EMOJI_GAN, "gan"}, {EMOJI_L1GAN, "l1gan"},
    };
    Mat outline = write_pictures(lab, "emoji_input.npy", task->test_x, keep);
    Mat truth = write_pictures(lab, "emoji_truth.npy", task->test_y, keep);
    Mat made[LENGTH(kind)];
    double real_chroma = pictures_chroma(truth, truth), real_edges = edge_energy(truth);
    double real_hues = hues(truth, truth);
    for (int k = 0; k < LENGTH(kind); k++) {
        const char *name = kind[k].name;
        Mat y = draw(&model[kind[k].model], task->test_x, EVAL, keep);
        made[k] = write_pictures(lab, name_of(keep, "emoji_%s.npy", name), y, keep);
        double colours = pictures_chroma(made[k], truth) / real_chroma;
        double off = pictures_distance(made[k], truth);
        double edges = edge_energy(made[k]) / real_edges, apart = hues(made[k], truth) / real_hues;
        printf("%-5s: colourfulness %.3f of the truth's, hues %.3f as far apart, mean error %.4f, "
               "edge energy %.3f\n", name, colours, apart, off, edges);
        lab_metric(lab, "of the truth's", colours, "chroma_%s", name);
        lab_metric(lab, "of the truth's", apart, "hues_%s", name);
        lab_metric(lab, "mean error of a number", off, "l1_%s", name);
        lab_metric(lab, "of the truth's", edges, "edges_%s", name);
    }
    plot_emoji(lab, outline, made, truth, keep);

    Mat blind = draw(&model[EMOJI_BLIND], task->test_x, EVAL, keep);
    blind = pictures_from_signs(blind, keep);
    lab_metric(lab, "mean error of a number", pictures_distance(blind, truth), "l1_no_skips");
    Csv *csv = csv_open(lab->out, "unet.csv", "net,kind,h,w,c");
    for (int k = 0; k < LEVELS; k++) net_maps(&model[EMOJI_L1].G.down[k], csv);
    for (int k = LEVELS - 1; k >= 0; k--) net_maps(&model[EMOJI_L1].G.up[k], csv);
    csv_close(csv);
    plot_skips(lab, outline, made[0], blind, truth, keep);
}

/* Dropout stays on: the same outlines DRAWS times. Batch norm, too, goes on as in training. */
static void draw_often(Lab *lab, Model *m, const Task *task, Arena *keep)
{
    m->noise = (Rng){.key = 16};
    Mat y[DRAWS], few = mat_evenly(task->test_x, NOISY, keep);
    for (int k = 0; k < DRAWS; k++) y[k] = pictures_from_signs(draw(m, few, TRAIN, keep), keep);
    double differ = 0;
    for (int k = 1; k < DRAWS; k++) differ += pictures_distance(y[k], y[0]) / (DRAWS - 1);
    printf("the same outline with other noise: %.4f apart\n", differ);
    lab_metric(lab, "mean difference of a number", differ, "noise");
    plot_noise(lab, pictures_from_signs(few, keep), y);
}

/* What D thinks of each patch: sigma of its logits, for the truth and for G's pictures. */
static void ask_about_patches(Lab *lab, Model *m, const Task *task, Arena *keep)
{
    printf("discriminators see patches of");
    for (int k = 0; k < LENGTH(patches); k++)
        printf(" %d", patch_receptive_field(patches[k].layer, patches[k].n));
    printf(" pixels a side\n");
    Mat x = mat_evenly(task->test_x, ASKED, keep), y = mat_evenly(task->test_y, ASKED, keep);
    Mat fake = draw(m, x, EVAL, keep);
    arena_reset(&m->mem);
    Trace at_real = trace(&m->mem, TRAIN), at_fake = trace(&m->mem, TRAIN);
    Mat real_logit = net_forward(&m->D, shown(m, x, y), &at_real);
    Mat fake_logit = net_forward(&m->D, shown(m, x, fake), &at_fake);
    Mat real = pictures_from_signs(y, keep), made = pictures_from_signs(fake, keep);
    plot_patches(lab, real, real_logit, made, fake_logit, keep);
}

/* Right pixels, in GROUPS groups of pictures: their mean, and half of its 95 % interval. */
enum { GROUPS = 20 };
typedef struct { double mean, half; } Accuracy;

static Accuracy accuracy(Mat map, const uint8_t *label, Arena *mem)
{
    uint8_t *seen = arena_alloc(mem, (size_t)map.n * P);
    scenes_labels(map, seen);
    int each = map.n / GROUPS;
    double share[GROUPS] = {0};
    for (int q = 0; q < GROUPS * each * P; q++)
        share[q / (each * P)] += (seen[q] == label[q]) / (double)(each * P);
    Accuracy a = {0};
    a.mean = mean_interval(share, GROUPS, &a.half);
    return a;
}

/* Label maps become scenes; a reader, the L1 net of the other way, reads them back. */
static void paint(Lab *lab, Model model[MODELS], const Task *task, Arena *keep)
{
    static const struct { int model; const char *name, *about; } kind[] = {
        {SCENES_L1, "l1", "L1"}, {SCENES_GAN, "gan", "GAN"}, {SCENES_CGAN, "cgan", "cGAN"},
        {SCENES_L1GAN, "l1gan", "L1 + cGAN"}, {SCENES_PIXEL, "pixel", "D of pixels"},
        {SCENES_WHOLE, "whole", "D of all"}, {SCENES_STRICT, "strict", "10 λ"},
    };
    Mat map = write_pictures(lab, "scenes_input.npy", task->test_x, keep);
    Mat truth = write_pictures(lab, "scenes_truth.npy", task->test_y, keep);
    Mat read = pictures_from_signs(draw(&model[LABELS_L1], task->test_y, EVAL, keep), keep);
    Accuracy ceiling = accuracy(read, task->label, keep);
    double real_edges = edge_energy(truth);
    printf("%-9s: %.4f of the pixels are read right\n", "real", ceiling.mean);
    lab_metric(lab, "share of pixels", ceiling.mean, "scene_ceiling");
    Csv *csv = csv_open(lab->out, "readback.csv", "loss,about,right,half,edges");
    csv_row(csv, "real,real scenes,%.4f,%.4f,1", ceiling.mean, ceiling.half);
    Mat made[SCENE_KINDS];
    for (int k = 0; k < SCENE_KINDS; k++) {
        const char *name = kind[k].name;
        Mat y = draw(&model[kind[k].model], task->test_x, EVAL, keep);
        made[k] = write_pictures(lab, name_of(keep, "scenes_%s.npy", name), y, keep);
        read = pictures_from_signs(draw(&model[LABELS_L1], y, EVAL, keep), keep);
        Accuracy right = accuracy(read, task->label, keep);
        double edges = edge_energy(made[k]) / real_edges;
        printf("%-9s: %.4f ± %.4f, edge energy %.3f\n", name, right.mean, right.half, edges);
        csv_row(csv, "%s,%s,%.4f,%.4f,%.4f", name, kind[k].about, right.mean, right.half, edges);
        lab_metric(lab, "share of pixels", right.mean, "readback_%s", name);
        lab_metric(lab, "of real scenes'", edges, "scene_edges_%s", name);
        if (kind[k].model == SCENES_L1GAN)
            lab_metric(lab, "share of the ceiling", right.mean / ceiling.mean, "scene_readback");
    }
    csv_close(csv);
    plot_scenes(lab, map, made, truth, keep);
}

/* Scenes become label maps. */
static void label(Lab *lab, Model model[MODELS], const Task *task, Arena *keep)
{
    static const struct { int model; const char *name, *about; } kind[] = {
        {LABELS_L1, "l1", "L1"}, {LABELS_GAN, "gan", "cGAN"}, {LABELS_L1GAN, "l1gan", "L1 + cGAN"},
    };
    Mat scene = write_pictures(lab, "labels_input.npy", task->test_x, keep);
    Mat truth = write_pictures(lab, "labels_truth.npy", task->test_y, keep);
    Csv *csv = csv_open(lab->out, "labelled.csv", "loss,about,right,half");
    Mat made[LENGTH(kind)];
    for (int k = 0; k < LENGTH(kind); k++) {
        const char *name = kind[k].name;
        Mat y = draw(&model[kind[k].model], task->test_x, EVAL, keep);
        made[k] = write_pictures(lab, name_of(keep, "labels_%s.npy", name), y, keep);
        Accuracy right = accuracy(made[k], task->label, keep);
        printf("%-5s: %.4f ± %.4f of the pixels are right\n", name, right.mean, right.half);
        csv_row(csv, "%s,%s,%.4f,%.4f", name, kind[k].about, right.mean, right.half);
        lab_metric(lab, "share of pixels", right.mean, "labelled_%s", name);
        if (kind[k].model == LABELS_L1)
            lab_metric(lab, "share of pixels", right.mean, "labels_pixel_acc");
    }
    csv_close(csv);
    plot_labels(lab, scene, made, truth, keep);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "16_pix2pix", .title = "from one picture to another",
        .epochs = 4, .batch = 4, .quick_epochs = 1,
        .steps = "pairs train colour noise patches paint label",
        .result = "chroma_l1gan",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(1024));
    Rng rng = rng_new(lab->seed);

    Task task[TASKS];
    STEP("pairs") {
        task[COLOURING] = colouring(lab, &keep);
        task[PAINTING] = painting(lab, &rng, &keep);
        task[LABELLING] = turned(task[PAINTING]);
        printf("%d drawings, %d scenes\n", task[COLOURING].x.n, task[PAINTING].x.n);
    }
    Model *model = arena_alloc(&keep, MODELS * sizeof *model);
    STEP("train") {
        for (int k = 0; k < MODELS; k++)
            model_new(&model[k], &recipe[k], &task[recipe[k].task], rng_split(&rng));
        if (lab->load) {
            for (int k = 0; k < MODELS; k++)
                nets_read(nets_of_model(&model[k]), folder_of(&model[k], lab->load));
        } else {
            train(lab, model);
            lab_metric(lab, "nats, at the end", (double)model[EMOJI_L1GAN].d_loss, "d_loss");
        }
        for (int k = 0; k < MODELS; k++)
            nets_write(nets_of_model(&model[k]), folder_of(&model[k], lab->out));
    }
    /*%% fig 16_pix2pix-losses
    Outlines to colours: what D loses, and how far off both nets are. */
    STEP("colour") colour(lab, model, &task[COLOURING], &keep);
    /*%% fig 16_pix2pix-emoji
    Outlines that nobody trained on, in colour by three losses. None picked. */
    /*%% fig 16_pix2pix-unet
    The U-Net; and what is lost when nothing is handed across. */
    STEP("noise") draw_often(lab, &model[EMOJI_L1GAN], &task[COLOURING], &keep);
    /*%% fig 16_pix2pix-noise
    The same outlines three times; dropout is the noise. */
    STEP("patches") ask_about_patches(lab, &model[EMOJI_L1GAN], &task[COLOURING], &keep);
    /*%% fig 16_pix2pix-patches
    What D thinks of each patch. */
    STEP("paint") paint(lab, model, &task[PAINTING], &keep);
    /*%% fig 16_pix2pix-scenes
    Label maps never trained on, painted by four losses. */
    /*%% fig 16_pix2pix-sweeps
    How much D sees at once, and how much L1 counts. */
    STEP("label") label(lab, model, &task[LABELLING], &keep);
    /*%% fig 16_pix2pix-labels
    The other way. */
    /*%% fig 16_pix2pix-order
    Both ways in numbers. */

    for (int k = 0; k < MODELS; k++) {
        arena_free(&model[k].keep);
        arena_free(&model[k].mem);
    }
    arena_free(&keep);
    return lab_close(lab);
}
