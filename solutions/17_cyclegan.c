/* 17_cyclegan: from one kind of picture to another, and no pairs to learn from.
 *
 * Learn    why a way there needs a way back, what a cycle alone does not say, and where a net hides
 *          what it must not show.
 * Write    five functions, marked TODO, in this order; labs/17_cyclegan.h says what each must do,
 *          `make test-17` tests them.
 * Run      `make 17` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command. --pair sprites, boots, emoji or clouds runs one of them;
 *          --a DIR --b DIR runs on two folders of PNG files instead, all of one size.
 * Writes   out/17_cyclegan/: csv and png for the figures, metrics.csv, the nets' weights, a folder
 *          for each model; uint8 pictures, for each of sprites_, boots_ and emoji_ as well as
 *          sprites_no_cycle_, sprites_no_identity_ and sprites_paired_: source_a.npy, source_b.npy,
 *          translated_ab.npy, translated_ba.npy, cycle_a.npy, cycle_b.npy;
 *          emoji_cleaned.npy, emoji_noisy.npy, emoji_median.npy: b by way of an outline that was
 *          touched; emoji_cleaned_a.npy: b of a real outline that was cleaned;
 *          sprites_attributes.npy and, as read, sprites_seen_ab.npy, ...; boots_judged_ab.npy, ...;
 *          clouds.npy, ...: points, where they go and where they come back; solid/, striped/: PNG
 *          files to try --a and --b with
 * Takes    about 250 s on two cores; --quick 5 s
 * Expect   99 of 100 sprites change their stripes, and keep shape and colour; 98 of 100 sneakers
 *          become boots, 94 of 100 boots sneakers; outlines get colours, and hide them
 *
 * Letters  B batch, P pixels, a and b kinds of pictures, x of kind a, y of kind b; G makes b from
 *          a, F makes a from b; D_X and D_Y judge what is said to be x, and y.
 */
#include "17_cyclegan.h"
#include "17_cyclegan_plot.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*%% md
## There and back

No picture has a partner, so nobody can say how far $G(x)$ is off. But who goes there and back
should be where he was:
$$ L_\text{cyc} = \operatorname{mean}|F(G(x)) - x| + \operatorname{mean}|G(F(y)) - y| $$
This is one of the two.
*/
Loss cycle_loss(Mat back, Mat x, Arena *mem)
{
#ifdef SOLUTION
    Loss cycle = {.grad = mat_new(mem, x.n, x.d)};
    size_t numbers = mat_size(x);
    double far = 0;
    for (size_t i = 0; i < numbers; i++) {
        float lost = back.a[i] - x.a[i];
        far += fabs((double)lost);
        float sign = (float)((lost > 0) - (lost < 0));
        cycle.grad.a[i] = sign / (float)numbers;
    }
    cycle.value = (float)(far / (double)numbers);
    return cycle;
#else
    TODO("the mean of |back - x|; its gradient is the sign of back - x over B*d");
#endif
}

/*%% md
## What is right already stays

A map that makes red things blue and striped, and back, costs nothing on the way round. Whoever is
shown what he is to make should leave it as it is:
$$ L_\text{id} = \operatorname{mean}|G(y) - y| + \operatorname{mean}|F(x) - x| $$
*/
float identity_loss(Net *net, Mat y, float weight, Arena *mem)
{
#ifdef SOLUTION
    Trace pass = trace(mem, TRAIN);
    Loss same = cycle_loss(net_forward(net, y, &pass), y, mem);
    mat_scale(same.grad, weight);
    net_backward(net, same.grad, &pass, WRT_PARAMS);
    return same.value;
#else
    TODO("net shown y should give y: forward, cycle_loss, its gradient times weight, backward");
#endif
}

/*%% md
## A judge with marks

$D$ gives each patch a mark, 1 for a real one and 0 for a fake, and pays the square of what it is
off. So a fake that is far from real still gets a slope to climb; a cross entropy would be flat.
$$ L = \operatorname{mean}\big[(D(\cdot) - t)^2\big] $$
*/
Loss lsgan_loss(Mat says, float target, Arena *mem)
{
#ifdef SOLUTION
    Loss loss = {.grad = mat_new(mem, says.n, says.d)};
    size_t marks = mat_size(says);
    double sum = 0;
    for (size_t i = 0; i < marks; i++) {
        float off = says.a[i] - target;
        sum += (double)off * (double)off;
        loss.grad.a[i] = 2 * off / (float)marks;
    }
    loss.value = (float)(sum / (double)marks);
    return loss;
#else
    TODO("the mean of (says - target)^2 over pictures and patches; 2 (says - target) over as many");
#endif
}

/*%% md
## All that is asked of both nets

Shown $x$: what $G$ makes should pass for a $y$, $F$ should find the way back, and leave an $x$
alone.
$$ L(x) = \operatorname{mean}\big[(D_Y(G(x)) - 1)^2\big] + \lambda\,\operatorname{mean}|F(G(x)) - x|
   + \lambda_\text{id}\,\operatorname{mean}|F(x) - x| $$
$G(x)$ is heard of twice: through $D_Y$, and through $F$.
*/
CycleganLoss cyclegan_g_total(Net *G, Net *F, Net *D, Mat x, float lambda, float lambda_id,
                              Arena *mem)
{
#ifdef SOLUTION
    Trace there = trace(mem, TRAIN), back = trace(mem, TRAIN), judged = trace(mem, TRAIN);
    Mat fake = net_forward(G, x, &there);
    Loss fool = lsgan_loss(net_forward(D, fake, &judged), 1, mem);
    Loss cycle = cycle_loss(net_forward(F, fake, &back), x, mem);
    mat_scale(cycle.grad, lambda);

    Mat dfake = net_backward(D, fool.grad, &judged, WRT_INPUT);
    mat_add(dfake, net_backward(F, cycle.grad, &back, WRT_BOTH));
    net_backward(G, dfake, &there, WRT_PARAMS);

    CycleganLoss loss = {.gan = fool.value, .cycle = cycle.value, .fake = fake};
    if (lambda_id > 0) loss.identity = identity_loss(F, x, lambda_id, mem);
    loss.value = loss.gan + lambda * loss.cycle + lambda_id * loss.identity;
    return loss;
#else
    TODO("forward through G, D and F; dfake from D and from F together; then F's identity_loss");
#endif
}

/*%% md
## Old fakes

Shown only what $G$ makes now, $D$ forgets what $G$ made before, and both go round in circles. A
pool keeps some fakes of earlier steps; half of the time $D$ is shown one of those.
*/
Mat pool_query(Pool *pool, Mat fake, const bool *swap, const int *at, Arena *mem)
{
#ifdef SOLUTION
    Mat shown = mat_copy(mem, fake);
    for (int i = 0; i < fake.n; i++) {
        Mat one = mat_rows(fake, i, 1);
        if (pool->n < pool->kept.n) {
            mat_set(mat_rows(pool->kept, pool->n, 1), one);
            pool->n++;
        } else if (pool->n > 0 && swap[i]) {
            Mat old = mat_rows(pool->kept, at[i], 1);
            mat_set(mat_rows(shown, i, 1), old);
            mat_set(old, one);
        }
    }
    return shown;
#else
    TODO("while there is room keep each fake; then, where swap[i], trade it for row at[i]");
#endif
}

/* ---- two kinds of pictures ---- */

enum { SIDE = 32, P = SIDE * SIDE };
enum { CLOUDS, SPRITES, BOOTS, EMOJI, FOLDERS, PAIRS };
static const char *const pair_name[PAIRS] = {"clouds", "sprites", "boots", "emoji", "folders"};

/* x (n,d), y (m,d) to learn from, in [-1,1], and no row has a partner; test_x, test_y for the test.
 * Of sprites and drawings, test_x and test_y are partners row by row, which scores only look at;
 * y_of_x, x_of_y are partners for the one model that is given pairs. value: sprites' attributes. */
typedef struct { Shape shape; Mat x, y, test_x, test_y, y_of_x, x_of_y, value; } Kinds;

/* n sprites, large ones, once solid and once striped. */
static void twins(int n, Rng *rng, Mat *solid, Mat *striped, Mat *value, Arena *keep)
{
    *solid = mat_new(keep, n, 3 * P);
    *striped = mat_new(keep, n, 3 * P);
    *value = mat_new(keep, n, SPRITE_ATTRIBUTES);
    for (int i = 0; i < n; i++) {
        Rng own = rng_split(rng);
        Sprite s = sprite_among(false, &own);
        s.value[SPRITE_SIZE] = 2;
        s.value[SPRITE_TEXTURE] = 0;
        sprite_to_row(s, *value, i);
        Rng again = own;                                    // the same place, turn and shade
        sprite_draw(s, SIDE, &own, row(*solid, i), NULL);
        s.value[SPRITE_TEXTURE] = 1;
        sprite_draw(s, SIDE, &again, row(*striped, i), NULL);
    }
    pictures_to_signs(*solid);
    pictures_to_signs(*striped);
}

/* The first of them as PNG files: folders to try --a and --b with. */
static void write_folder(Lab *lab, const char *name, Mat x, Arena *keep)
{
    enum { FILES = 60 };
    const char *dir = name_of(keep, "%s/%s", lab->out, name);
    make_dir(dir);
    Sheet one = {SIDE, SIDE, 3, .cols = 1, .zoom = 1, .lo = -1, .hi = 1};
    for (int i = 0; i < FILES; i++)
        png_sheet(dir, name_of(keep, "%02d.png", i), mat_rows(x, i, 1), one);
}

static Kinds sprites(Lab *lab, Rng *rng, Arena *keep)
{
    int n = lab->quick ? 96 : 4000, tests = lab->quick ? 24 : 500;
    Kinds k = {.shape = {SIDE, SIDE, 3}};
    Mat value;
    twins(n, rng, &k.x, &k.y_of_x, &value, keep);
    twins(n, rng, &k.x_of_y, &k.y, &value, keep);
    twins(tests, rng, &k.test_x, &k.test_y, &k.value, keep);
    write_folder(lab, "solid", k.x, keep);
    write_folder(lab, "striped", k.y, keep);
    return k;
}

enum { SNEAKER = 7, BOOT = 9 };                             // classes of Fashion-MNIST

/* Pictures of one class, at most so many, in the middle of SIDE x SIDE. */
static Mat of_class(const Data *data, int class, int most, Arena *keep)
{
    int n = 0, *index = arena_alloc(keep, (size_t)most * sizeof *index);
    for (int i = 0; i < data->x.n && n < most; i++)
        if (data->label[i] == class) index[n++] = i;
    check(n > 0, "17_cyclegan: no image of class %d in %s\n"
          "  hint: classes 7 and 9 are turned into each other; --pair sprites or emoji do without",
          class, data->name);
    Mat x = mat_gather(keep, data->x, index, n);
    return pictures_to_signs(images_pad(x, (Shape){data->h, data->w, 1}, SIDE, 0, keep));
}

/* Sneakers and ankle boots. */
static Kinds boots(const Lab *lab, const Dataset *set, Arena *keep)
{
    check(set->train.h <= SIDE && set->train.w <= SIDE,
          "17_cyclegan: images of %d x %d; at most %d x %d\n  hint: --pair sprites or emoji",
          set->train.w, set->train.h, SIDE, SIDE);
    int most = lab->quick ? 96 : 2500, tests = lab->quick ? 24 : 1000;
    Kinds k = {.shape = {SIDE, SIDE, 1}};
    k.x = of_class(&set->train, SNEAKER, most, keep);
    k.y = of_class(&set->train, BOOT, most, keep);
    k.test_x = of_class(&set->test, SNEAKER, tests, keep);
    k.test_y = of_class(&set->test, BOOT, tests, keep);
    return k;
}

/* In [-1,1]; and every second one once more, mirrored. */
static Mat with_mirrored(Mat x, Arena *keep)
{
    Mat more = mat_new(keep, x.n + x.n / 2, x.d);
    mat_set(mat_rows(more, 0, x.n), pictures_to_signs(x));
    for (int i = x.n; i < more.n; i++) {
        mat_set(mat_rows(more, i, 1), mat_rows(x, 2 * (i - x.n), 1));
        picture_mirror(more, i, SIDE, SIDE, 3);
    }
    return more;
}

/* Half of all outlines are in x, uncoloured; the drawings with the other half are in y, coloured.
 * Of the test's drawings 256, evenly among them; drawings.csv says which. */
static Kinds emoji(Lab *lab, Arena *keep)
{
    enum { MOST = 256 };
    Openmoji o = openmoji_read(data_shipped(), keep);
    int *index = arena_alloc(keep, (size_t)o.n * sizeof *index);
    int *half[2], n[2] = {0};
    for (int k = 0; k < 2; k++) half[k] = arena_alloc(keep, (size_t)o.n * sizeof *half[k]);
    int all = openmoji_split(&o, NULL, false, index);
    for (int i = 0; i < all; i++) {
        int k = ((unsigned)o.drawing[index[i]].outline * 40503u >> 4) % 2;
        half[k][n[k]] = index[i];
        n[k]++;
    }
    for (int k = 0; k < 2; k++)
        if (lab->quick) n[k] = 48;
    Kinds k = {.shape = {SIDE, SIDE, 3}};
    k.x = with_mirrored(openmoji_rows(&o, half[0], n[0], false, keep), keep);
    k.y = with_mirrored(openmoji_rows(&o, half[1], n[1], true, keep), keep);

    int tests = lab->quick ? 24 : MOST;
    openmoji_test(&o, tests, index, lab->out);
    k.test_x = pictures_to_signs(openmoji_rows(&o, index, tests, false, keep));
    k.test_y = pictures_to_signs(openmoji_rows(&o, index, tests, true, keep));
    return k;
}

/* Every tenth is for the test; where there are fewer than twenty, all are for both. */
static void keep_some_back(Mat all, Mat *learn, Mat *test, Arena *keep)
{
    *learn = all;
    *test = all;
    if (all.n < 20) return;
    int tests = all.n / 10, at[2] = {0};
    *learn = mat_new(keep, all.n - tests, all.d);
    *test = mat_new(keep, tests, all.d);
    for (int i = 0; i < all.n; i++) {
        bool tested = i % 10 == 9;
        Mat to = tested ? *test : *learn;
        mat_set(mat_rows(to, at[tested], 1), mat_rows(all, i, 1));
        at[tested]++;
    }
}

static Kinds folders(const char *a, const char *b, Arena *keep)
{
    enum { MOST = 64, STEP_OF = 8 };
    Pictures of_a = pictures_read(a, MOST, keep), of_b = pictures_read(b, MOST, keep);
    pictures_match(&of_a, &of_b);
    check(of_a.h % STEP_OF == 0 && of_a.w % STEP_OF == 0,
          "%s: %d x %d pixels, and three times in a row they are halved\n"
          "  hint: sides of 16, 24, 32, ... %d pixels", of_a.first, of_a.w, of_a.h, MOST);
    Kinds k = {.shape = {of_a.h, of_a.w, of_a.c}};
    keep_some_back(pictures_to_signs(of_a.x), &k.x, &k.test_x, keep);
    keep_some_back(pictures_to_signs(of_b.x), &k.y, &k.test_y, keep);
    return k;
}

/* Two rings of six blobs each, to the left and to the right. */
enum { BLOBS = 6 };
static Mixture ring(float x)
{
    Mixture m = mixture_ring(BLOBS, 1, .08f);
    for (int k = 0; k < BLOBS; k++) m.mode[k].mean[0] += x;
    return m;
}

static Kinds clouds(const Lab *lab, Rng *rng, Arena *keep)
{
    int n = lab->quick ? 128 : 4000;
    Mixture left = ring(-1.7f), right = ring(1.7f);
    Kinds k = {.shape = {1, 1, 2}};
    k.x = mixture_sample(&left, n, NULL, rng, keep);
    k.y = mixture_sample(&right, n, NULL, rng, keep);
    k.test_x = mixture_sample(&left, TESTED_POINTS, NULL, rng, keep);
    k.test_y = mixture_sample(&right, TESTED_POINTS, NULL, rng, keep);
    return k;
}

/* ---- models ---- */

typedef struct {
    const char *name;                       /* of its folder, and what its files begin with */
    int   pair;
    float lambda, lambda_id;
    int   pool;                             /* how many fakes are kept */
    void (*norm)(Net *);                    /* in G and F; NULL: none */
    int   roll;                             /* by how many pixels their pictures are rolled */
    bool  paired;                           /* is given pairs: lambda weighs the truth */
    float lr_g, lr_d;                       /* at the first step */
} Recipe;

enum {
    CLOUDS_ALL, CLOUDS_NO_CYCLE, CLOUDS_NO_POOL,
    SPRITES_ALL, SPRITES_NO_CYCLE, SPRITES_NO_IDENTITY, SPRITES_PAIRED,
    BOOTS_ALL, EMOJI_ALL, FOLDERS_ALL,
    MODELS
};

/* What was swept, and how, is told in the handout; never on the test's pictures. */
static const Recipe recipe[MODELS] = {
    [CLOUDS_ALL] = {.name = "clouds", .pair = CLOUDS, .lambda = .3f, .pool = 50,
                    .lr_g = 2e-3f, .lr_d = 2e-3f},
    [CLOUDS_NO_CYCLE] = {.name = "clouds_no_cycle", .pair = CLOUDS, .lambda = 0, .pool = 50,
                         .lr_g = 2e-3f, .lr_d = 2e-3f},
    [CLOUDS_NO_POOL] = {.name = "clouds_no_pool", .pair = CLOUDS, .lambda = .3f, .pool = 0,
                        .lr_g = 2e-3f, .lr_d = 2e-3f},
    [SPRITES_ALL] = {.name = "sprites", .pair = SPRITES, .lambda = 5, .lambda_id = 3, .pool = 50,
                     .roll = 2, .lr_g = 4e-3f, .lr_d = 2e-3f},
    [SPRITES_NO_CYCLE] = {.name = "sprites_no_cycle", .pair = SPRITES, .lambda = 0, .lambda_id = 3,
                          .pool = 50, .roll = 2, .lr_g = 4e-3f, .lr_d = 2e-3f},
    [SPRITES_NO_IDENTITY] = {.name = "sprites_no_identity", .pair = SPRITES, .lambda = 5,
                             .lambda_id = 0, .pool = 50, .roll = 2, .lr_g = 4e-3f, .lr_d = 2e-3f},
    [SPRITES_PAIRED] = {.name = "sprites_paired", .pair = SPRITES, .lambda = 5, .paired = true,
                        .roll = 2, .lr_g = 4e-3f, .lr_d = 2e-3f},
    [BOOTS_ALL] = {.name = "boots", .pair = BOOTS, .lambda = 5, .lambda_id = 0, .pool = 50,
                   .norm = net_batchnorm, .lr_g = 1e-3f, .lr_d = 1e-3f},
    [EMOJI_ALL] = {.name = "emoji", .pair = EMOJI, .lambda = 5, .lambda_id = 1, .pool = 50,
                   .norm = net_instancenorm, .lr_g = 1e-3f, .lr_d = 2e-3f},
    [FOLDERS_ALL] = {.name = "folders", .pair = FOLDERS, .lambda = 5, .lambda_id = 1, .pool = 50,
                     .norm = net_instancenorm, .lr_g = 1e-3f, .lr_d = 1e-3f},
};

typedef struct {
    const Recipe *recipe;
    const Kinds *kinds;
    Net  G, F, D_X, D_Y;
    Adam opt_g, opt_d;
    Pool pool_x, pool_y;
    Rng  rng;
    Arena keep, mem;                        /* its own, as models learn side by side */
    Training training;
    float d_loss, gan, cycle, identity;     /* means over the last hundred steps or so */
} Model;

/* ---- nets ---- */

enum { MAPS = 12, D_MAPS = 16, LEVELS = 3 };

/* Halves the sides, goes further down, comes up again; what was there before goes round it, and
 * stands beside what comes back. */
static void level(Net *net, int k, void (*norm)(Net *), Rng *rng)
{
    static const int maps[LEVELS + 1] = {MAPS, 2 * MAPS, 4 * MAPS, 4 * MAPS};
    if (k == LEVELS) return;
    net_save(net);
    net_conv(net, maps[k + 1], 4, 2, 1, rng);
    if (norm) norm(net);
    net_lrelu(net, .2f);
    level(net, k + 1, norm, rng);
    net_convt(net, maps[k], 4, 2, 1, rng);
    if (norm) norm(net);
    net_relu(net);
    net_join(net);
}

/* A U-Net: the picture's outlines need not go through the bottom. Rolled in training, it cannot
 * learn by heart in which rows stripes are: see the handout. */
static Net generator(const char *name, Shape shape, const Recipe *r, Arena *keep, Rng *rng)
{
    Net G = net_new(name, shape, keep);
    if (r->roll) net_roll(&G, r->roll, rng);
    net_conv(&G, MAPS, 3, 1, 1, rng); net_lrelu(&G, .2f);
    level(&G, 0, r->norm, rng);
    net_conv(&G, shape.c, 3, 1, 1, rng);
    mat_scale(G.layer[G.n - 1].w.v, .3f);                   // grey at first
    net_tanh(&G);
    if (r->roll) net_unroll(&G);
    return G;
}

/* A mark for each patch of 34 x 34, which is most of a picture. */
static Net discriminator(const char *name, Shape shape, Arena *keep, Rng *rng)
{
    Net D = net_new(name, shape, keep);
    net_conv(&D, D_MAPS, 4, 2, 1, rng); net_lrelu(&D, .2f);
    net_conv(&D, 2 * D_MAPS, 4, 2, 1, rng); net_lrelu(&D, .2f);
    net_conv(&D, 4 * D_MAPS, 4, 1, 1, rng); net_lrelu(&D, .2f);
    net_conv(&D, 1, 4, 1, 1, rng);
    return D;
}

/* For points in the plane. */
static Net perceptron(const char *name, int outputs, Arena *keep, Rng *rng)
{
    Net net = net_new(name, (Shape){1, 1, 2}, keep);
    net_dense(&net, 32, rng); net_lrelu(&net, .2f);
    net_dense(&net, 32, rng); net_lrelu(&net, .2f);
    net_dense(&net, outputs, rng);
    return net;
}

static void model_new(Model *m, const Recipe *r, const Kinds *kinds, Rng rng)
{
    Adam opt = {.beta1 = .5f, .beta2 = .99f, .eps = 1e-8f};     // .999 may break: see the handout
    *m = (Model){.recipe = r, .kinds = kinds, .opt_g = opt, .opt_d = opt, .rng = rng};
    m->keep = arena_new(r->name, MB(32));
    m->mem = arena_new(r->name, MB(256));
    Arena *keep = &m->keep;
    if (r->pair == CLOUDS) {
        m->G = perceptron("G", 2, keep, &m->rng);
        m->F = perceptron("F", 2, keep, &m->rng);
        m->D_X = perceptron("D_X", 1, keep, &m->rng);
        m->D_Y = perceptron("D_Y", 1, keep, &m->rng);
    } else {
        m->G = generator("G", kinds->shape, r, keep, &m->rng);
        m->F = generator("F", kinds->shape, r, keep, &m->rng);
        m->D_X = discriminator("D_X", kinds->shape, keep, &m->rng);
        m->D_Y = discriminator("D_Y", kinds->shape, keep, &m->rng);
    }
    m->pool_x.kept = mat_new(keep, r->pool, kinds->x.d);
    m->pool_y.kept = mat_new(keep, r->pool, kinds->x.d);
}

/* ---- training ---- */

/* Rows of y at random: no one knows which belongs to which x. */
static Mat some_of(Mat y, int n, Model *m)
{
    int *index = arena_alloc(&m->mem, (size_t)n * sizeof *index);
    for (int i = 0; i < n; i++) index[i] = rng_below(&m->rng, y.n);
    return mat_gather(&m->mem, y, index, n);
}

/* By way of the pool; half of the time an old one, if there is one. */
static Mat old_and_new(Pool *pool, Mat fake, Model *m)
{
    bool *swap = arena_alloc(&m->mem, (size_t)fake.n * sizeof *swap);
    int *at = arena_alloc(&m->mem, (size_t)fake.n * sizeof *at);
    for (int i = 0; i < fake.n; i++) {
        swap[i] = rng_below(&m->rng, 2);
        at[i] = pool->kept.n ? rng_below(&m->rng, pool->kept.n) : 0;
    }
    return pool_query(pool, fake, swap, at, &m->mem);
}

/* Real ones are worth 1, fakes 0; half of it, so that D is not quicker than G (section 7.1). */
static float d_step(Net *D, Mat real, Mat fake, const Adam *opt, Arena *mem)
{
    Trace at_real = trace(mem, TRAIN), at_fake = trace(mem, TRAIN);
    Loss accept = lsgan_loss(net_forward(D, real, &at_real), 1, mem);
    Loss refuse = lsgan_loss(net_forward(D, fake, &at_fake), 0, mem);
    mat_scale(accept.grad, .5f);
    mat_scale(refuse.grad, .5f);
    net_zero_grad(D);
    net_backward(D, accept.grad, &at_real, WRT_PARAMS);
    net_backward(D, refuse.grad, &at_fake, WRT_PARAMS);
    adam_step(D, opt);
    return .5f * (accept.value + refuse.value);
}

/* Rates fall to 0 along a cosine. */
static void set_rates(Model *m)
{
    float left = cosine_decay(1, m->training.step, m->training.steps);
    m->opt_g.lr = left * m->recipe->lr_g;
    m->opt_d.lr = left * m->recipe->lr_d;
}

/* Zhu et al. 2017: G and F together, then each D, on the same fakes and on older ones. */
static void one_step(Model *m)
{
    const Recipe *r = m->recipe;
    Training *t = &m->training;
    Arena *mem = &m->mem;
    Mat x = t->x, y = some_of(m->kinds->y, x.n, m);
    set_rates(m);

    nets_zero_grad(nets_of(&m->G, &m->F));
    CycleganLoss a = cyclegan_g_total(&m->G, &m->F, &m->D_Y, x, r->lambda, r->lambda_id, mem);
    CycleganLoss b = cyclegan_g_total(&m->F, &m->G, &m->D_X, y, r->lambda, r->lambda_id, mem);
    nets_step(nets_of(&m->G, &m->F), &m->opt_g);

    Mat fake_y = old_and_new(&m->pool_y, a.fake, m), fake_x = old_and_new(&m->pool_x, b.fake, m);
    float d_y = d_step(&m->D_Y, y, fake_y, &m->opt_d, mem);
    float d_x = d_step(&m->D_X, x, fake_x, &m->opt_d, mem);

    keep_mean(&m->d_loss, (d_x + d_y) / 2, t->step);
    keep_mean(&m->gan, (a.gan + b.gan) / 2, t->step);
    keep_mean(&m->cycle, (a.cycle + b.cycle) / 2, t->step);
    keep_mean(&m->identity, (a.identity + b.identity) / 2, t->step);
    lab_finite(r->name, (double)(m->d_loss + a.value + b.value), t->step);
}

/* One way of pix2pix: the same D, and the truth in place of cycle and identity. */
static Mat told(Net *net, Net *D, Mat x, Mat truth, float lambda, Model *m)
{
    Arena *mem = &m->mem;
    Trace pass = trace(mem, TRAIN), judged = trace(mem, TRAIN);
    Mat fake = net_forward(net, x, &pass);
    Loss fool = lsgan_loss(net_forward(D, fake, &judged), 1, mem);
    Loss off = cycle_loss(fake, truth, mem);
    mat_scale(off.grad, lambda);
    mat_add(off.grad, net_backward(D, fool.grad, &judged, WRT_INPUT));
    net_zero_grad(net);
    net_backward(net, off.grad, &pass, WRT_PARAMS);
    keep_mean(&m->gan, fool.value, m->training.step);
    keep_mean(&m->cycle, off.value, m->training.step);
    return fake;
}

/* What these nets can do when they are given pairs: lab 16, but for what D is shown. */
static void paired_step(Model *m)
{
    const Recipe *r = m->recipe;
    const Kinds *k = m->kinds;
    Training *t = &m->training;
    Arena *mem = &m->mem;
    int n = t->x.n;
    set_rates(m);
    Mat x = t->x, y_of_x = mat_gather(mem, k->y_of_x, t->index, n);
    Mat y = mat_gather(mem, k->y, t->index, n), x_of_y = mat_gather(mem, k->x_of_y, t->index, n);
    Mat fake_y = told(&m->G, &m->D_Y, x, y_of_x, r->lambda, m);
    Mat fake_x = told(&m->F, &m->D_X, y, x_of_y, r->lambda, m);
    nets_step(nets_of(&m->G, &m->F), &m->opt_g);
    float d_y = d_step(&m->D_Y, y, fake_y, &m->opt_d, mem);
    float d_x = d_step(&m->D_X, x, fake_x, &m->opt_d, mem);
    keep_mean(&m->d_loss, (d_x + d_y) / 2, t->step);
    lab_finite(r->name, (double)(m->d_loss + m->gan + m->cycle), t->step);
}

static bool step_of(void *model)
{
    Model *m = model;
    if (!training_next(&m->training)) return false;
    if (m->recipe->paired)
        paired_step(m);
    else
        one_step(m);
    return true;
}

static void note_losses(void *model, long done, Csv *losses)
{
    const Model *m = model;
    double share = fmin(1, (double)done / (double)m->training.steps);
    csv_row(losses, "%s,%.4f,%.4g,%.4g,%.4g,%.4g", m->recipe->name, share, (double)m->d_loss,
            (double)m->gan, (double)m->cycle, (double)m->identity);
}

static void train(Lab *lab, Model *model, int models)
{
    static const Together how = {
        .file = "losses.csv", .header = "model,share,d_loss,gan,cycle,identity", .every = 20,
        .step = step_of, .note = note_losses,
    };
    long steps = 0;                                         // of the longest
    for (int k = 0; k < models; k++) {
        Model *m = &model[k];
        int batch = m->recipe->pair == CLOUDS ? 8 * lab->batch : lab->batch;
        int epochs = m->recipe->pair == CLOUDS ? 8 * lab->epochs : lab->epochs;
        m->training = training_whole(m->kinds->x, epochs, batch, &m->rng, &m->mem);
        if (m->training.steps > steps) steps = m->training.steps;
    }
    train_together(&how, model, models, sizeof *model, steps, lab->out);
}

static Nets nets_of_model(Model *m) { return nets_of(&m->G, &m->F, &m->D_X, &m->D_Y); }

static const char *folder_of(Model *m, const char *dir)
{
    return name_of(&m->keep, "%s/%s", dir, m->recipe->name);
}

/* ---- what models make of the test's pictures ---- */

/* All in [0,1], and rounded to what the files have. */
typedef struct { Mat a, b, ab, ba, cycle_a, cycle_b; } Trip;

static Mat write_pictures(Lab *lab, const Model *m, const char *what, Mat x, Arena *keep)
{
    Shape s = m->kinds->shape;
    Mat shown = pictures_from_signs(x, keep);
    const char *name = name_of(keep, "%s_%s.npy", m->recipe->name, what);
    npy_write_images(lab->out, name, shown, s.h, s.w, s.c);
    return shown;
}

/* There and back, into files and onto sheets. */
static Trip travel(Lab *lab, Model *m, Arena *keep)
{
    Mat x = m->kinds->test_x, y = m->kinds->test_y;
    arena_reset(&m->mem);
    Mat fake_y = net_eval(&m->G, x, &m->mem), fake_x = net_eval(&m->F, y, &m->mem);
    Trip t;
    t.a = write_pictures(lab, m, "source_a", x, keep);
    t.b = write_pictures(lab, m, "source_b", y, keep);
    t.ab = write_pictures(lab, m, "translated_ab", fake_y, keep);
    t.ba = write_pictures(lab, m, "translated_ba", fake_x, keep);
    t.cycle_a = write_pictures(lab, m, "cycle_a", net_eval(&m->F, fake_y, &m->mem), keep);
    t.cycle_b = write_pictures(lab, m, "cycle_b", net_eval(&m->G, fake_x, &m->mem), keep);
    plot_trip(lab, m->recipe->name, (Mat[]){t.a, t.ab, t.cycle_a}, (Mat[]){t.b, t.ba, t.cycle_b},
              m->kinds->shape, keep);
    return t;
}

static double back_again(const Trip *t)
{
    return (pictures_distance(t->cycle_a, t->a) + pictures_distance(t->cycle_b, t->b)) / 2;
}

/* ---- steps of the story ---- */

/* One convolution of a pixel: colours go where the 3 x 3 matrix says. */
static Net recolouring(const char *name, const float to[9], Arena *mem)
{
    Rng any = rng_new(0);
    Net net = net_new(name, (Shape){SIDE, SIDE, 3}, mem);
    net_conv(&net, 3, 1, 1, 0, &any);
    memcpy(net.layer[0].w.v.a, to, 9 * sizeof *to);
    return net;
}

/* Nothing changes but the colours; and there and back, nothing at all. */
static void relabel(Lab *lab, Mat x, Arena *keep)
{
    static const float stay[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    static const float turn[9] = {0, 1, 0, 0, 0, 1, 1, 0, 0};       // red to green to blue to red
    static const float turn_back[9] = {0, 0, 1, 1, 0, 0, 0, 1, 0};
    Arena mem = arena_new("relabel", MB(64));
    Mat few = mat_rows(x, 0, x.n < 64 ? x.n : 64);
    const float *there[2] = {stay, turn}, *back[2] = {stay, turn_back};
    const char *name[2] = {"kept", "turned"};
    for (int k = 0; k < 2; k++) {
        Net G = recolouring("G", there[k], &mem), F = recolouring("F", back[k], &mem);
        Mat fake = net_eval(&G, few, &mem), again = net_eval(&F, fake, &mem);
        Loss cycle = cycle_loss(again, few, &mem);
        float identity = identity_loss(&G, few, 1, &mem);
        printf("colours %-6s: there and back %.3f off; what is right already, %.3f\n", name[k],
               (double)cycle.value, (double)identity);
        lab_metric(lab, "mean error of a number", (double)cycle.value, "cycle_%s", name[k]);
        lab_metric(lab, "mean error of a number", (double)identity, "identity_%s", name[k]);
        if (k == 1) plot_relabelled(lab, few, fake, again, keep);
    }
    Mat half = mat_new(&mem, 1, 1);
    mat_fill(half, .5f);
    printf("a D that cannot tell pays %.2f for a real patch and %.2f for a fake\n",
           (double)lsgan_loss(half, 1, &mem).value, (double)lsgan_loss(half, 0, &mem).value);
    arena_free(&mem);
}

/* Points of the left ring to the right one, and back: with everything, without one thing. */
static void move_points(Lab *lab, Model *model, Arena *keep)
{
    Mixture right = ring(1.7f);
    for (int k = 0; k < CLOUD_KINDS; k++) {
        Model *m = &model[k];
        const char *name = m->recipe->name;
        Mat x = m->kinds->test_x;
        arena_reset(&m->mem);
        Mat there = net_eval(&m->G, x, &m->mem), back = net_eval(&m->F, there, &m->mem);
        double far = 0;
        for (int i = 0; i < x.n; i++) {
            const float *from = row(x, i), *to = row(back, i);
            far += hypot((double)(to[0] - from[0]), (double)(to[1] - from[1])) / x.n;
        }
        ModeScore hit = mode_score(there, &right);
        printf("%-15s: back %.3f off; %.3f hit a blob, %d of %d blobs\n", name, far, hit.hq,
               hit.modes, BLOBS);
        lab_metric(lab, "mean distance", far, "back_%s", name);
        lab_metric(lab, "share of points", hit.hq, "hit_%s", name);
        lab_metric(lab, "blobs of six", hit.modes, "blobs_%s", name);
        plot_clouds(lab, name, x, m->kinds->test_y, there, back, keep);
    }
}

/* Shares of the test's sprites, both ways together. */
typedef struct { double shape, colour, style; } Kept;

static Kept read_sprites(Lab *lab, const char *name, const Trip *t, Mat value, Arena *mem)
{
    Mat seen[2] = {sprites_read(t->ab, SIDE, mem), sprites_read(t->ba, SIDE, mem)};
    Kept kept = {0, 0, 0};
    double one = .5 / value.n;
    for (int w = 0; w < 2; w++) {
        const char *way = w == 0 ? "ab" : "ba";
        sprites_write(lab->out, name_of(mem, "%s_seen_%s.npy", name, way), seen[w]);
        float wanted = w == 0 ? 1 : 0;                      // striped; solid
        for (int i = 0; i < value.n; i++) {
            const float *is = row(seen[w], i), *was = row(value, i);
            kept.shape += one * (is[SPRITE_SHAPE] == was[SPRITE_SHAPE]);
            kept.colour += one * (is[SPRITE_COLOUR] == was[SPRITE_COLOUR]);
            kept.style += one * (is[SPRITE_TEXTURE] == wanted);
        }
    }
    return kept;
}

/* What becomes brighter or darker on the way (n,P): all colours together. */
static Mat changes(Mat from, Mat to, Arena *mem)
{
    Mat change = mat_zeros(mem, from.n, P);
    for (int i = 0; i < from.n; i++)
        for (int q = 0; q < 3 * P; q++) row(change, i)[q / 3] += row(to, i)[q] - row(from, i)[q];
    return change;
}

/* How much of the change would be wrong if all of it came to lie so many pixels higher. Between two
 * lines of pixels lies a mixture of both; the outermost lines do not count. */
static double wrong_if_moved(const float *change, const float *wanted, float higher)
{
    enum { EDGE = 2 };
    int lines = (int)floorf(higher);
    float part = higher - (float)lines;
    double wrong = 0;
    for (int r = EDGE; r < SIDE - EDGE; r++) {
        const float *upper = change + (r + lines) * SIDE, *lower = upper + SIDE;
        for (int c = 0; c < SIDE; c++) {
            float moved = (1 - part) * upper[c] + part * lower[c];
            wrong += fabs((double)(moved - wanted[r * SIDE + c]));
        }
    }
    return wrong;
}

/* pixels: by which stripes lie too high or too low, a mean over sprites; of the places that are
 * tried, a tenth of a pixel apart, each sprite's best. left: what would still be wrong if they lay
 * there, a share of what is wrong. */
typedef struct { double pixels, left; } Misplaced;

static Misplaced misplaced(Mat solid, Mat made, Mat truth, Arena *mem)
{
    enum { FARTHEST = 15 };                                 // tenths
    Mat change = changes(solid, made, mem), wanted = changes(solid, truth, mem);
    Misplaced m = {0, 0};
    double wrong = 0, left = 0;
    for (int i = 0; i < solid.n; i++) {
        double as_it_is = wrong_if_moved(row(change, i), row(wanted, i), 0), least = as_it_is;
        int best = 0;
        for (int tenths = -FARTHEST; tenths <= FARTHEST; tenths++) {
            double now = wrong_if_moved(row(change, i), row(wanted, i), .1f * (float)tenths);
            if (now >= least) continue;
            least = now;
            best = tenths;
        }
        m.pixels += .1 * abs(best) / solid.n;
        wrong += as_it_is;
        left += least;
    }
    if (wrong > 0) m.left = left / wrong;
    return m;
}

/* Solid to striped and back: with everything, without one thing, and by nets that had pairs. */
static void stripe(Lab *lab, Model *model, Arena *keep)
{
    static const struct { const char *about, *suffix; } kind[SPRITE_KINDS] = {
        {"both losses", ""}, {"no cycle", "_no_cycle"}, {"no identity", "_no_identity"},
        {"given pairs", "_paired"},
    };
    static const Column column[] = {
        {.name = "shape_kept", .unit = "share of sprites", .format = "%.3f"},
        {.name = "colour_kept", .unit = "share of sprites", .format = "%.3f"},
        {.name = "target_style", .unit = "share of sprites", .format = "%.3f"},
        {.name = "l1_sprites", .unit = "mean error of a number", .format = "%.4f"},
        {.name = "cycle_sprites", .unit = "mean error of a number", .format = "%.4f"},
        {.name = "stripes_shift", .unit = "pixels", .format = "%.2f"},
        {.name = "shift_left", .unit = "of what is wrong", .format = "%.2f"},
        {.name = "stripes_shift_back", .unit = "pixels", .format = "%.2f"},
    };
    Table *table = table_open(lab, "ablation", "solid_to_striped", column, LENGTH(column));
    double off[SPRITE_KINDS];
    Mat value = model[0].kinds->value;
    sprites_write(lab->out, "sprites_attributes.npy", value);
    for (int i = 0; i < SPRITE_KINDS; i++) {
        Trip t = travel(lab, &model[i], keep);
        Kept kept = read_sprites(lab, model[i].recipe->name, &t, value, keep);
        off[i] = (pictures_distance(t.ba, t.a) + pictures_distance(t.ab, t.b)) / 2;
        Misplaced lies = misplaced(t.a, t.ab, t.b, keep);
        Misplaced lies_again = misplaced(t.a, t.cycle_b, t.b, keep);
        table_row(table, kind[i].about, kind[i].suffix, kept.shape, kept.colour, kept.style,
                  off[i], back_again(&t), lies.pixels, lies.left, lies_again.pixels);
    }
    table_close(table);
    lab_metric(lab, "of the error with pairs", off[0] / off[SPRITE_KINDS - 1], "l1_over_pix2pix");
}

/* Sneakers to boots and back, looked at by a classifier that has seen only real ones. */
static void walk_on(Lab *lab, Model *m, const Dataset *set, Arena *keep)
{
    Trip t = travel(lab, m, keep);
    Classifier judge = classifier_get(set->train, "build/classifier", keep);
    int h = set->train.h, w = set->train.w, right = 0;
    Mat made[2] = {t.ab, t.ba};
    int wanted[2] = {BOOT, SNEAKER};
    double share[2];
    for (int k = 0; k < 2; k++) {
        uint8_t *label = arena_alloc(keep, (size_t)made[k].n);
        classifier_label(&judge, images_crop(made[k], SIDE, (Shape){h, w, 1}, keep), label, keep);
        npy_write_u8(lab->out, k == 0 ? "boots_judged_ab.npy" : "boots_judged_ba.npy", label, 1,
                     &made[k].n);
        int found = 0;
        for (int i = 0; i < made[k].n; i++) found += label[i] == wanted[k];
        share[k] = (double)found / made[k].n;
        right += found;
    }
    printf("sneakers to boots: %.3f are judged boots; boots to sneakers: %.3f sneakers\n", share[0],
           share[1]);
    lab_metric(lab, "share of all shoes", (double)right / (t.ab.n + t.ba.n), "boots_judged");
    lab_metric(lab, "share of sneakers", share[0], "judged_boots");
    lab_metric(lab, "share of boots", share[1], "judged_sneakers");
    lab_metric(lab, "mean error of a number", back_again(&t), "cycle_boots");
}

/* What is left of outlines without their colours and without what is lighter than a quarter grey:
 * the lines. */
static Mat cleaned(Mat x, Arena *mem)
{
    Mat y = mat_new(mem, x.n, x.d);
    for (size_t q = 0; q < mat_size(x); q += 3) {
        float grey = (x.a[q] + x.a[q + 1] + x.a[q + 2]) / 3;
        if (grey > .5f) grey = 1;
        for (int k = 0; k < 3; k++) y.a[q + k] = grey;
    }
    return y;
}

static int ascending(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Each number the median of its 3 x 3 neighbours of that colour, of fewer at the edge. */
static Mat median(Mat x, Arena *mem)
{
    Mat y = mat_new(mem, x.n, x.d);
    for (int i = 0; i < x.n; i++)
        for (int q = 0; q < x.d; q++) {
            int k = q % 3, r = q / 3 / SIDE, c = q / 3 % SIDE, n = 0;
            float near[9];
            for (int down = r - 1; down <= r + 1; down++)
                for (int right = c - 1; right <= c + 1; right++) {
                    bool outside = down < 0 || down >= SIDE || right < 0 || right >= SIDE;
                    if (outside) continue;
                    near[n] = row(x, i)[3 * (down * SIDE + right) + k];
                    n++;
                }
            qsort(near, (size_t)n, sizeof *near, ascending);
            row(y, i)[q] = near[n / 2];
        }
    return y;
}

static Mat noisy(Mat x, float sd, Arena *mem)
{
    Rng rng = rng_new(17);
    Mat y = mat_copy(mem, x);
    for (size_t i = 0; i < mat_size(y); i++) y.a[i] += sd * rng_normal(&rng);
    return y;
}

/* How much further off the drawing is, there and back, when its outline was touched on the way. */
static double through(Lab *lab, const char *what, Mat made, Mat truth, double untouched)
{
    double times = pictures_distance(made, truth) / untouched;
    printf("through an outline that is %s: %.2f times as far off\n", what, times);
    lab_metric(lab, "times the error", times, "hidden_%s", what);
    return times;
}

static Mat colour_again(Lab *lab, Model *m, const char *what, Mat outline, Arena *keep)
{
    return write_pictures(lab, m, what, net_eval(&m->G, outline, &m->mem), keep);
}

/* Outline to colour and back; and what an outline hides: how much of the way back is gone when
 * nothing but faint pixels were touched. Real outlines that are cleaned are the control. */
static void hide(Lab *lab, Model *m, Arena *keep)
{
    Trip t = travel(lab, m, keep);
    double outline = pictures_distance(t.ba, t.a);
    double colours = pictures_chroma(t.ab, t.b) / pictures_chroma(t.b, t.b);
    double back = pictures_distance(t.cycle_b, t.b);
    printf("colour to outline: off by %.4f; outline to colour: colourfulness %.3f of the truth's\n"
           "colour to outline to colour: off by %.4f\n", outline, colours, back);
    lab_metric(lab, "mean error of a number", outline, "emoji_outline_l1");
    lab_metric(lab, "of the truth's", colours, "emoji_chroma");
    lab_metric(lab, "mean error of a number", pictures_distance(t.cycle_a, t.a), "cycle_emoji_a");
    lab_metric(lab, "mean error of a number", back, "cycle_emoji_b");

    Mat outlines = net_eval(&m->F, m->kinds->test_y, &m->mem);
    Mat wiped = cleaned(outlines, &m->mem);
    Mat from_wiped = colour_again(lab, m, "cleaned", wiped, keep);
    Mat from_noisy = colour_again(lab, m, "noisy", noisy(outlines, .1f, &m->mem), keep);
    Mat from_median = colour_again(lab, m, "median", median(outlines, &m->mem), keep);
    double hidden = through(lab, "cleaned", from_wiped, t.b, back);
    through(lab, "noisy", from_noisy, t.b, back);
    through(lab, "median", from_median, t.b, back);
    lab_metric(lab, "times the error", hidden, "hidden_ratio");
    Mat real = cleaned(m->kinds->test_x, &m->mem);
    double differ = pictures_distance(colour_again(lab, m, "cleaned_a", real, keep), t.ab);
    printf("a real outline, cleaned, is coloured by %.4f otherwise\n", differ);
    lab_metric(lab, "mean difference of a number", differ, "hidden_control");
    Mat line = pictures_from_signs(wiped, keep);
    plot_hidden(lab, (Mat[]){t.b, t.ba, t.cycle_b, line, from_wiped}, keep);
}

static void show_folders(Lab *lab, Model *m, Arena *keep)
{
    Trip t = travel(lab, m, keep);
    printf("there and back: off by %.4f\n", back_again(&t));
    lab_metric(lab, "mean error of a number", back_again(&t), "cycle_folders");
}

/* ---- what is asked for ---- */

/* Which pairs are to be run, by the flags. */
typedef struct { bool pair[PAIRS]; const char *a, *b; } Wish;

static Wish wish_of(const Lab *lab)
{
    Wish wish = {.a = lab_flag(lab, "a"), .b = lab_flag(lab, "b")};
    int only = lab_choice(lab, "pair");
    bool own = wish.a || wish.b;
    if (own && (!wish.a || !wish.b))
        die(EXIT_USAGE, "17_cyclegan: --a DIR and --b DIR want each other");
    if (own && only >= 0) die(EXIT_USAGE, "17_cyclegan: --pair, or --a and --b; not both");
    for (int k = 0; k < FOLDERS; k++) wish.pair[k] = !own && (only < 0 || only == k);
    wish.pair[FOLDERS] = own;
    return wish;
}

int main(int argc, char **argv)
{
    static const LabFlag own[] = {
        {"pair", "clouds|sprites|boots|emoji", "only one of them [all]"},
        {"a", "DIR", "a folder of PNG files, one kind of picture"},
        {"b", "DIR", "and one with the other kind, of the same size"}, {0},
    };
    static const LabInfo info = {
        .name = "17_cyclegan", .title = "from one kind of picture to another, without pairs",
        .epochs = 4, .batch = 4, .quick_epochs = 1,
        .steps = "kinds relabel train points stripes boots hide folders",
        .flags = own,
        .result = "shape_kept",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Wish wish = wish_of(lab);
    Arena keep = arena_new("keep", MB(1536));
    Rng rng = rng_new(lab->seed), of_pair[PAIRS];
    for (int k = 0; k < PAIRS; k++) of_pair[k] = rng_split(&rng);

    Kinds kinds[PAIRS];
    Dataset shoes;
    STEP("kinds") {
        if (wish.pair[CLOUDS]) kinds[CLOUDS] = clouds(lab, &of_pair[CLOUDS], &keep);
        if (wish.pair[SPRITES]) kinds[SPRITES] = sprites(lab, &of_pair[SPRITES], &keep);
        if (wish.pair[BOOTS]) {
            shoes = data_images(lab->data, lab->quick, &keep);
            kinds[BOOTS] = boots(lab, &shoes, &keep);
        }
        if (wish.pair[EMOJI]) kinds[EMOJI] = emoji(lab, &keep);
        if (wish.pair[FOLDERS]) kinds[FOLDERS] = folders(wish.a, wish.b, &keep);
        for (int k = 0; k < PAIRS; k++) {
            if (!wish.pair[k]) continue;
            printf("%-7s: %d and %d\n", pair_name[k], kinds[k].x.n, kinds[k].y.n);
        }
    }
    if (wish.pair[SPRITES])
        STEP("relabel") relabel(lab, kinds[SPRITES].test_x, &keep);
    /*%% fig 17_cyclegan-relabelled
    There and back, all is right; and what is right already was not left alone. */
    Model *model = arena_alloc(&keep, MODELS * sizeof *model), *first[PAIRS] = {NULL};
    int models = 0;
    STEP("train") {
        for (int k = 0; k < MODELS; k++) {
            int pair = recipe[k].pair;
            if (!wish.pair[pair]) continue;
            if (!first[pair]) first[pair] = &model[models];
            model_new(&model[models], &recipe[k], &kinds[pair], rng_split(&of_pair[pair]));
            models++;
        }
        for (int k = 0; k < models && lab->load; k++)
            nets_read(nets_of_model(&model[k]), folder_of(&model[k], lab->load));
        if (!lab->load) {
            train(lab, model, models);
            lab_metric(lab, "mean squared", (double)model[models - 1].d_loss, "d_loss");
        }
        for (int k = 0; k < models; k++)
            nets_write(nets_of_model(&model[k]), folder_of(&model[k], lab->out));
    }
    /*%% fig 17_cyclegan-losses
    What D pays, and how far off the way back is. */
    if (wish.pair[CLOUDS])
        STEP("points") move_points(lab, first[CLOUDS], &keep);
    /*%% fig 17_cyclegan-clouds
    Points go there (purple) and back (orange), with the cycle and without. */
    if (wish.pair[SPRITES])
        STEP("stripes") stripe(lab, first[SPRITES], &keep);
    /*%% fig 17_cyclegan-sprites
    Solid to striped to solid, and the other way. */
    /*%% fig 17_cyclegan-ablation
    Without the cycle, without the identity, and with pairs. */
    if (wish.pair[BOOTS])
        STEP("boots") walk_on(lab, first[BOOTS], &shoes, &keep);
    /*%% fig 17_cyclegan-boots
    Sneakers to boots to sneakers, and the other way. */
    if (wish.pair[EMOJI])
        STEP("hide") hide(lab, first[EMOJI], &keep);
    /*%% fig 17_cyclegan-emoji
    Outlines to colours to outlines, and the other way. */
    /*%% fig 17_cyclegan-hidden
    What the outline hides. */
    if (wish.pair[FOLDERS])
        STEP("folders") show_folders(lab, first[FOLDERS], &keep);

    for (int k = 0; k < models; k++) {
        arena_free(&model[k].keep);
        arena_free(&model[k].mem);
    }
    arena_free(&keep);
    return lab_close(lab);
}
