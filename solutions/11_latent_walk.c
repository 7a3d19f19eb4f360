/* 11_latent_walk: walks in the latent space of a GAN, and sums of meanings.
 *
 * Learn    what lies between two pictures, why a straight line is not the way there, and that
 *          directions in latent space have meanings: a red star minus a blue star plus a blue ring.
 * Write    five functions, marked TODO, in this order; labs/11_latent_walk.h says what each must
 *          do, `make test-11` tests them.
 * Run      `make 11` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command. `make 10` first, and lab 10's generator is walked in, too.
 *          --caption "a large red star on a grey background" chooses where the walk begins.
 * Writes   out/11_latent_walk/: csv and png for the figures, metrics.csv, the weights; fresh, its
 *          noise fresh_z and what the readers saw, fresh_read; midpoints_WAY; triples (a, b, c and
 *          what became of them) and triples_attributes (what they should show); triples_z,
 *          triples_control; all these with their _read; garments_ends, garments_WAY, as npy
 * Takes    about 95 s on two cores; --quick 3 s
 * Expect   midpoint_confident above .8 where pixels that are blended have less than .5;
 *          arith_success around .89, of random directions below .2
 *
 * Letters  B batch, n pictures, A attributes, z (B,Z) noise, w (B,W) what a map net makes of it, d
 *          numbers of a picture, p pixels; D discriminator, G generator, E the average of G's
 *          weights: it draws the pictures.
 */
#include "11_latent_walk.h"
#include "11_latent_walk_plot.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*%% md
## A straight line
$$ \mathrm{lerp}(a, b, t) = (1-t)\,a + t\,b . $$
In high dimensions it cuts a corner: $z\sim\mathcal N(0, I)$ has a length of nearly $\sqrt Z$,
always, and two of them stand nearly at right angles, so that the point in the middle is shorter by
$\sqrt2$. Noise that short was never drawn in training.
*/
Mat lerp(Mat a, Mat b, float t, Arena *mem)
{
#ifdef SOLUTION
    Mat x = mat_new(mem, a.n, a.d);
    for (size_t i = 0; i < mat_size(a); i++) x.a[i] = (1 - t) * a.a[i] + t * b.a[i];
    return x;
#else
    TODO("return (1 - t) a + t b");
#endif
}

/*%% md
## An arc
$$ \mathrm{slerp}(a, b, t) = \frac{\sin((1-t)\,\theta)}{\sin\theta}\,a
   + \frac{\sin(t\,\theta)}{\sin\theta}\,b $$
goes round the corner: if both ends are as long, so is everything between.
*/
#ifdef SOLUTION
static const double NO_ARC = 1e-4;      /* the smallest sine of an angle that has one */

/* in [0, pi]; 0 if one of them has no direction */
static double angle_between(Mat a, Mat b)
{
    double lengths = sqrt(mat_dot(a, a) * mat_dot(b, b));
    if (lengths == 0) return 0;
    double cosine = mat_dot(a, b) / lengths;
    return acos(fmin(1, fmax(-1, cosine)));
}
#endif

Mat slerp(Mat a, Mat b, float t, Arena *mem)
{
#ifdef SOLUTION
    Mat x = lerp(a, b, t, mem);
    for (int i = 0; i < a.n; i++) {
        double theta = angle_between(mat_rows(a, i, 1), mat_rows(b, i, 1)), sine = sin(theta);
        if (sine < NO_ARC) continue;                    // lerp's way stays
        double from_a = sin((1 - (double)t) * theta) / sine, from_b = sin((double)t * theta) / sine;
        for (int j = 0; j < a.d; j++) {
            double there = from_a * (double)row(a, i)[j] + from_b * (double)row(b, i)[j];
            row(x, i)[j] = (float)there;
        }
    }
    return x;
#else
    TODO("row by row: theta from the cosine, then sin((1-t) theta) a + sin(t theta) b, over sin "
         "theta; where that is below 1e-4, lerp");
#endif
}

/*%% md
## Where a concept lies
A single latent has a meaning and a thousand accidents: this shade, that little shift. In a mean
over exemplars the accidents cancel, and what they share is left.
*/
#ifdef SOLUTION
static bool shows(const float *seen, const float *want, int attributes)
{
    for (int k = 0; k < attributes; k++)
        if (want[k] >= 0 && seen[k] != want[k]) return false;
    return true;
}
#endif

Concept concept_mean(Mat w, Mat seen, Mat want, int from, int most, Arena *mem)
{
#ifdef SOLUTION
    Concept c = {.mean = mat_zeros(mem, 1, w.d)};
    double *sum = arena_alloc(mem, (size_t)w.d * sizeof *sum);
    for (int j = 0; j < w.d; j++) sum[j] = 0;
    for (int k = 0; k < w.n && c.n < most; k++) {
        int i = (from + k) % w.n;
        if (!shows(row(seen, i), want.a, want.d)) continue;
        for (int j = 0; j < w.d; j++) sum[j] += (double)row(w, i)[j];
        c.n++;
    }
    for (int j = 0; j < w.d && c.n > 0; j++) c.mean.a[j] = (float)(sum[j] / c.n);
    return c;
#else
    TODO("from row `from` on, once around: add up the latents whose seen is what is wanted, until "
         "there are `most`; divide by how many they are");
#endif
}

/*%% md
## Sums of meanings
Words came first: king - man + woman is near queen (Mikolov et al. 2013). If latent space is as
orderly, then
$$ c + t\,(a - b) , \qquad t = 1 , $$
shows in $c$'s picture what tells $a$ from $b$, and other $t$ less of it, or more.
*/
Mat latent_arithmetic(Mat a, Mat b, Mat c, float t, Arena *mem)
{
#ifdef SOLUTION
    Mat x = mat_new(mem, c.n, c.d);
    for (size_t i = 0; i < mat_size(c); i++) x.a[i] = c.a[i] + t * (a.a[i] - b.a[i]);
    return x;
#else
    TODO("return c + t (a - b)");
#endif
}

/*%% md
## A good walk
It changes a little with every step, never all at once, and never passes through what is no picture
at all.
*/
Walk path_score(Mat x, Mat seen)
{
#ifdef SOLUTION
    double length = 0, longest = 0;
    int clear = row(seen, 0)[0] != -1;
    for (int i = 1; i < x.n; i++) {
        double squares = 0;
        for (int j = 0; j < x.d; j++) {
            double off = (double)row(x, i)[j] - (double)row(x, i - 1)[j];
            squares += off * off;
        }
        length += sqrt(squares);
        longest = fmax(longest, sqrt(squares));
        clear += row(seen, i)[0] != -1;
    }
    Walk walk = {.length = (float)length, .clear = (float)clear / (float)x.n};
    if (length > 0) walk.jump = (float)(longest / length);
    return walk;
#else
    TODO("add up the Euclidean lengths of the steps, note the longest, count the clear pictures");
#endif
}

/* ---- the generator ---- */

/* Sprites that differ in three things, and in how exactly they lie: six shapes, eight colours, four
 * backgrounds; all are large, upright, solid and in the middle. */
enum { SIDE = 32, P = SIDE * SIDE, NUMBERS = 3 * P, Z = 32, W = 32 };
static const int VARIED[] = {SPRITE_SHAPE, SPRITE_COLOUR, SPRITE_BACKGROUND};

/* G decides first what to draw, then draws it. The map from noise z to w is deep; from w on
 * everything is simple: a form, and two colours. As w need not be distributed like noise, what
 * belongs together can come together there (Karras et al. 2019, section 4). A picture is lab 5's
 * layers: one colour seen through a gate before another. Lab 10's generator has only a form, which
 * is its picture, and no map: w is z. */
typedef struct { Net map, form, colour; bool layered; } Gen;

/* The biases of a form (side x side): open in the middle, shut at the edges. Else a picture may as
 * well be its own negative, colours exchanged, and some of them will be: two ways to draw the same,
 * with nothing between. */
static void open_in_the_middle(Mat bias, int side)
{
    float middle = .5f * (float)(side - 1);
    for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++) {
            float away = hypotf((float)i - middle, (float)j - middle);
            bias.a[i * side + j] = 3 - 12 * away / (float)side;
        }
}

static Gen sprite_generator(Arena *keep, Rng *rng)
{
    Gen G = {.layered = true};
    G.map = net_new("map", (Shape){1, 1, Z}, keep);
    for (int k = 0; k < 3; k++) {
        net_dense(&G.map, 256, rng); net_batchnorm(&G.map); net_lrelu(&G.map, .2f);
    }
    net_dense(&G.map, W, rng); net_tanh(&G.map);
    G.form = net_new("form", (Shape){1, 1, W}, keep);
    net_dense(&G.form, 16 * 16, rng); net_reshape(&G.form, (Shape){16, 16, 1});
    mat_scale(G.form.layer[0].w.v, 1.5f);               // forms that differ from the beginning
    open_in_the_middle(G.form.layer[0].b.v, 16);
    net_upsample_smooth(&G.form); net_sigmoid(&G.form);
    G.colour = net_new("colour", (Shape){1, 1, W}, keep);
    net_dense(&G.colour, 6, rng); net_sigmoid(&G.colour);       // of the sprite, of the background
    return G;
}

/* Lab 10's, under its name there. */
enum { FASHION_SIDE = 28, FASHION_Z = 64 };
static Gen fashion_generator(Arena *keep, Rng *rng)
{
    Gen G = {.layered = false};
    G.map = net_new("map", (Shape){1, 1, FASHION_Z}, keep);
    G.form = net_new("E", (Shape){1, 1, FASHION_Z}, keep);
    net_dense(&G.form, 3 * 3 * 128, rng); net_reshape(&G.form, (Shape){3, 3, 128});
    net_batchnorm(&G.form); net_relu(&G.form);
    net_convt(&G.form, 64, 3, 2, 0, rng); net_batchnorm(&G.form); net_relu(&G.form);
    net_convt(&G.form, 32, 4, 2, 1, rng); net_batchnorm(&G.form); net_relu(&G.form);
    net_convt(&G.form, 1, 4, 2, 1, rng); net_tanh(&G.form);
    net_init_normal(&G.form, .02f, rng);
    G.colour = net_new("colour", (Shape){1, 1, FASHION_Z}, keep);
    return G;
}

/* Convolutions whose stride halves the map three times; no batch norm, since what holds D back is a
 * penalty on its slope. */
static Net discriminator(Shape picture, Arena *keep, Rng *rng)
{
    Net D = net_new("D", picture, keep);
    net_conv(&D, 16, 4, 2, 1, rng); net_lrelu(&D, .2f);
    net_conv(&D, 32, 4, 2, 1, rng); net_lrelu(&D, .2f);
    net_conv(&D, 64, 4, 2, 1, rng); net_lrelu(&D, .2f);
    net_dense(&D, 1, rng);
    return D;
}

/* ---- from w to a picture, and back ---- */

typedef struct { Trace map, form, colour; Mat gate, rgb; } Pass;

static Pass pass_new(Mode mode, Arena *mem)
{
    Pass pass = {.map = trace(mem, mode), .form = trace(mem, mode), .colour = trace(mem, mode)};
    return pass;
}

/* Pictures (B,d) in [-1,1]: 2 (paper + gate (ink - paper)) - 1. */
static Mat paint(Gen *G, Mat w, Pass *pass, Arena *mem)
{
    Mat form = net_forward(&G->form, w, &pass->form);
    if (!G->layered) return form;
    Mat rgb = net_forward(&G->colour, w, &pass->colour);        // (B,6)
    Mat x = mat_new(mem, w.n, 3 * form.d);
    for (int i = 0; i < x.n; i++)
        for (int k = 0; k < 3; k++) {
            float ink = row(rgb, i)[k], paper = row(rgb, i)[3 + k];
            for (int p = 0; p < form.d; p++)
                row(x, i)[3 * p + k] = 2 * (paper + row(form, i)[p] * (ink - paper)) - 1;
        }
    pass->gate = form;
    pass->rgb = rgb;
    return x;
}

/* From dL/dx (B,d) to all gradients of G, which are added to; dL/dw stays inside. */
static void paint_backward(Gen *G, Mat dx, Pass *pass, Arena *mem)
{
    if (!G->layered) {
        net_backward(&G->form, dx, &pass->form, WRT_PARAMS);
        return;
    }
    Mat dgate = mat_zeros(mem, dx.n, pass->gate.d), drgb = mat_new(mem, dx.n, 6);
    for (int i = 0; i < dx.n; i++)
        for (int k = 0; k < 3; k++) {
            const float *gate = row(pass->gate, i), *rgb = row(pass->rgb, i);
            float through = 0, all = 0;
            for (int p = 0; p < dgate.d; p++) {
                float d = 2 * row(dx, i)[3 * p + k];
                row(dgate, i)[p] += d * (rgb[k] - rgb[3 + k]);
                through += d * gate[p];
                all += d;
            }
            row(drgb, i)[k] = through;
            row(drgb, i)[3 + k] = all - through;
        }
    Mat dw = net_backward(&G->form, dgate, &pass->form, WRT_BOTH);
    mat_add(dw, net_backward(&G->colour, drgb, &pass->colour, WRT_BOTH));
    net_backward(&G->map, dw, &pass->map, WRT_PARAMS);
}

/* how many a picture has */
static int numbers(const Gen *G) { return (G->layered ? 3 : 1) * shape_size(net_out(&G->form)); }

static Mat mapped(Gen *G, Mat z, Arena *mem) { return net_eval(&G->map, z, mem); }

/* Pictures in [0,1] of points w (n,W); many, but not so many at a time that they fill mem. */
static Mat show(Gen *G, Mat w, Arena *keep, Arena *mem)
{
    Mat x = mat_new(keep, w.n, numbers(G));
    arena_reset(mem);
    for (Slab s = slabs(w.n, 250, mem); slab_next(&s);) {
        Pass pass = pass_new(EVAL, mem);
        Mat y = paint(G, mat_rows(w, s.first, s.n), &pass, mem);
        mat_set(mat_rows(x, s.first, s.n), pictures_from_signs(y, mem));
    }
    return x;
}

/* ---- training ---- */

/* Small batches of fresh sprites: with 64 in a batch the sums went wrong twice as often. Found in
 * sweeps on seeds 1 to 3. R1 as in lab 9, lazily (Karras et al. 2020). */
static const float LR_D = 4e-3f, LR_G = 2e-3f;
static const Penalty r1 = {.gamma = .07f, .step = .1f, .every = 8};

static Nets nets_of_gen(Gen *G) { return nets_of(&G->map, &G->form, &G->colour); }

static float g_step(Gen *G, Net *D, Mat fake, Pass *pass, const Adam *opt, Arena *mem)
{
    Loss loss = gan_g_loss(D, fake, mem);               // its gradient (B,d) is that of fake
    nets_zero_grad(nets_of_gen(G));
    paint_backward(G, loss.grad, pass, mem);
    nets_step(nets_of_gen(G), opt);
    return loss.value;
}

/* D, then G, on the same fakes; E follows G. losses: NULL, or where to note them. */
static void train(Gen *G, Gen *E, Net *D, Data data, int epochs, int batch, Csv *losses, Rng *rng,
                  Arena *mem)
{
    Adam opt_d = {.beta1 = .5f, .beta2 = .999f, .eps = 1e-8f}, opt_g = opt_d;
    nets_ema_update(nets_of_gen(E), nets_of_gen(G), 0); // E starts where G does
    arena_reset(mem);
    Training t = training_whole(data.x, epochs, batch, rng, mem);
    while (training_next(&t)) {
        opt_d.lr = cosine_decay(LR_D, t.step, t.steps);
        opt_g.lr = cosine_decay(LR_G, t.step, t.steps);
        Mat real = pictures_to_signs(t.x);

        Pass pass = pass_new(TRAIN, mem);
        Mat z = mat_noise(mem, real.n, net_in(&G->map).c, rng);
        Mat w = net_forward(&G->map, z, &pass.map);
        Mat fake = paint(G, w, &pass, mem);
        float d_loss = gan_d_step(D, real, fake, r1, &opt_d, mem);
        float g_loss = g_step(G, D, fake, &pass, &opt_g, mem);
        nets_ema_update(nets_of_gen(E), nets_of_gen(G), t.step < 1000 ? .99f : .999f);

        lab_finite("D's or G's loss", (double)(d_loss + g_loss), t.step);
        if (losses && t.step % 10 == 0)
            csv_row(losses, "%ld,%.4g,%.4g", t.step, (double)d_loss, (double)g_loss);
        if ((t.step + 1) % 100 == 0 || t.step + 1 == t.steps)
            progress(t.step + 1, t.steps, "D %.2f  G %.2f", (double)d_loss, (double)g_loss);
    }
}

/* ---- the two generators to walk in ---- */

/* Attributes that stand for the family, with three to choose. */
static Sprite of_family(int shape, int colour, int background)
{
    Sprite s = {.value = {[SPRITE_SHAPE] = shape, [SPRITE_COLOUR] = colour, [SPRITE_SIZE] = 2,
                          [SPRITE_BACKGROUND] = background}};
    return s;
}

static bool in_family(Sprite s)
{
    const int *v = s.value;
    return v[SPRITE_SIZE] == 2 && v[SPRITE_POSITION] == 0 && v[SPRITE_ROTATION] == 0 &&
           v[SPRITE_TEXTURE] == 0;
}

/* n sprites of the family: any of those that labs train on, but large, in the middle, upright and
 * solid. */
static Data sprite_data(int n, Rng *rng, Arena *keep)
{
    Data data = {.x = mat_new(keep, n, NUMBERS), .h = SIDE, .w = SIDE, .name = "sprites"};
    progress(0, n, "sprites to draw");
    for (int i = 0; i < n; i++) {
        const Sprite drawn = sprite_random(rng);
        const int *v = drawn.value;
        Sprite s = of_family(v[SPRITE_SHAPE], v[SPRITE_COLOUR], v[SPRITE_BACKGROUND]);
        sprite_draw(s, SIDE, rng, row(data.x, i), NULL);
    }
    return data;
}

static void train_sprites(Lab *lab, Gen *E, Rng *rng, Arena *keep, Arena *mem)
{
    size_t mark = keep->used;
    Data data = sprite_data(lab->quick ? 640 : 40000, rng, keep);
    Gen G = sprite_generator(keep, rng);
    Net D = discriminator((Shape){SIDE, SIDE, 3}, keep, rng);
    size_t map = net_weights(&G.map), painter = net_weights(&G.form) + net_weights(&G.colour);
    printf("sprites: the map has %zu weights, the painter %zu, D %zu\n", map, painter,
           net_weights(&D));
    lab_metric(lab, "weights", (double)map, "weights_map");
    lab_metric(lab, "weights", (double)painter, "weights_painter");
    Csv *losses = csv_open(lab->out, "losses.csv", "step,d_loss,g_loss");
    train(&G, E, &D, data, lab->epochs, lab->batch, losses, rng, mem);
    csv_close(losses);
    arena_rewind(keep, mark);
}

/* Lab 10's generator, when that has run beside this lab; else one is trained here, in a hurry. */
static void get_fashion(Lab *lab, Gen *E, Rng *rng, Arena *keep, Arena *mem)
{
    char *dir = name_of(keep, "%s/../10_dcgan", lab->out);
    char *last = name_of(keep, "%s/E.convt10.bias.npy", dir);
    if (access(last, R_OK) == 0) {
        net_read(&E->form, dir);
        printf("garments: lab 10's generator\n");
        return;
    }
    size_t mark = keep->used;
    Data data = data_images(lab->data, lab->quick, keep).train;
    check(data.h == FASHION_SIDE && data.w == FASHION_SIDE, "images of %d x %d; lab 10's generator "
          "draws %d x %d\n  hint: MNIST and its kin", data.h, data.w, FASHION_SIDE, FASHION_SIDE);
    int some = lab->quick ? 320 : 20000, batch = 32;
    data.x = mat_rows(data.x, 0, data.x.n < some ? data.x.n : some);
    if (batch > data.x.n) batch = data.x.n;
    printf("garments: lab 10 has not run; a rougher generator learns from %d images here\n",
           data.x.n);
    Gen G = fashion_generator(keep, rng);
    Net D = discriminator((Shape){FASHION_SIDE, FASHION_SIDE, 1}, keep, rng);
    train(&G, E, &D, data, 1, batch, NULL, rng, mem);
    arena_rewind(keep, mark);
}

/* ---- pictures whose meaning has been read ---- */

typedef struct { Mat z, w, x, seen; } Pool;             // (n,Z) (n,W) (n,d) (n,A)

/* Noise is drawn shrunk to `typical`: 1 for fresh pictures, less for the ones that lie well inside
 * of what G knows (the truncation trick; Brock et al. 2019). */
static Pool pool_unread(Gen *E, int n, float typical, Rng *rng, Arena *keep, Arena *mem)
{
    Pool pool = {.z = mat_noise(keep, n, Z, rng)};
    mat_scale(pool.z, typical);
    pool.w = mapped(E, pool.z, keep);
    pool.x = show(E, pool.w, keep, mem);
    return pool;
}

/* Keeps pictures as NAME.npy and what is seen in them, as they were written, as NAME_read.npy. */
static Mat write_and_read(Lab *lab, const char *name, Mat x, Arena *keep)
{
    npy_write_images(lab->out, name_of(keep, "%s.npy", name), x, SIDE, SIDE, 3);
    Mat seen = sprites_read(x, SIDE, keep);
    sprites_write(lab->out, name_of(keep, "%s_read.npy", name), seen);
    return seen;
}

static double clear_share(Mat seen)
{
    int clear = 0;
    for (int i = 0; i < seen.n; i++) clear += row(seen, i)[0] != SPRITE_UNCLEAR;
    return (double)clear / seen.n;
}

/* Noise (1,Z) whose picture shows this sprite; if the pool has none, on another background, in
 * another colour, at last any. */
static Mat noise_of(const Pool *pool, Sprite s, Arena *mem)
{
    static const int gives_way[] = {SPRITE_BACKGROUND, SPRITE_COLOUR, SPRITE_SHAPE};
    Mat want = mat_new(mem, 1, SPRITE_ATTRIBUTES);
    sprite_to_row(s, want, 0);
    for (int k = 0; k < LENGTH(gives_way); k++) {
        Concept one = concept_mean(pool->z, pool->seen, want, 0, 1, mem);
        if (one.n > 0) return one.mean;
        want.a[gives_way[k]] = SPRITE_UNCLEAR;          // any
    }
    return mat_copy(mem, mat_rows(pool->z, 0, 1));
}

static Pool fresh_pictures(Lab *lab, Gen *E, Rng *rng, Arena *keep, Arena *mem)
{
    Pool pool = pool_unread(E, lab->quick ? 200 : 4000, 1, rng, keep, mem);
    npy_write(lab->out, "fresh_z.npy", pool.z);
    pool.seen = write_and_read(lab, "fresh", pool.x, keep);
    double clear = clear_share(pool.seen);
    printf("the readers know what %.1f %% of fresh pictures show\n", 100 * clear);
    lab_metric(lab, "share", clear, "fresh_clear");
    plot_fresh(lab, pool.x, pool.seen);
    return pool;
}

/* ---- walks ---- */

/* Pictures a share t of the way from those of noise a (n,Z) to those of b. */
static Mat on_the_way(Gen *E, Way way, Mat a, Mat b, float t, Arena *keep, Arena *mem)
{
    if (way == LERP) return show(E, mapped(E, lerp(a, b, t, keep), keep), keep, mem);
    if (way == SLERP) return show(E, mapped(E, slerp(a, b, t, keep), keep), keep, mem);
    Mat wa = mapped(E, a, keep), wb = mapped(E, b, keep);
    if (way == LERP_W) return show(E, lerp(wa, wb, t, keep), keep, mem);
    return lerp(show(E, wa, keep, mem), show(E, wb, keep, mem), t, keep);       // BLEND
}

static double mean_length(Mat x)
{
    double sum = 0;
    for (int i = 0; i < x.n; i++) sum += (double)mat_norm(mat_rows(x, i, 1));
    return sum / x.n;
}

/* How many midpoints of many walks are clear, beside the fresh ones' share. */
static void report_middle(Lab *lab, Way way, double clear, double fresh)
{
    const char *name = way_name[way];
    printf("%-6s %5.1f %% of the midpoints are clear\n", name, 100 * clear);
    if (fresh > 0)
        lab_metric(lab, "of fresh pictures' share", clear / fresh, "midpoint_%s",
                   way == SLERP ? "confident" : name);
}

/* How many pictures are clear along walks between fresh ones, by each way? */
static void measure_walks(Lab *lab, Gen *E, const Pool *pool, Arena *keep, Arena *mem)
{
    int pairs = lab->quick ? 30 : 300;
    Mat a = mat_rows(pool->z, 0, pairs), b = mat_rows(pool->z, pairs, pairs);
    Csv *csv = csv_open(lab->out, "walks.csv", "way,t,clear,lerp_length,slerp_length");
    for (Way way = 0; way < WAYS; way++)
        for (int i = 0; i < STOPS; i++) {
            size_t mark = keep->used;
            float t = (float)i / (STOPS - 1);
            Mat x = on_the_way(E, way, a, b, t, keep, mem);
            bool middle = 2 * i == STOPS - 1;
            char *name = name_of(keep, "midpoints_%s", way_name[way]);
            Mat seen = middle ? write_and_read(lab, name, x, keep) : sprites_read(x, SIDE, keep);
            double clear = clear_share(seen);
            double straight = mean_length(lerp(a, b, t, keep));
            double round = mean_length(slerp(a, b, t, keep));
            csv_row(csv, "%s,%.4g,%.5f,%.4f,%.4f", way_name[way], (double)t, clear, straight,
                    round);
            if (middle) report_middle(lab, way, clear, clear_share(pool->seen));
            arena_rewind(keep, mark);
        }
    csv_close(csv);
}

/* The pictures of a walk (STOPS,d) between two points of noise. */
static Mat walk(Gen *E, Way way, Mat a, Mat b, Arena *keep, Arena *mem)
{
    Mat x = mat_new(keep, STOPS, numbers(E));
    for (int i = 0; i < STOPS; i++) {
        float t = (float)i / (STOPS - 1);
        mat_set(mat_rows(x, i, 1), on_the_way(E, way, a, b, t, keep, mem));
    }
    return x;
}

/* From what --caption asks for, or a pink star on white, to a cyan ring on black, by every way. */
static void walk_as_asked(Lab *lab, Gen *E, const Pool *typical, Arena *keep, Arena *mem)
{
    Sprite from = of_family(3, 7, 0), to = of_family(4, 4, 2);
    if (lab->caption) from = *lab->caption;
    Mat a = noise_of(typical, from, keep), b = noise_of(typical, to, keep);
    Csv *csv = csv_open(lab->out, "strips.csv", "way,stop,shape,colour,background");
    for (Way way = 0; way < WAYS; way++) {
        Mat x = walk(E, way, a, b, keep, mem), seen = sprites_read(x, SIDE, keep);
        Walk score = path_score(x, seen);
        printf("%-6s length %5.1f, largest step %4.1f %% of it, %d of %d pictures clear\n",
               way_name[way], (double)score.length, 100 * (double)score.jump,
               (int)lroundf(score.clear * STOPS), STOPS);
        plot_strip(lab, way, x, seen, csv);
    }
    csv_close(csv);
}

/* What lies between four corners: (SQUARE * SQUARE, Z), slerp along two sides, then across. */
static Mat between(const Mat corner[4], Arena *mem)
{
    Mat z = mat_new(mem, SQUARE * SQUARE, corner[0].d);
    for (int i = 0; i < SQUARE; i++)
        for (int j = 0; j < SQUARE; j++) {
            float down = (float)i / (SQUARE - 1), across = (float)j / (SQUARE - 1);
            Mat left = slerp(corner[0], corner[2], down, mem);
            Mat right = slerp(corner[1], corner[3], down, mem);
            mat_set(mat_rows(z, i * SQUARE + j, 1), slerp(left, right, across, mem));
        }
    return z;
}

/* WALKERS at a time go round four corners each, as a film. */
static void go_round(Lab *lab, Gen *E, const char *what, Sheet sheet, Rng *rng, Arena *keep,
                     Arena *mem)
{
    Mat corner[4];
    for (int k = 0; k < 4; k++) corner[k] = mat_noise(keep, WALKERS, net_in(&E->map).c, rng);
    for (int f = 0; f < FRAMES; f++) {
        size_t mark = keep->used;
        int side = 4 * f / FRAMES;
        float t = 4.f * (float)f / FRAMES - (float)side;
        Mat z = slerp(corner[side], corner[(side + 1) % 4], t, keep);
        plot_frame(lab, what, f, show(E, mapped(E, z, keep), keep, mem), sheet, keep);
        arena_rewind(keep, mark);
    }
}

static void corners(Lab *lab, Gen *E, const Pool *typical, Rng *rng, Arena *keep, Arena *mem)
{
    Sprite at[4] = {of_family(3, 7, 0), of_family(0, 3, 1), of_family(2, 2, 3), of_family(4, 6, 2)};
    Mat corner[4];
    for (int k = 0; k < 4; k++) corner[k] = noise_of(typical, at[k], keep);
    plot_square(lab, "sprites", show(E, mapped(E, between(corner, keep), keep), keep, mem),
                sprite_sheet(SQUARE));
    go_round(lab, E, "sprites", sprite_sheet(WALKERS / 3), rng, keep, mem);
}

/* ---- sums of meanings ---- */

enum { A = SPRITE_ATTRIBUTES, EXEMPLARS = 3, CONCEPTS = 3 };
typedef struct {
    int n;
    Mat asked;                          // (4n,A): of each a, b, c, and what should come of it
    Mat w[CONCEPTS], z[CONCEPTS];       // means over exemplars, (n,W) and (n,Z)
} Triples;

static int another(int value, int values, Rng *rng)
{
    return (value + 1 + rng_below(rng, values - 1)) % values;
}

/* Means over the exemplars of what the triple's rows of asked say; false if one has too few.
 * anything: any picture will do. */
static bool find_concepts(Triples *t, const Pool *pool, bool anything, Rng *rng, Arena *mem)
{
    for (int k = 0; k < CONCEPTS; k++) {
        Mat want = mat_copy(mem, mat_rows(t->asked, 4 * t->n + k, 1));
        if (anything) mat_fill(want, SPRITE_UNCLEAR);
        int from = rng_below(rng, pool->z.n);
        Concept w = concept_mean(pool->w, pool->seen, want, from, EXEMPLARS, mem);
        Concept z = concept_mean(pool->z, pool->seen, want, from, EXEMPLARS, mem);
        if (w.n < EXEMPLARS) return false;
        mat_set(mat_rows(t->w[k], t->n, 1), w.mean);
        mat_set(mat_rows(t->z[k], t->n, 1), z.mean);
    }
    return true;
}

/* b is a sprite that the pool shows; a differs from it in one attribute, c in another. What should
 * come of a - b + c is c with a's value. Shape, colour, background in turn are what a differs
 * in. After a quick run hardly a picture is clear: anything then stands in for an exemplar. */
static Triples find_triples(const Pool *pool, int most, bool anything, Rng *rng, Arena *keep,
                            Arena *mem)
{
    Triples t = {.asked = mat_new(keep, 4 * most, A)};
    for (int k = 0; k < CONCEPTS; k++) {
        t.w[k] = mat_new(keep, most, W);
        t.z[k] = mat_new(keep, most, Z);
    }
    for (int tries = 0; tries < 100 * most && t.n < most; tries++) {
        arena_reset(mem);
        Sprite b = sprite_of_row(pool->seen, rng_below(rng, pool->seen.n));
        if (anything) b = of_family(0, 0, 0);
        int turn = t.n % LENGTH(VARIED), other = another(turn, LENGTH(VARIED), rng);
        int ours = VARIED[turn], theirs = VARIED[other];
        Sprite a = b, c = b;
        a.value[ours] = another(b.value[ours], sprite_values(ours), rng);
        c.value[theirs] = another(b.value[theirs], sprite_values(theirs), rng);
        Sprite wanted = c;
        wanted.value[ours] = a.value[ours];
        Sprite all[4] = {a, b, c, wanted};
        for (int k = 0; k < 4; k++) sprite_to_row(all[k], t.asked, 4 * t.n + k);
        if (in_family(b) && find_concepts(&t, pool, anything, rng, mem)) t.n++;
    }
    t.asked = mat_rows(t.asked, 0, 4 * t.n);
    for (int k = 0; k < CONCEPTS; k++) {
        t.w[k] = mat_rows(t.w[k], 0, t.n);
        t.z[k] = mat_rows(t.z[k], 0, t.n);
    }
    return t;
}

/* c and, of the same length as a - b, any direction. */
static Mat astray(const Triples *t, Rng *rng, Arena *mem)
{
    Mat x = mat_noise(mem, t->n, W, rng);
    for (int i = 0; i < t->n; i++) {
        Mat a = mat_rows(t->w[0], i, 1), b = mat_rows(t->w[1], i, 1), c = mat_rows(t->w[2], i, 1);
        Mat way = mat_copy(mem, a), at = mat_rows(x, i, 1);
        mat_sub(way, b);
        mat_scale(at, mat_norm(way) / mat_norm(at));
        mat_add(at, c);
    }
    return x;
}

/* How often is what should come of it seen, in all seven attributes? By what a differed in. */
static double successes(Mat wanted, Mat seen, double by[])
{
    int right[LENGTH(VARIED)] = {0}, of[LENGTH(VARIED)] = {0}, all = 0;
    for (int i = 0; i < wanted.n; i++) {
        bool same = memcmp(row(wanted, i), row(seen, i), A * sizeof(float)) == 0;
        right[i % LENGTH(VARIED)] += same;
        of[i % LENGTH(VARIED)]++;
        all += same;
    }
    for (int k = 0; k < LENGTH(VARIED); k++) by[k] = of[k] ? (double)right[k] / of[k] : 0;
    return (double)all / wanted.n;
}

/* a, b, c and the sum of each triple as pictures (4n,d), in that order. */
static Mat four_pictures(Gen *E, const Triples *t, Mat sum, Arena *keep, Arena *mem)
{
    Mat w = mat_new(keep, 4 * t->n, W);
    for (int i = 0; i < t->n; i++) {
        for (int k = 0; k < CONCEPTS; k++)
            mat_set(mat_rows(w, 4 * i + k, 1), mat_rows(t->w[k], i, 1));
        mat_set(mat_rows(w, 4 * i + 3, 1), mat_rows(sum, i, 1));
    }
    return show(E, w, keep, mem);
}

static void arithmetic(Lab *lab, Gen *E, const Pool *pool, Rng *rng, Arena *keep, Arena *mem)
{
    Triples t = find_triples(pool, lab->quick ? 12 : 500, lab->quick, rng, keep, mem);
    if (t.n == 0) {
        printf("no sums: too few clear pictures for three exemplars of anything\n");
        return;
    }
    Mat in_w = latent_arithmetic(t.w[0], t.w[1], t.w[2], 1, keep), stray = astray(&t, rng, keep);
    Mat in_z = mapped(E, latent_arithmetic(t.z[0], t.z[1], t.z[2], 1, keep), keep);

    Mat x = four_pictures(E, &t, in_w, keep, mem);
    npy_write_groups(lab->out, "triples.npy", x, 4, SIDE, SIDE, 3);
    Mat seen = sprites_read(x, SIDE, keep);             // of what was written
    sprites_write_groups(lab->out, "triples_attributes.npy", t.asked, 4);
    sprites_write_groups(lab->out, "triples_read.npy", seen, 4);
    plot_triples(lab, x, seen);

    Mat wanted = mat_new(keep, t.n, A), sums = mat_new(keep, t.n, A);
    for (int i = 0; i < t.n; i++) {
        mat_set(mat_rows(wanted, i, 1), mat_rows(t.asked, 4 * i + 3, 1));
        mat_set(mat_rows(sums, i, 1), mat_rows(seen, 4 * i + 3, 1));
    }
    static const char *const name[3] = {"arith_success", "arith_z", "arith_control"};
    Mat drawn_z = show(E, in_z, keep, mem), drawn_stray = show(E, stray, keep, mem);
    Mat found[3] = {sums, write_and_read(lab, "triples_z", drawn_z, keep),
                    write_and_read(lab, "triples_control", drawn_stray, keep)};
    double by[3][LENGTH(VARIED)], all[3];
    for (int k = 0; k < 3; k++) {
        all[k] = successes(wanted, found[k], by[k]);
        lab_metric(lab, "share", all[k], "%s", name[k]);
    }
    printf("a - b + c shows what it should in %.1f %% of %d triples; in z %.1f %%, after a random "
           "step %.1f %%\n", 100 * all[0], t.n, 100 * all[1], 100 * all[2]);
    Csv *csv = csv_open(lab->out, "sums.csv", "attribute,in_w,in_z,random");
    for (int k = 0; k < LENGTH(VARIED); k++)
        csv_row(csv, "%s,%.5f,%.5f,%.5f", sprite_attribute(VARIED[k]), by[0][k], by[1][k],
                by[2][k]);
    csv_row(csv, "all,%.5f,%.5f,%.5f", all[0], all[1], all[2]);
    csv_close(csv);
}

/* One direction, from anything cyan to anything pink, added in growing doses to cyan things. */
static void directions(Lab *lab, Gen *E, const Pool *pool, Arena *keep, Arena *mem)
{
    enum { MANY = 50 };
    Mat want = mat_new(keep, 2, A), rows[OTHERS];
    mat_fill(want, SPRITE_UNCLEAR);                     // any
    row(want, 0)[SPRITE_COLOUR] = 7;
    row(want, 1)[SPRITE_COLOUR] = 4;
    Concept pink = concept_mean(pool->w, pool->seen, mat_rows(want, 0, 1), 0, MANY, keep);
    Concept cyan = concept_mean(pool->w, pool->seen, mat_rows(want, 1, 1), 0, MANY, keep);
    for (int i = 0; i < OTHERS; i++) {
        int shape = i % sprite_values(SPRITE_SHAPE), paper = i % sprite_values(SPRITE_BACKGROUND);
        Sprite s = of_family(shape, 4, paper);
        Mat c = mapped(E, noise_of(pool, s, keep), keep), w = mat_new(keep, DOSES, W);
        for (int k = 0; k < DOSES; k++) {
            float t = (float)k / (DOSES - 2);           // 0 .. 1, and a dose too many
            mat_set(mat_rows(w, k, 1), latent_arithmetic(pink.mean, cyan.mean, c, t, keep));
        }
        rows[i] = show(E, w, keep, mem);
    }
    plot_doses(lab, rows, keep);
}

/* ---- garments ---- */

/* Nobody reads garments, so their walks are measured by their steps, and by how sharp the middle
 * is: a blend of two garments is two ghosts. */
static void walk_garments(Lab *lab, Gen *E, Rng *rng, Arena *keep, Arena *mem)
{
    enum { PAIRS = 60 };
    Mat a = mat_noise(keep, PAIRS, FASHION_Z, rng), b = mat_noise(keep, PAIRS, FASHION_Z, rng);
    Mat unread = mat_zeros(keep, STOPS, 1), ends = show(E, mapped(E, a, keep), keep, mem);
    npy_write_images(lab->out, "garments_ends.npy", ends, FASHION_SIDE, FASHION_SIDE, 1);
    double sharp = sharpness(ends, FASHION_SIDE, FASHION_SIDE);
    Csv *csv = csv_open(lab->out, "garments.csv", "way,pair,length,jump");
    for (Way way = 0; way < WAYS; way++) {
        if (way == LERP_W) continue;                    // w is z
        double length = 0, jump = 0;
        Mat middle = mat_new(keep, PAIRS, ends.d);
        for (int i = 0; i < PAIRS; i++) {
            size_t mark = keep->used;
            Mat x = walk(E, way, mat_rows(a, i, 1), mat_rows(b, i, 1), keep, mem);
            Walk score = path_score(x, unread);
            csv_row(csv, "%s,%d,%.4f,%.4f", way_name[way], i, (double)score.length,
                    (double)score.jump);
            length += (double)score.length / PAIRS;
            jump += (double)score.jump / PAIRS;
            mat_set(mat_rows(middle, i, 1), mat_rows(x, STOPS / 2, 1));
            if (i < GARMENTS) plot_garments(lab, way, i, x, keep);
            arena_rewind(keep, mark);
        }
        npy_write_images(lab->out, name_of(keep, "garments_%s.npy", way_name[way]), middle,
                         FASHION_SIDE, FASHION_SIDE, 1);
        double of_ends = sharpness(middle, FASHION_SIDE, FASHION_SIDE) / sharp;
        printf("%-6s length %5.2f, largest step %4.1f %%; its middle is %.2f as sharp as its "
               "ends\n", way_name[way], length, 100 * jump, of_ends);
        lab_metric(lab, "of the ends'", of_ends, "sharpness_%s", way_name[way]);
    }
    csv_close(csv);
    Mat corner[4];
    for (int k = 0; k < 4; k++) corner[k] = mat_noise(keep, 1, FASHION_Z, rng);
    plot_square(lab, "garments", show(E, mapped(E, between(corner, keep), keep), keep, mem),
                garment_sheet(SQUARE));
    go_round(lab, E, "garments", garment_sheet(WALKERS / 3), rng, keep, mem);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "11_latent_walk", .title = "walks in the latent space",
        .epochs = 10, .batch = 32, .quick_epochs = 1, .captions = true,
        .steps = "train fresh walks asked corners sums directions garments",
        .result = "fresh_clear",
    };
    Lab *lab = lab_open(argc, argv, &info);
    check(!lab->caption || in_family(*lab->caption), "the sprites of this lab are large, upright, "
          "solid and in the middle\n  hint: --caption \"a large red star on a grey background\"");
    Arena keep = arena_new("keep", MB(900)), mem = arena_new("step", MB(256));
    Rng rng = rng_new(lab->seed), learning = rng_split(&rng), sewing = rng_split(&rng);
    /*%% md
    ## A small GAN
    What lies between two pictures can only be measured where pictures can be read. So the data are
    sprites again, six shapes in eight colours on four backgrounds; no word is told to the nets. */
    Gen E = sprite_generator(&keep, &learning);
    STEP("train") {
        if (lab->load)
            nets_read(nets_of_gen(&E), lab->load);
        else
            train_sprites(lab, &E, &learning, &keep, &mem);
        nets_write(nets_of_gen(&E), lab->out);
    }
    /*%% fig 11_latent_walk-losses
    The losses of both players. */
    Pool fresh, typical;
    STEP("fresh") {
        fresh = fresh_pictures(lab, &E, &rng, &keep, &mem);
        typical = pool_unread(&E, fresh.z.n, .7f, &rng, &keep, &mem);
        typical.seen = sprites_read(typical.x, SIDE, &keep);
    }
    /*%% fig 11_latent_walk-fresh
    Fresh pictures, none of them picked, and what the readers see in the first of them. */
    STEP("walks") measure_walks(lab, &E, &fresh, &keep, &mem);
    /*%% fig 11_latent_walk-walks
    Left: how long noise is on the way. Right: how many pictures on the way can be read. */
    STEP("asked") walk_as_asked(lab, &E, &typical, &keep, &mem);
    /*%% fig 11_latent_walk-asked
    Four ways between two sprites that were asked for; below each picture what the readers see. */
    STEP("corners") corners(lab, &E, &typical, &rng, &keep, &mem);
    /*%% fig 11_latent_walk-movie */
    STEP("sums") arithmetic(lab, &E, &typical, &rng, &keep, &mem);
    /*%% fig 11_latent_walk-triples
    a − b + c, means of three exemplars each, and what came of it. */
    /*%% fig 11_latent_walk-sums
    How often what should come of it does. */
    STEP("directions") directions(lab, &E, &typical, &keep, &mem);
    /*%% fig 11_latent_walk-directions
    One direction, from cyan to pink, in growing doses. The last is a quarter too much. */
    /*%% md
    ## Images that nobody drew by code
    The same walks in lab 10's generator. Its noise is all it has: no map, no w. */
    STEP("garments") {
        Gen E10 = fashion_generator(&keep, &sewing);
        get_fashion(lab, &E10, &sewing, &keep, &mem);
        walk_garments(lab, &E10, &rng, &keep, &mem);
    }
    /*%% fig 11_latent_walk-garments
    Three ways between the same ends. */
    /*%% fig 11_latent_walk-corners
    Between four corners. */

    arena_free(&keep);
    arena_free(&mem);
    return lab_close(lab);
}
