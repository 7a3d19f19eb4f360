/* 12_progressive: a generator and a discriminator that grow while they learn.
 *
 * Learn    why one would teach small images first, how a new stage is faded in so that nothing that
 *          was learned is lost, and what growth saves: counted in multiplications and in seconds.
 * Write    five functions, marked TODO, in this order; labs/12_progressive.h says what each must
 *          do, `make test-12` tests them.
 * Run      `make 12` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command. --data DIR takes other images, of at most 32 x 32;
 *          --data openmoji takes colour drawings.
 * Writes   out/12_progressive/: csv and png for the figures, metrics.csv, the weights of the first
 *          seed's generators in grown/ and direct/; samples_grown, samples_direct and race, the
 *          Frechet distances of both ways (way, seed, point), as npy
 * Takes    about 200 s on two cores; --quick 4 s
 * Expect   a Frechet distance around 11 for either way: at 32 pixels, growth neither saves work nor
 *          costs much
 *
 * Letters  B batch, h w c height, width, channels of a map or image, z (B,Z) noise; D
 *          discriminator, G generator, E the average of G's weights: it draws the pictures. A stage
 *          has a number k and a side: 4, 8, 16, 32 pixels. alpha: how far the newest stage is faded
 *          in.
 */
#include "12_progressive.h"
#include "12_progressive_plot.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/*%% md
## Twice and half the size
A small image is enlarged without inventing anything, and a large one shrinks to means:
$$ \mathrm{up}(x)_{i,j} = x_{\lfloor i/2\rfloor,\lfloor j/2\rfloor} , \qquad
   \mathrm{down}(x)_{i,j} = \tfrac14\!\sum_{a,b\in\{0,1\}} x_{2i+a,\,2j+b} . $$
Down undoes up. And as each is the other's transpose but for a factor 4, what one does to images the
other does to gradients.
*/
Mat upsample_nearest(Mat x, Shape s, Arena *mem)
{
    TODO("every pixel of y, row i and column j, has the channels of x's pixel i/2, j/2");
}

Mat downsample_mean(Mat x, Shape s, Arena *mem)
{
    TODO("every pixel of y, row i and column j, is the mean of the four at 2i, 2i+1 and 2j, 2j+1");
}

/*%% md
## Fading in
A new stage knows nothing. Were it put in front of D at once, everything behind it would unlearn. So
it comes in step by step:
$$ \mathrm{fade}(\text{small}, \text{big}, \alpha) = (1-\alpha)\,\mathrm{up}(\text{small})
   + \alpha\,\text{big} , \qquad \alpha: 0 \to 1 . $$
*/
Mat fade_in(Mat small, Mat big, Shape s, float alpha, Arena *mem)
{
    TODO("return (1 - alpha) upsample_nearest(small) + alpha big");
}

/*%% md
## Pixel norm
Two players that outbid each other let their signals grow. In G every pixel is brought to the same
length, channel by channel divided by
$$ r = \sqrt{\tfrac1c \textstyle\sum_k x_k^2 + \epsilon} , \qquad y_k = x_k / r , \qquad
   \mathrm dx_k = \frac1r\left(\mathrm dy_k - y_k\,\tfrac1c\textstyle\sum_j
   \mathrm dy_j\,y_j\right) . $$
A gradient along $y$ would only change its length: it goes nowhere.
*/
PixelNorm pixel_norm(Mat x, Mat dy, int c, Arena *mem)
{
    TODO("pixel by pixel: r from the mean of its squares; y = x / r; dx = (dy - y mean(dy y)) / r");
}

/*%% md
## Growth
The new stage stands on the old ones, which go on learning.
*/
void grow_generator(Generator *G, int c, Rng *rng, Arena *keep)
{
    TODO("body: net_new from net_out of the body below, net_upsample, net_conv, net_lrelu, "
         "net_pixelnorm; image: net_new from there, net_conv; count the stage");
}

/* ---- the nets at their smallest ---- */

enum { Z = 64, SIDE = 32 };
static const int CHANNELS[STAGES] = {64, 32, 16, 16};           /* of the maps of 4, 8, 16, 32 */

static Generator generator(int colours, Arena *keep, Rng *rng)
{
    Generator G = {.stages = 1};
    Net *body = &G.body[0], *image = &G.image[0];
    *body = net_new("gbody4", (Shape){1, 1, Z}, keep);
    net_dense(body, 4 * 4 * CHANNELS[0], rng); net_reshape(body, (Shape){4, 4, CHANNELS[0]});
    net_lrelu(body, .2f); net_pixelnorm(body);
    *image = net_new("gimage4", net_out(body), keep);
    net_conv(image, colours, 1, 1, 0, rng);
    return G;
}

/* D is G the other way round: image[k] makes a map of an image, body[k] halves it and hands it to
 * body[k - 1]; body[0] says how real it looks. */
typedef struct { int stages; Net image[STAGES], body[STAGES]; } Discriminator;

static Discriminator discriminator(int colours, Arena *keep, Rng *rng)
{
    Discriminator D = {.stages = 1};
    Net *body = &D.body[0], *image = &D.image[0];
    *image = net_new("dimage4", (Shape){4, 4, colours}, keep);
    net_conv(image, CHANNELS[0], 1, 1, 0, rng); net_lrelu(image, .2f);
    *body = net_new("dbody4", net_out(image), keep);
    net_dense(body, 1, rng);
    return D;
}

static void grow_discriminator(Discriminator *D, int c, Rng *rng, Arena *keep)
{
    int k = D->stages;
    Shape small = net_in(&D->image[k - 1]), map = net_in(&D->body[k - 1]);
    Net *body = &D->body[k], *image = &D->image[k];
    *image = net_new(name_of(keep, "dimage%d", 2 * small.h),
                     (Shape){2 * small.h, 2 * small.w, small.c}, keep);
    net_conv(image, c, 1, 1, 0, rng); net_lrelu(image, .2f);
    *body = net_new(name_of(keep, "dbody%d", 2 * small.h), net_out(image), keep);
    net_conv(body, map.c, 4, 2, 1, rng); net_lrelu(body, .2f);
    D->stages++;
}

/* ---- through the nets, and back ---- */

typedef struct { Trace body[STAGES], image[STAGES]; } Pass;

static Pass pass_new(Mode mode, Arena *mem)
{
    Pass pass;
    for (int k = 0; k < STAGES; k++) {
        pass.body[k] = trace(mem, mode);
        pass.image[k] = trace(mem, mode);
    }
    return pass;
}

/* z (B,Z) -> images (B, side*side*colours), around [-1,1]. */
static Mat generate(Generator *G, Mat z, float alpha, Pass *pass, Arena *mem)
{
    int top = G->stages - 1;
    Mat below = {0}, map = z;
    for (int k = 0; k <= top; k++) {
        below = map;
        map = net_forward(&G->body[k], map, &pass->body[k]);
    }
    Mat big = net_forward(&G->image[top], map, &pass->image[top]);
    if (alpha == 1) return big;
    Mat small = net_forward(&G->image[top - 1], below, &pass->image[top - 1]);
    return fade_in(small, big, net_out(&G->image[top - 1]), alpha, mem);
}

static Mat scaled(Mat x, float s)
{
    mat_scale(x, s);
    return x;
}

/* Gradients for what was faded: of the stage that was there, and of the new one. */
typedef struct { Mat old, new; } Faded;

/* fade_in enlarged the small image four times, to blocks of 2 x 2 pixels. */
static Faded fade_in_back(Mat dx, Shape big, float alpha, Arena *mem)
{
    Faded d = {.new = scaled(mat_copy(mem, dx), alpha)};
    if (alpha < 1) d.old = scaled(downsample_mean(dx, big, mem), 4 * (1 - alpha));
    return d;
}

/* The same of D's maps, which are of one size: (1 - alpha) old + alpha new. */
static Mat fade_maps(Mat old, Mat new, float alpha, Arena *mem)
{
    Mat map = scaled(mat_copy(mem, new), alpha);
    mat_add(map, scaled(mat_copy(mem, old), 1 - alpha));
    return map;
}

static Faded fade_maps_back(Mat d, float alpha, Arena *mem)
{
    Faded faded = {
        .old = scaled(mat_copy(mem, d), 1 - alpha),
        .new = scaled(mat_copy(mem, d), alpha),
    };
    return faded;
}

/* From dL/dx to the gradients of all weights that took part, which are added to. */
static void generate_backward(Generator *G, Mat dx, float alpha, Pass *pass, Arena *mem)
{
    int top = G->stages - 1;
    Faded d = fade_in_back(dx, net_out(&G->image[top]), alpha, mem);
    Mat dbelow = {0};
    if (alpha < 1)
        dbelow = net_backward(&G->image[top - 1], d.old, &pass->image[top - 1], WRT_BOTH);
    Mat dmap = net_backward(&G->image[top], d.new, &pass->image[top], WRT_BOTH);
    for (int k = top; k > 0; k--) {
        dmap = net_backward(&G->body[k], dmap, &pass->body[k], WRT_BOTH);
        if (k == top && alpha < 1) mat_add(dmap, dbelow);
    }
    net_backward(&G->body[0], dmap, &pass->body[0], WRT_PARAMS);
}

/* Images (B, side*side*colours) -> logits (B,1). While a stage fades in, so does its map with that
 * of the image at half the size. */
static Mat discriminate(Discriminator *D, Mat x, float alpha, Pass *pass, Arena *mem)
{
    int top = D->stages - 1;
    Mat map = net_forward(&D->image[top], x, &pass->image[top]);
    map = net_forward(&D->body[top], map, &pass->body[top]);
    if (alpha < 1) {
        Mat half = downsample_mean(x, net_in(&D->image[top]), mem);
        Mat old = net_forward(&D->image[top - 1], half, &pass->image[top - 1]);
        map = fade_maps(old, map, alpha, mem);
    }
    for (int k = top - 1; k >= 0; k--) map = net_forward(&D->body[k], map, &pass->body[k]);
    return map;
}

/* From dL/dlogit to the gradients of D's weights, or to dL/dx (else empty), or to both. */
static Mat discriminate_backward(Discriminator *D, Mat dlogit, float alpha, Pass *pass, int wrt,
                                 Arena *mem)
{
    int top = D->stages - 1, on = wrt | WRT_INPUT;
    Mat dmap = dlogit, dhalf = {0};
    for (int k = 0; k < top; k++) dmap = net_backward(&D->body[k], dmap, &pass->body[k], on);
    if (alpha < 1) {
        Faded d = fade_maps_back(dmap, alpha, mem);
        dhalf = net_backward(&D->image[top - 1], d.old, &pass->image[top - 1], wrt);
        dmap = d.new;
    }
    dmap = net_backward(&D->body[top], dmap, &pass->body[top], on);
    Mat dx = net_backward(&D->image[top], dmap, &pass->image[top], wrt);
    if (dhalf.a && dx.a)
        mat_add(dx, scaled(upsample_nearest(dhalf, net_in(&D->image[top - 1]), mem), .25f));
    return dx;
}

/* ---- the players ---- */

typedef struct {
    Generator G, E;                                     // E: the average of G's weights
    Discriminator D;
    Adam opt_g, opt_d;
    Rng rng;
} Players;

typedef enum { DIRECT, GROWN, WAYS } Way;
static const char *const way_name[WAYS] = {"direct", "grown"};

/* Each way has the rate that was best for it, of the same ones tried on other seeds: see the
 * handout. R1, as in lab 9, every LAZY steps and that much stronger. */
static const float LR_G[WAYS] = {8e-3f, 4e-3f}, LR_D = 4e-3f, R1 = .2f, SMALL_STEP = .1f;
enum { LAZY = 8 };

/* All nets of G, of E or of D. */
static Nets all_nets(Net *body, Net *image, int stages)
{
    Nets list = {0};
    for (int k = 0; k < stages; k++) list = nets_both(list, nets_of(&body[k], &image[k]));
    return list;
}

/* Those that take part now: of the image parts below the top only the next one, while the top fades
 * in. */
static Nets nets_now(Net *body, Net *image, int stages, float alpha)
{
    Nets list = nets_of(&image[stages - 1]);
    if (alpha < 1) list = nets_both(list, nets_of(&image[stages - 2]));
    for (int k = 0; k < stages; k++) list = nets_both(list, nets_of(&body[k]));
    return list;
}

/* E may have grown further than G, if a training was interrupted: then its other stages stay. */
static void follow(Generator *E, Generator *G, float keep)
{
    nets_ema_update(all_nets(E->body, E->image, G->stages), all_nets(G->body, G->image, G->stages),
                    keep);
}

static Players players(Way way, int colours, uint64_t seed, Arena *keep)
{
    Players p = {.rng = rng_new(seed)};
    p.opt_g = (Adam){.lr = LR_G[way], .beta1 = .5f, .beta2 = .99f, .eps = 1e-8f};
    p.opt_d = (Adam){.lr = LR_D, .beta1 = .5f, .beta2 = .99f, .eps = 1e-8f};
    p.G = generator(colours, keep, &p.rng);
    p.E = generator(colours, keep, &p.rng);
    p.D = discriminator(colours, keep, &p.rng);
    follow(&p.E, &p.G, 0);                              // E starts where G does
    return p;
}

static void grow(Players *p, Arena *keep)
{
    int k = p->G.stages;
    grow_generator(&p->G, CHANNELS[k], &p->rng, keep);
    grow_generator(&p->E, CHANNELS[k], &p->rng, keep);
    grow_discriminator(&p->D, CHANNELS[k], &p->rng, keep);
    nets_ema_update(nets_of(&p->E.body[k], &p->E.image[k]), nets_of(&p->G.body[k], &p->G.image[k]),
                    0);
}

/* Adds the gradient of R1, gamma/2 |dD/dx|^2 averaged over the batch, to D's: see ahead_along. */
static void growing_r1(Discriminator *D, Mat x, float alpha, Pass *at, float gamma, Arena *mem)
{
    Mat one = mat_new(mem, x.n, 1);
    mat_fill(one, 1);
    Mat v = discriminate_backward(D, one, alpha, at, WRT_INPUT, mem);
    Ahead ahead = ahead_along(v, x, SMALL_STEP, gamma, mem);
    Pass there = pass_new(TRAIN, mem);
    discriminate(D, ahead.x, alpha, &there, mem);
    discriminate_backward(D, ahead.weight, alpha, &there, WRT_PARAMS, mem);
    discriminate_backward(D, scaled(ahead.weight, -1), alpha, at, WRT_PARAMS, mem);
}

static float d_step(Players *p, Mat real, Mat fake, float alpha, Arena *mem)
{
    Discriminator *D = &p->D;
    Pass at_real = pass_new(TRAIN, mem), at_fake = pass_new(TRAIN, mem);
    Loss yes = bce_logits_to(discriminate(D, real, alpha, &at_real, mem), 1, mem);
    Loss no = bce_logits_to(discriminate(D, fake, alpha, &at_fake, mem), 0, mem);
    Nets learn = nets_now(D->body, D->image, D->stages, alpha);
    nets_zero_grad(learn);
    discriminate_backward(D, yes.grad, alpha, &at_real, WRT_PARAMS, mem);
    discriminate_backward(D, no.grad, alpha, &at_fake, WRT_PARAMS, mem);
    if (D->body[0].steps % LAZY == 0) growing_r1(D, real, alpha, &at_real, LAZY * R1, mem);
    nets_step(learn, &p->opt_d);
    return yes.value + no.value;
}

static float g_step(Players *p, Mat fake, float alpha, Pass *pass, Arena *mem)
{
    Generator *G = &p->G;
    Pass at_fake = pass_new(TRAIN, mem);
    Loss taken = bce_logits_to(discriminate(&p->D, fake, alpha, &at_fake, mem), 1, mem);
    Mat dx = discriminate_backward(&p->D, taken.grad, alpha, &at_fake, WRT_INPUT, mem);
    Nets learn = nets_now(G->body, G->image, G->stages, alpha);
    nets_zero_grad(learn);
    generate_backward(G, dx, alpha, pass, mem);
    nets_step(learn, &p->opt_g);
    return taken.value;
}

/* ---- what the work costs ---- */

static double multiply_adds(Nets list)
{
    double sum = 0;
    for (int k = 0; k < list.n; k++) sum += net_multiply_adds(list.net[k]);
    return sum;
}

/* Of one image in one step of both. G goes forward and hands back two gradients, its weights' and
 * its maps': 3 passes. D does that for the real image and for the fake; for G it goes forward and
 * back once more, its weights left out: 8. The penalty takes a gradient of the image, a forward
 * pass and two times two gradients, but not in every step. */
static double image_cost(Players *p, float alpha)
{
    double g = multiply_adds(nets_now(p->G.body, p->G.image, p->G.stages, alpha));
    double d = multiply_adds(nets_now(p->D.body, p->D.image, p->D.stages, alpha));
    return 3 * g + (8 + 6. / LAZY) * d;
}

/* ---- the schedule ---- */

/* Both ways may spend the same. From what share of it on a stage is there, and how long it takes to
 * fade in. TRY: fade in three times as slowly. */
static const double STARTS[STAGES] = {0, .001, .06, .25}, FADES[STAGES] = {1, .012, .02, .045};

typedef struct { int stages; float alpha; } Moment;

static Moment moment(Way way, double share)
{
    Moment now = {.stages = STAGES, .alpha = 1};
    if (way == DIRECT) return now;
    while (now.stages > 1 && share < STARTS[now.stages - 1]) now.stages--;
    int top = now.stages - 1;
    if (top > 0) now.alpha = (float)fmin(1, (share - STARTS[top]) / FADES[top]);
    return now;
}

/* When frames of a film are due: a stage has half of its frames while it fades in. The last shows
 * it before the next one comes. */
static double frame_share(int frame)
{
    enum { HALF = FRAMES_A_STAGE / 2 };
    int k = frame / FRAMES_A_STAGE, i = frame % FRAMES_A_STAGE + 1;
    double end = k + 1 < STAGES ? STARTS[k + 1] : 1;
    double faded = k > 0 ? STARTS[k] + FADES[k] : .5 * end;
    if (i <= HALF) return STARTS[k] + (faded - STARTS[k]) * i / HALF;
    return faded + (end - faded) * (i - HALF) / HALF;
}

/* ---- images to learn from ---- */

typedef struct { Data data; int colours; } Images;      // rows of h*w*colours numbers in [0,1]

static Shape shape_of(const Images *of)
{
    Shape s = {of->data.h, of->data.w, of->colours};
    return s;
}

/* Real images as D is to see them now: as small as G's and, while a stage fades in, faded alike. */
static Mat real_now(Mat x, const Images *of, Moment now, Arena *mem)
{
    Mat real = pictures_to_signs(images_pad(x, shape_of(of), SIDE, 0, mem));
    int side = SIDE, c = of->colours;
    for (; side > 4 << (now.stages - 1); side /= 2)
        real = downsample_mean(real, (Shape){side, side, c}, mem);
    if (now.alpha == 1) return real;
    Mat small = downsample_mean(real, (Shape){side, side, c}, mem);
    return fade_in(small, real, (Shape){side / 2, side / 2, c}, now.alpha, mem);
}

/* ---- pictures and scores ---- */

/* To 32 x 32 pixels, whatever its shape s. */
static Mat enlarged(Mat x, Shape s, Arena *mem)
{
    for (; s.h < SIDE; s.h *= 2, s.w *= 2) x = upsample_nearest(x, s, mem);
    return x;
}

/* Images in [0,1], (n, 32*32*colours) at any stage: small ones enlarged. */
static Mat draw(Generator *E, Mat z, float alpha, Arena *mem)
{
    Shape s = net_out(&E->image[E->stages - 1]);
    Mat x = mat_new(mem, z.n, SIDE * SIDE * s.c);
    for (Slab slab = slabs(z.n, 200, mem); slab_next(&slab);) {
        Pass pass = pass_new(EVAL, mem);
        Mat y = generate(E, mat_rows(z, slab.first, slab.n), alpha, &pass, mem);
        mat_set(mat_rows(x, slab.first, slab.n), pictures_from_signs(enlarged(y, s, mem), mem));
    }
    return x;
}

/* OpenMoji's, in colour. */
static Images drawings(const Openmoji *o, bool test, Arena *keep)
{
    int *index = arena_alloc(keep, (size_t)o->n * sizeof *index);
    int n = openmoji_split(o, NULL, test, index), side = OPENMOJI_SIDE;
    Images of = {.data = {.h = side, .w = side, .name = "OpenMoji"}, .colours = 3};
    of.data.x = mat_new(keep, n, side * side * 3);
    Mat outline = mat_new(keep, 1, side * side);
    for (int i = 0; i < n; i++) openmoji_pair(o, index[i], outline.a, row(of.data.x, i));
    return of;
}

/* Garments are compared in the features of a classifier; drawings, which have no classes, along the
 * principal axes of their pixels at half the size. */
enum { AXES = 64 };
typedef struct { bool classes; Yardstick yard; Pca axes; Mat real; Images of; } Ruler;

static Mat at_half(Mat x, const Images *of, Arena *mem)
{
    return downsample_mean(x, (Shape){of->data.h, of->data.w, of->colours}, mem);
}

static Ruler ruler_for(const Images *train, const Images *test, Arena *keep)
{
    Ruler r = {.classes = train->colours == 1, .of = *train};
    if (r.classes) {
        Dataset set = {train->data, test->data};
        r.yard = yardstick(set, "build/classifier", keep);
        return r;
    }
    r.axes = pca_fit(keep, at_half(train->data.x, train, keep), AXES);
    r.real = pca_code(keep, r.axes, AXES, at_half(test->data.x, test, keep));
    return r;
}

/* Frechet distance of images (n, 32*32*colours) in [0,1] to the test set. */
static double distance(Ruler *r, Mat x, Arena *mem)
{
    Mat y = images_crop(x, SIDE, shape_of(&r->of), mem);
    if (r->classes) return yardstick_score(&r->yard, y, mem).frechet;
    return frechet_distance(pca_code(mem, r->axes, AXES, at_half(y, &r->of, mem)), r->real, mem);
}

/* ---- training ---- */

enum { POINTS = 8, SEEDS = 3 };
typedef struct {
    Way way;
    const Images *of;
    double budget;                                      // multiply-adds that may be spent
    Ruler *ruler;                                       // NULL: keep no score
    Film *film;                                         // NULL: draw nothing on the way
    uint64_t seed;
} Task;
typedef struct { double frechet[POINTS], seconds[POINTS]; int points; long images; } Run;

/* One step of D, one of G, on the same fakes. Returns what it cost, in multiply-adds. */
static double one_step(Players *p, const Task *task, Mat x, Moment now, long step, Arena *mem)
{
    float alpha = now.alpha;
    Mat real = real_now(x, task->of, now, mem);
    Pass pass = pass_new(TRAIN, mem);
    Mat fake = generate(&p->G, mat_noise(mem, real.n, Z, &p->rng), alpha, &pass, mem);
    float d_loss = d_step(p, real, fake, alpha, mem);
    float g_loss = g_step(p, fake, alpha, &pass, mem);
    follow(&p->E, &p->G, step < 500 ? .98f : .995f);
    lab_finite("D's or G's loss", (double)(d_loss + g_loss), step);
    return image_cost(p, alpha) * real.n;
}

/* The score at every POINTS-th part of the budget. */
static void keep_score(Run *run, Players *p, const Task *task, float alpha, Mat z, Arena *mem)
{
    size_t mark = mem->used;
    run->frechet[run->points] = distance(task->ruler, draw(&p->E, z, alpha, mem), mem);
    run->points++;
    arena_rewind(mem, mark);
}

/* The frames that are due, and, when the last stage is half faded in, what alpha does to it. */
static void film_now(Film *film, Players *p, float alpha, double share, long images, Arena *mem)
{
    size_t mark = mem->used;
    while (film->frame < STAGES * FRAMES_A_STAGE && share >= frame_share(film->frame))
        film_frame(film, 2 << p->E.stages, alpha, images, draw(&p->E, film->z, alpha, mem));
    if (film_wants_ramp(film, p->E.stages, alpha)) {
        Mat x[RAMP], z = mat_rows(film->z, 0, RAMP_ROWS);
        for (int k = 0; k < RAMP; k++) x[k] = draw(&p->E, z, (float)k / (RAMP - 1), mem);
        film_ramp(film, x, mem);
    }
    arena_rewind(mem, mark);
}

/* Until the budget is spent. Who is to grow begins at 4 x 4 pixels. */
static Run learn(Lab *lab, Players *p, const Task *task, Arena *keep, Arena *mem)
{
    enum { FOR_EVER = 1 << 20 };
    Run run = {0};
    Rng rng = rng_new(task->seed), noise = rng_split(&rng);
    Mat z = mat_noise(keep, lab->quick ? 200 : 2000, Z, &noise);
    double spent = 0, start = now_s(), paused = 0;
    arena_reset(mem);
    Training t = training_whole(task->of->data.x, FOR_EVER, lab->batch, &rng, mem);
    while (spent < task->budget && training_next(&t)) {
        Moment now = moment(task->way, spent / task->budget);
        while (p->G.stages < now.stages) grow(p, keep);
        spent += one_step(p, task, t.x, now, t.step, mem);
        run.images += t.x.n;

        double pause = now_s(), share = spent / task->budget;
        if (task->film) film_now(task->film, p, now.alpha, share, run.images, mem);
        while (task->ruler && run.points < POINTS && share * POINTS >= run.points + 1) {
            run.seconds[run.points] = pause - start - paused;
            keep_score(&run, p, task, now.alpha, z, mem);
        }
        paused += now_s() - pause;
        if (t.step % 50 == 0 || share >= 1)
            progress((long)fmin(1000, 1000 * share), 1000, "%s, seed %d, %d x %d",
                     way_name[task->way], (int)task->seed, 2 << p->G.stages, 2 << p->G.stages);
    }
    return run;
}

/* ---- steps of the story ---- */

/* Fashion-MNIST, another set of images, or OpenMoji's colour drawings. */
static void get_images(Lab *lab, Images *train, Images *test, Arena *keep)
{
    if (lab->data && strcmp(lab->data, "openmoji") == 0) {
        Openmoji o = openmoji_read(data_shipped(), keep);
        *train = drawings(&o, false, keep);
        *test = drawings(&o, true, keep);
    } else {
        Dataset set = data_images(lab->data, lab->quick, keep);
        *train = (Images){set.train, 1};
        *test = (Images){set.test, 1};
    }
    Data some = train->data;
    check(some.h <= SIDE && some.w <= SIDE, "images of %d x %d; the nets of this lab grow to "
          "%d x %d\n  hint: MNIST and its kin", some.h, some.w, SIDE, SIDE);
    check(some.x.n >= lab->batch && test->data.x.n >= REAL_ROWS,
          "%d training and %d test images: this lab wants a batch of %d, and %d\n"
          "  hint: a smaller --batch, or a larger set of images", some.x.n, test->data.x.n,
          lab->batch, REAL_ROWS);
    printf("%s: %d + %d images\n", some.name, some.x.n, test->data.x.n);
}

/* What D gets to see of real images, stage by stage; they are taken from all over the set. */
static void show_sizes(Lab *lab, const char *what, const Images *of, Arena *mem)
{
    int index[REAL_ROWS];
    for (int i = 0; i < REAL_ROWS; i++) index[i] = i * (of->data.x.n / REAL_ROWS);
    arena_reset(mem);
    Mat some = mat_gather(mem, of->data.x, index, REAL_ROWS);
    for (int k = 0; k < STAGES; k++) {
        Moment now = {k + 1, 1};
        Shape s = {4 << k, 4 << k, of->colours};
        Mat x = real_now(some, of, now, mem);
        Mat large = pictures_from_signs(enlarged(x, s, mem), mem);
        plot_stage(lab, what, "real", s.h, large, of->colours);
    }
}

static double relative(Mat x, Mat y)
{
    mat_sub(x, y);
    return (double)mat_norm(x) / fmax((double)mat_norm(y), 1e-30);
}

/* Is each the other's transpose? Do the library's layers do what the exercises do? */
static void try_layers(Lab *lab, const Images *of, Arena *mem)
{
    arena_reset(mem);
    Rng rng = rng_new(0);
    Shape s = {SIDE, SIDE, of->colours}, half = {SIDE / 2, SIDE / 2, of->colours};
    Mat some = mat_rows(of->data.x, 0, REAL_ROWS);
    Mat x = pictures_to_signs(images_pad(some, shape_of(of), SIDE, 0, mem));
    Mat y = mat_noise(mem, x.n, x.d / 4, &rng);
    double there = mat_dot(upsample_nearest(y, half, mem), x);
    double back = 4 * mat_dot(y, downsample_mean(x, s, mem));
    printf("<up(y), x> = %.4f, 4 <y, down(x)> = %.4f\n", there, back);
    lab_metric(lab, "relative", fabs(there - back) / fmax(fabs(there), 1e-30), "transpose_error");

    Net layer = net_new("layers", half, mem);
    net_upsample(&layer); net_conv(&layer, 12, 3, 1, 1, &rng);
    Net norm = net_new("norm", net_out(&layer), mem);
    net_pixelnorm(&norm);
    Trace t = trace(mem, TRAIN);
    Mat map = net_eval(&layer, y, mem), dmap = mat_noise(mem, map.n, map.d, &rng);
    PixelNorm f = pixel_norm(map, dmap, 12, mem);
    double off = relative(net_forward(&norm, map, &t), f.y);
    double doff = relative(net_backward(&norm, dmap, &t, WRT_INPUT), f.dx);
    printf("pixel norm: the library's layer is relatively %.1g away, its gradient %.1g\n", off,
           doff);
    lab_metric(lab, "relative", off, "norm_error");
    lab_metric(lab, "relative", doff, "norm_gradient_error");
}

/* What direct training spends on so many images is what everybody may spend in an epoch. */
static double budget(Lab *lab, int colours, Arena *mem)
{
    int images = lab->quick ? 192 : 36000;
    arena_reset(mem);
    Players p = players(DIRECT, colours, 0, mem);
    while (p.G.stages < STAGES) grow(&p, mem);
    double each = image_cost(&p, 1);
    printf("a step costs %.2f million multiply-adds an image\n", each / 1e6);
    return (double)lab->epochs * images * each;
}

/* Of a run on one seed: its score as part of the budget was spent. */
static void note_run(Lab *lab, const Task *task, const Run *run, Csv *csv, Csv *clock)
{
    const char *way = way_name[task->way];
    int seed = (int)task->seed;
    for (int i = 0; i < run->points; i++) {
        double spent = task->budget * (i + 1) / POINTS;
        double reached = run->frechet[i];
        csv_row(csv, "%s,%d,%.6g,%.6g", way, seed, spent, reached);
        csv_row(clock, "%s,%d,%.6g,%.6g", way, seed, run->seconds[i], reached);
    }
    if (run->points == POINTS)
        printf("%-6s seed %d: %6ld images, %5.1f s, Frechet distance %.2f\n", way, seed,
               run->images, run->seconds[POINTS - 1], run->frechet[POINTS - 1]);
}

/* What share of the budget the grown nets had spent, on average over the seeds, when they came
 * within 5 % of where direct training ends; NAN if they never did. */
static double share_to_reach(Run run[WAYS][SEEDS])
{
    double mean[WAYS][POINTS];
    for (Way way = 0; way < WAYS; way++)
        for (int i = 0; i < POINTS; i++) {
            mean[way][i] = 0;
            for (int s = 0; s < SEEDS; s++) mean[way][i] += run[way][s].frechet[i] / SEEDS;
        }
    double goal = 1.05 * mean[DIRECT][POINTS - 1];
    const double *at = mean[GROWN];
    if (at[0] <= goal) return 1. / POINTS;
    for (int i = 1; i < POINTS; i++) {
        if (at[i] > goal) continue;
        double between = (at[i - 1] - goal) / (at[i - 1] - at[i]);
        return (i + between) / POINTS;
    }
    return NAN;
}

/* race.npy: Frechet distances (way, seed, point). */
static void write_scores(Lab *lab, Run run[WAYS][SEEDS])
{
    float score[WAYS][SEEDS][POINTS];
    for (Way way = 0; way < WAYS; way++)
        for (int s = 0; s < SEEDS; s++)
            for (int i = 0; i < POINTS; i++) score[way][s][i] = (float)run[way][s].frechet[i];
    npy_write_f32(lab->out, "race.npy", score[0][0], 3, (int[]){WAYS, SEEDS, POINTS});
}

static void report(Lab *lab, Run run[WAYS][SEEDS])
{
    double last[WAYS][SEEDS], ratio[SEEDS], half;
    write_scores(lab, run);
    for (Way way = 0; way < WAYS; way++) {
        double images = 0;
        for (int s = 0; s < SEEDS; s++) {
            last[way][s] = run[way][s].frechet[POINTS - 1];
            images += (double)run[way][s].images / SEEDS;
        }
        double mean = mean_interval(last[way], SEEDS, &half);
        printf("%-6s Frechet distance %.2f +- %.2f after %.0f images\n", way_name[way], mean, half,
               images);
        lab_metric(lab, "squared features", mean, "frechet_%s", way_name[way]);
        lab_metric(lab, "images", images, "images_%s", way_name[way]);
    }
    for (int s = 0; s < SEEDS; s++) ratio[s] = last[GROWN][s] / last[DIRECT][s];
    double mean = mean_interval(ratio, SEEDS, &half), reached = share_to_reach(run);
    printf("grown / direct, for as many multiply-adds: %.3f +- %.3f\n", mean, half);
    lab_metric(lab, "grown over direct", mean, "frechet_ratio");
    lab_metric(lab, "95 % interval", half, "frechet_ratio_half");
    if (isnan(reached)) {
        printf("the grown nets never came within 5 %% of where direct training ended\n");
        return;
    }
    printf("within 5 %% of where direct training ended they were after %.2f of the work\n",
           reached);
    lab_metric(lab, "of direct training's work", reached, "flop_ratio");
}

/* Both ways, on SEEDS seeds each; the first seed's nets are kept. */
static void race(Lab *lab, Generator best[WAYS], const Images *train, Ruler *ruler, Arena *keep,
                 Arena *mem)
{
    static Run run[WAYS][SEEDS];
    double most = budget(lab, train->colours, mem);
    lab_metric(lab, "multiply-adds", most, "budget");
    Csv *csv = csv_open(lab->out, "race.csv", "way,seed,multiply_adds,frechet");
    Csv *clock = csv_open(lab->out, "seconds.csv", "way,seed,seconds,frechet");
    bool whole = true;
    for (int s = 0; s < SEEDS; s++)
        for (Way way = 0; way < WAYS; way++) {
            Task task = {way, train, most, ruler, NULL, lab->seed + (uint64_t)s};
            if (s == 0 && way == GROWN)
                task.film = film_open(lab, "grown", train->colours, Z, keep);
            Players p = players(way, train->colours, task.seed, keep);
            run[way][s] = learn(lab, &p, &task, keep, mem);
            note_run(lab, &task, &run[way][s], csv, clock);
            whole = whole && run[way][s].points == POINTS;
            if (task.film) film_close(task.film);
            if (s == 0) follow(&best[way], &p.E, 0);
        }
    csv_close(csv);
    csv_close(clock);
    if (whole) report(lab, run);
}

/* The schedule, as it is planned. */
static void write_schedule(Lab *lab)
{
    enum { LINES = 400 };
    Csv *csv = csv_open(lab->out, "schedule.csv", "share,side,alpha");
    for (int i = 0; i < LINES; i++) {
        double share = pow((double)i / LINES, 3);       // the beginning is short
        Moment now = moment(GROWN, share);
        csv_row(csv, "%.6f,%d,%.4f", share, 2 << now.stages, (double)now.alpha);
    }
    csv_close(csv);
}

/* Ten thousand samples of the first seed's nets, which have to be good anew. */
static void sample(Lab *lab, Generator *E, Way way, Ruler *ruler, Rng *rng, Arena *mem)
{
    int colours = net_out(&E->image[0]).c;
    Mat x = draw(E, mat_noise(mem, lab->quick ? 500 : 10000, Z, rng), 1, mem);
    char *name = name_of(mem, "samples_%s.npy", way_name[way]);
    npy_write_images(lab->out, name, x, SIDE, SIDE, colours);
    double frechet = distance(ruler, x, mem);
    printf("%-6s %d samples, Frechet distance %.2f\n", way_name[way], x.n, frechet);
    lab_metric(lab, "squared features", frechet, "frechet_samples_%s", way_name[way]);
    plot_samples(lab, way_name[way], x, colours);
}

/* A generator, grown at once. */
static Generator full_grown(int colours, Arena *keep)
{
    Rng rng = rng_new(0);
    Generator G = generator(colours, keep, &rng);
    while (G.stages < STAGES) grow_generator(&G, CHANNELS[G.stages], &rng, keep);
    return G;
}

/* The same growth in colour, for as many images' worth of work as one run of the race. */
static void grow_on_drawings(Lab *lab, Arena *keep, Arena *mem)
{
    Openmoji o = openmoji_read(data_shipped(), keep);
    Images of = drawings(&o, false, keep);
    show_sizes(lab, "drawings", &of, mem);
    Film *film = film_open(lab, "drawings", of.colours, Z, keep);
    Task task = {GROWN, &of, budget(lab, of.colours, mem), NULL, film, lab->seed};
    Players p = players(GROWN, of.colours, lab->seed, keep);
    Run run = learn(lab, &p, &task, keep, mem);
    printf("%ld drawings seen\n", run.images);
    film_close(film);
    arena_reset(mem);
    Mat z = mat_noise(mem, SAMPLES, Z, &p.rng);
    plot_samples(lab, "drawings", draw(&p.E, z, 1, mem), of.colours);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "12_progressive", .title = "networks that grow",
        .epochs = 1, .batch = 32, .quick_epochs = 1,
        .steps = "images layers sizes race samples drawings",
        .result = "frechet_samples_grown",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(900)), mem = arena_new("step", MB(512));
    Images train, test;
    STEP("images") get_images(lab, &train, &test, &keep);
    STEP("layers") try_layers(lab, &test, &mem);
    STEP("sizes") {
        show_sizes(lab, "grown", &test, &mem);
        write_schedule(lab);
    }
    Generator E[WAYS] = {full_grown(train.colours, &keep), full_grown(train.colours, &keep)};
    Ruler ruler;
    STEP("race") {
        ruler = ruler_for(&train, &test, &keep);
        if (!lab->load) race(lab, E, &train, &ruler, &keep, &mem);
        for (Way way = 0; way < WAYS; way++) {
            Nets average = all_nets(E[way].body, E[way].image, E[way].stages);
            if (lab->load) nets_read(average, name_of(&keep, "%s/%s", lab->load, way_name[way]));
            nets_write(average, name_of(&keep, "%s/%s", lab->out, way_name[way]));
        }
    }
    /*%% fig 12_progressive-schedule
    What the grown nets work on, while they spend what both may spend. */
    /*%% fig 12_progressive-movie */
    /*%% fig 12_progressive-stages
    Real images as D sees them, and what E draws at the end of each stage from the same z. */
    /*%% fig 12_progressive-ramp
    The last stage, half faded in: what E draws for other alphas. Left what the stage below draws,
    right what the new one draws alone. */
    /*%% fig 12_progressive-race
    Against the work, and against the clock: three seeds each, and their means. */
    STEP("samples") {
        for (Way way = 0; way < WAYS; way++) {
            Rng fresh = {.key = lab->seed};
            arena_reset(&mem);
            sample(lab, &E[way], way, &ruler, &fresh, &mem);
        }
    }
    /*%% fig 12_progressive-samples
    None of them picked. */
    STEP("drawings") {
        if (train.colours == 1)
            grow_on_drawings(lab, &keep, &mem);
        else
            printf("they have been the images of this run\n");
    }
    /*%% fig 12_progressive-drawings
    The same with colours: OpenMoji's drawings (CC BY-SA 4.0). Real ones above, below what E draws
    at the end of each stage. */

    arena_free(&keep);
    arena_free(&mem);
    return lab_close(lab);
}
