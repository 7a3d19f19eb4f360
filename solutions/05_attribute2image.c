/* 05_attribute2image: images from attributes.
 *
 * Learn    how a VAE draws what it is asked for: attributes are told, the code keeps what they
 *          leave open, and a picture is made of layers.
 * Write    six functions, marked TODO, in this order; labs/05_attribute2image.h says what each
 *          must do, `make test-05` tests them.
 * Run      `make 05` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command. --caption "a small red striped star on a blue background"
 *          varies the sprite that you ask for.
 * Writes   out/05_attribute2image/: csv and png for the figures, metrics.csv, the weights; samples,
 *          attributes, heldout, read (what the readers saw), eps; within, within_real (64 pictures
 *          each of 40 sprites); real, real_attributes, as npy
 * Takes    about 95 s on two cores; --quick 2 s
 * Expect   attr_acc_min above .97, all_correct above .90, heldout_all_correct above .80
 *
 * Letters  B batch, A attributes, V all their values, Z latent dimensions, p pixels, d = 3 p.
 *          x y (B,d), value (B,A), a (B,V) values as zeros and ones, mu logvar eps z (B,Z).
 */
#include "05_attribute2image.h"
#include "05_attribute2image_plot.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/*%% md
## Tell the net what is asked for
An attribute is one of a few values without an order: red is no more than blue. So it becomes as
many inputs as it has values, one of them 1.
*/
Mat cond_join(Mat x, Mat value, const int *values, Arena *mem)
{
#ifdef SOLUTION
    int V = 0;
    for (int k = 0; k < value.d; k++) V += values[k];
    Mat y = mat_zeros(mem, x.n, x.d + V);
    for (int i = 0; i < x.n; i++) {
        memcpy(row(y, i), row(x, i), (size_t)x.d * sizeof *x.a);
        float *block = row(y, i) + x.d;
        for (int k = 0; k < value.d; k++) {
            block[(int)row(value, i)[k]] = 1;
            block += values[k];
        }
    }
    return y;
#else
    TODO("return x, then for each attribute a block of zeros with a 1 in the column of its value");
#endif
}

/*%% md
## A picture in layers
$$ x = g\odot f + (1-g)\odot b . $$
Shape is the gate's business, colour and texture the foreground's. A shape that was never seen in
purple needs nothing new: the gate knows the shape, the foreground knows purple.
*/
Mat compose_layers(Layers l, Arena *mem)
{
#ifdef SOLUTION
    Mat x = mat_new(mem, l.fore.n, l.fore.d);
    size_t colours = (size_t)(l.fore.d / l.gate.d);
    for (size_t i = 0; i < mat_size(x); i++) {
        float g = l.gate.a[i / colours];
        x.a[i] = g * l.fore.a[i] + (1 - g) * l.back.a[i];
    }
    return x;
#else
    TODO("return g f + (1 - g) b; number i belongs to the gate i / colours");
#endif
}

Layers compose_backward(Mat dx, Layers l, Arena *mem)
{
#ifdef SOLUTION
    Layers d = {
        .gate = mat_zeros(mem, l.gate.n, l.gate.d),
        .fore = mat_new(mem, dx.n, dx.d),
        .back = mat_new(mem, dx.n, dx.d),
    };
    size_t colours = (size_t)(dx.d / l.gate.d);
    for (size_t i = 0; i < mat_size(dx); i++) {
        float g = l.gate.a[i / colours];
        d.fore.a[i] = g * dx.a[i];
        d.back.a[i] = (1 - g) * dx.a[i];
        d.gate.a[i / colours] += (l.fore.a[i] - l.back.a[i]) * dx.a[i];
    }
    return d;
#else
    TODO("g dx to the foreground, (1 - g) dx to the background, to the gate the sum over its "
         "colours of (f - b) dx");
#endif
}

/*%% md
## The bound, given attributes
$$ \log p(x|a) \;\ge\; \mathbb E_{q(z|x,a)}\,[\log p(x|z,a)]
   - \mathrm{KL}\bigl(q(z|x,a)\,\|\,p(z|a)\bigr) . $$
It is lab 4's with $a$ on every right side. The prior may know $a$ too: then it does not matter
whether $z$ says once more what $a$ has said, since nobody pays for what was to be expected.
*/
#ifdef SOLUTION
/* KL(q || p) averaged over rows, and in dq and dp what beta times that says. */
static float kl_gaussians(Code q, Code p, float beta, Code dq, Code dp)
{
    float each = beta / (float)q.mu.n;
    double sum = 0;
    for (size_t i = 0; i < mat_size(q.mu); i++) {
        float off = q.mu.a[i] - p.mu.a[i], vq = expf(q.logvar.a[i]), vp = expf(p.logvar.a[i]);
        float ratio = (vq + off * off) / vp;
        sum += .5 * (p.logvar.a[i] - q.logvar.a[i] + ratio - 1);
        dq.mu.a[i] = each * off / vp;
        dp.mu.a[i] = -each * off / vp;
        dq.logvar.a[i] = .5f * each * (vq / vp - 1);
        dp.logvar.a[i] = .5f * each * (1 - ratio);
    }
    return (float)(sum / q.mu.n);
}

static Code code_new(int n, int d, Arena *mem)
{
    Code c = {mat_new(mem, n, d), mat_new(mem, n, d)};
    return c;
}
#endif

Bound cvae_loss(Mat y, Mat x, Code q, Code p, float sd, float beta, Arena *mem)
{
#ifdef SOLUTION
    const double half_log_2pi = .918938533;
    Bound bound = {.dy = mat_new(mem, y.n, y.d)};
    double squares = 0;
    for (size_t i = 0; i < mat_size(y); i++) {
        float off = y.a[i] - x.a[i];
        squares += off * off;
        bound.dy.a[i] = off / (sd * sd * (float)y.n);
    }
    bound.rec = (float)(squares / (2 * sd * sd) / y.n + y.d * (log(sd) + half_log_2pi));
    bound.dq = code_new(q.mu.n, q.mu.d, mem);
    bound.dp = code_new(q.mu.n, q.mu.d, mem);
    bound.kl = kl_gaussians(q, p, beta, bound.dq, bound.dp);
    return bound;
#else
    TODO("rec and kl, summed over numbers and averaged over the batch; dy of rec, dq and dp of "
         "beta kl");
#endif
}

/*%% md
## One attribute at a time
The experiment of the lecture: one $z$, one attribute that goes through its values, everything else
held.
*/
Mat attribute_sweep(Mat value, int which, int values, Arena *mem)
{
#ifdef SOLUTION
    Mat sweep = mat_repeat(mem, value, values);
    for (int v = 0; v < values; v++) row(sweep, v)[which] = (float)v;
    return sweep;
#else
    TODO("return value once per value of the attribute `which`, with that attribute 0, 1, 2, ...");
#endif
}

/*%% md
## Measure what was drawn
Whether a picture is red is not for the eye to say, ten thousand times. A texture and a little
shade make red darker or lighter but not another colour, so distances are taken to a line of
shades.
*/
#ifdef SOLUTION
static double squared_distance(const float *x, const float *y, double shade)
{
    double sum = 0;
    for (int k = 0; k < 3; k++) sum += (x[k] - shade * y[k]) * (x[k] - shade * y[k]);
    return sum;
}

/* min over s in [.45, 1.1] of |x - s ink|^2 */
static double shade_distance(const float *x, const float *ink)
{
    double along = 0, length = 0;
    for (int k = 0; k < 3; k++) {
        along += (double)(x[k] * ink[k]);
        length += (double)(ink[k] * ink[k]);
    }
    double shade = length > 0 ? along / length : 1;
    return squared_distance(x, ink, fmin(1.1, fmax(.45, shade)));
}
#endif

int read_colour(Mat x, Mat ink, Mat paper)
{
#ifdef SOLUTION
    double largest = 0, least = INFINITY;
    for (int i = 0; i < x.n; i++) largest = fmax(largest, squared_distance(row(x, i), paper.a, 1));
    if (largest < .02) return -1;

    int nearest = -1;
    for (int c = 0; c < ink.n; c++) {
        double miss = 0;
        for (int i = 0; i < x.n; i++) {
            double contrast = squared_distance(row(x, i), paper.a, 1);
            if (contrast >= largest / 2) miss += contrast * shade_distance(row(x, i), row(ink, c));
        }
        if (miss < least) {
            least = miss;
            nearest = c;
        }
    }
    return nearest;
#else
    TODO("pixels with at least half the largest contrast vote with it; the colour that they miss "
         "least in its likeliest shade wins; -1 where no contrast reaches .02");
#endif
}

/* ---- the model ---- */

/* Z is as many as there are things that no attribute names: where exactly (two), how large, how
 * turned, how light. */
enum { SIDE = 32, P = SIDE * SIDE, D = 3 * P, Z = 5, FEATURES = 128 };
static int values[SPRITE_ATTRIBUTES], V;

static void count_values(void)
{
    V = 0;
    for (int k = 0; k < SPRITE_ATTRIBUTES; k++) {
        values[k] = sprite_values(k);
        V += values[k];
    }
}

enum { LOOK, CODE, PRIOR, FORE, GATE, BACK, NETS };     // the last two only with layers
typedef struct {
    const char *name, *tag;             // tag: what its metrics begin with
    bool  layered;
    Net   net[NETS];
    int   nets;
    Adam  opt;
    float sd;                           // of p(x|z,a)
    long  step, steps;                  // how many steps it has taken, of how many,
    int   batch;                        // with so many sprites each,
    Bound now;                          // and what the last one was worth
    Rng   rng;
    Arena keep, mem;                    // its own, as two models learn side by side
} Painter;
enum { WITH_LAYERS, FLAT, MODELS };

static void net_hidden(Net *net, int units, Rng *rng)
{
    net_dense(net, units, rng); net_layernorm(net); net_lrelu(net, .1f);
}

/* The encoder looks at a picture, and codes what it saw beside the attributes; the prior has the
 * attributes alone. What a shape is made of attributes tell, so the foreground has no code; the
 * gate needs it for where exactly the shape ends, the background for the light. Without layers one
 * net draws the whole picture, with as many weights as the three have. */
static void painter_new(Painter *m, const char *name, const char *tag, bool layered, Rng *rng)
{
    *m = (Painter){.name = name, .tag = tag, .layered = layered, .sd = .3f};
    m->nets = layered ? NETS : FORE + 1;
    m->rng = rng_split(rng);
    m->keep = arena_new(name, MB(128));
    m->mem = arena_new(name, MB(512));
    Net *look = &m->net[LOOK], *code = &m->net[CODE], *prior = &m->net[PRIOR];
    Net *fore = &m->net[FORE], *gate = &m->net[GATE], *back = &m->net[BACK];

    *look = net_new("look", (Shape){SIDE, SIDE, 3}, &m->keep);
    net_conv(look, 16, 4, 2, 1, rng); net_lrelu(look, .1f);
    net_conv(look, 32, 4, 2, 1, rng); net_lrelu(look, .1f);
    net_dense(look, FEATURES, rng); net_lrelu(look, .1f);
    *code = net_new("code", (Shape){1, 1, FEATURES + V}, &m->keep);
    net_dense(code, 128, rng); net_lrelu(code, .1f); net_dense(code, 2 * Z, rng);
    *prior = net_new("prior", (Shape){1, 1, V}, &m->keep);
    net_dense(prior, 64, rng); net_lrelu(prior, .1f); net_dense(prior, 2 * Z, rng);
    mat_scale(prior->layer[2].w.v, .1f);                // near N(0, I) at first

    if (layered) {
        *fore = net_new("fore", (Shape){1, 1, V}, &m->keep);
        net_dense(fore, 32, rng); net_lrelu(fore, .1f);
        net_dense(fore, D, rng); net_sigmoid(fore);
        *gate = net_new("gate", (Shape){1, 1, Z + V}, &m->keep);
        net_hidden(gate, 512, rng); net_hidden(gate, 512, rng);
        net_dense(gate, P, rng); net_sigmoid(gate);
        *back = net_new("back", (Shape){1, 1, Z + V}, &m->keep);
        net_hidden(back, 256, rng); net_hidden(back, 256, rng);
        net_dense(back, D, rng); net_sigmoid(back);
    } else {
        *fore = net_new("fore", (Shape){1, 1, Z + V}, &m->keep);
        net_hidden(fore, 490, rng); net_hidden(fore, 490, rng);
        net_dense(fore, D, rng); net_sigmoid(fore);
    }
    m->opt = adam(0);
}

static size_t painter_weights(Painter *m)
{
    size_t n = 0;
    for (int k = 0; k < m->nets; k++) n += net_weights(&m->net[k]);
    return n;
}

static Nets nets_of_painter(Painter *m)
{
    Nets list = {0};
    for (int k = 0; k < m->nets; k++) list = nets_both(list, nets_of(&m->net[k]));
    return list;
}

static void painter_write(Painter *m, const char *out)
{
    nets_write(nets_of_painter(m), name_of(&m->keep, "%s/%s", out, m->name));
}

static void painter_read(Painter *m, const char *from)
{
    nets_read(nets_of_painter(m), name_of(&m->keep, "%s/%s", from, m->name));
}

/* ---- the decoder, there and back ---- */

typedef struct { Trace gate, fore, back; Layers layers; } Pass;

static Pass pass_new(Mode mode, Arena *mem)
{
    Pass pass = {.gate = trace(mem, mode), .fore = trace(mem, mode), .back = trace(mem, mode)};
    return pass;
}

static Mat one_hots(Mat value, Arena *mem)              // (n,A) -> (n,V)
{
    return cond_join(mat_new(mem, value.n, 0), value, values, mem);
}

/* The mean of p(x|z,a): z (n,Z), value (n,A) -> (n,D). */
static Mat draw(Painter *m, Mat z, Mat value, Pass *pass, Arena *mem)
{
    Mat za = cond_join(z, value, values, mem), a = one_hots(value, mem);        // (n,Z+V) (n,V)
    if (!m->layered) return net_forward(&m->net[FORE], za, &pass->fore);
    pass->layers.fore = net_forward(&m->net[FORE], a, &pass->fore);
    pass->layers.gate = net_forward(&m->net[GATE], za, &pass->gate);
    pass->layers.back = net_forward(&m->net[BACK], za, &pass->back);
    return compose_layers(pass->layers, mem);
}

/* From dL/dx of what was drawn to dL/dz (n,Z); the nets' gradients are added to. */
static Mat draw_backward(Painter *m, Mat dx, Pass *pass, Arena *mem)
{
    Mat dza;
    if (m->layered) {
        Layers d = compose_backward(dx, pass->layers, mem);
        dza = net_backward(&m->net[GATE], d.gate, &pass->gate, WRT_BOTH);
        mat_add(dza, net_backward(&m->net[BACK], d.back, &pass->back, WRT_BOTH));
        net_backward(&m->net[FORE], d.fore, &pass->fore, WRT_PARAMS);
    } else {
        dza = net_backward(&m->net[FORE], dx, &pass->fore, WRT_BOTH);
    }
    return mat_cols(mem, dza, 0, Z);
}

/* ---- training ---- */

/* Adam's rate; the price of a code in the beginning; the smallest sd. */
static const float LR = 2e-3f, DEAR = 20, SHARP = .03f;

/* A code is dear at first, so that the decoder learns to use what it is told for nothing; after
 * five sixths of the training it costs what it costs. TRY: DEAR = 1. The code then says shape and
 * colour too, and held-out combinations suffer. */
static float price(long step, long steps)
{
    float left = 1 - 1.2f * (float)step / (float)steps;
    return left > 0 ? powf(DEAR, left) : 1;
}

/* The best sd is the root of the mean squared error, which falls as the model learns (Rybkin,
 * Daniilidis & Levine 2021); followed slowly, and not below SHARP. */
static float followed_sd(float sd, Mat y, Mat x, Arena *mem)
{
    float mse = squared_error(y, x, mem).value / D;
    float variance = sd * sd + .02f * (mse - sd * sd);
    return fmaxf(SHARP, sqrtf(variance));
}

static Code split_code(Mat h, Arena *mem)               // (B,2Z): mu | logvar
{
    Code c = {mat_cols(mem, h, 0, Z), mat_cols(mem, h, Z, Z)};
    return c;
}

/* z = mu + exp(logvar/2) eps as in lab 4, and what dz says to mu and logvar, added to what the KL
 * said. */
static Mat sample_code(Code c, Mat eps, Arena *mem)
{
    Mat z = mat_copy(mem, c.mu);
    for (size_t i = 0; i < mat_size(z); i++) z.a[i] += expf(.5f * c.logvar.a[i]) * eps.a[i];
    return z;
}

static void sample_backward(Mat dz, Code c, Mat eps, Code d)
{
    for (size_t i = 0; i < mat_size(dz); i++) {
        d.mu.a[i] += dz.a[i];
        d.logvar.a[i] += .5f * dz.a[i] * eps.a[i] * expf(.5f * c.logvar.a[i]);
    }
}

/* One step: look, code, expect, draw; then all the way back. */
static Bound cvae_step(Painter *m, Sprites s, float beta, float lr, Arena *mem)
{
    Trace look = trace(mem, TRAIN), code = trace(mem, TRAIN), prior = trace(mem, TRAIN);
    Pass pass = pass_new(TRAIN, mem);
    Mat a = one_hots(s.value, mem);                                     // (B,V)
    Mat seen = net_forward(&m->net[LOOK], s.x, &look);                  // (B,FEATURES)
    Mat seen_a = cond_join(seen, s.value, values, mem);                 // (B,FEATURES+V)
    Code q = split_code(net_forward(&m->net[CODE], seen_a, &code), mem);
    Code p = split_code(net_forward(&m->net[PRIOR], a, &prior), mem);
    Mat eps = mat_noise(mem, s.x.n, Z, &m->rng), z = sample_code(q, eps, mem);
    Mat y = draw(m, z, s.value, &pass, mem);                            // (B,D)
    Bound bound = cvae_loss(y, s.x, q, p, m->sd, beta, mem);
    m->sd = followed_sd(m->sd, y, s.x, mem);

    nets_zero_grad(nets_of_painter(m));
    Mat dz = draw_backward(m, bound.dy, &pass, mem);                    // (B,Z)
    sample_backward(dz, q, eps, bound.dq);
    Mat dh = mat_join(mem, bound.dq.mu, bound.dq.logvar);               // (B,2Z)
    Mat dseen_a = net_backward(&m->net[CODE], dh, &code, WRT_BOTH);
    Mat dseen = mat_cols(mem, dseen_a, 0, FEATURES);                    // attributes learn nothing
    net_backward(&m->net[LOOK], dseen, &look, WRT_PARAMS);
    Mat dexpected = mat_join(mem, bound.dp.mu, bound.dp.logvar);
    net_backward(&m->net[PRIOR], dexpected, &prior, WRT_PARAMS);
    m->opt.lr = lr;
    nets_step(nets_of_painter(m), &m->opt);
    return bound;
}

/* A step on sprites that no step has seen before. */
static bool step_of(void *model)
{
    Painter *m = model;
    arena_reset(&m->mem);
    Sprites s = sprites_draw(m->batch, SIDE, false, &m->rng, &m->mem);
    float beta = price(m->step, m->steps), lr = cosine_decay(LR, m->step, m->steps);
    m->now = cvae_step(m, s, beta, lr, &m->mem);
    lab_finite("the bound", (double)(m->now.rec + m->now.kl), m->step);
    m->step++;
    return true;
}

static void note_bound(void *model, long done, Csv *csv)
{
    const Painter *m = model;
    csv_row(csv, "%s,%ld,%.6g,%.5g,%.4g,%.4g", m->name, m->step * m->batch, (double)m->now.rec,
            (double)m->now.kl, (double)m->sd, (double)price(m->step, m->steps));
}

static void learn_all(Lab *lab, Painter *model)
{
    static const Together how = {
        .file = "training.csv", .header = "model,sprites,rec,kl,sd,beta", .rows = 120,
        .step = step_of, .note = note_bound,
    };
    long sprites = (long)lab->epochs * (lab->quick ? 1000 : 10000), steps = sprites / lab->batch;
    check(steps >= 1, "%d epochs are %ld sprites, and a batch wants %d: no step to take\n"
          "  hint: a smaller --batch, or more --epochs", lab->epochs, sprites, lab->batch);
    for (int k = 0; k < MODELS; k++) {
        model[k].steps = steps;
        model[k].batch = lab->batch;
    }
    train_together(&how, model, MODELS, sizeof *model, steps, lab->out);
}

/* ---- pictures that are asked for ---- */

/* z (n,Z) as the prior lets expect it, from noise eps (n,Z): mu_p + exp(logvar_p / 2) eps. */
static Mat expected_code(Painter *m, Mat eps, Mat value, Arena *mem)
{
    Mat h = net_eval(&m->net[PRIOR], one_hots(value, mem), mem);        // (n,2Z)
    return sample_code(split_code(h, mem), eps, mem);
}

/* The model's pictures of attributes value (n,A), each with noise eps (n,Z) of its own: (n,D). Many
 * at a time, but not so many that what the nets remember of them fills the memory. */
static Mat paint(Painter *m, Mat eps, Mat value, Arena *keep)
{
    Mat x = mat_new(keep, eps.n, D);
    arena_reset(&m->mem);
    for (Slab s = slabs(eps.n, 250, &m->mem); slab_next(&s);) {
        Mat asked = mat_rows(value, s.first, s.n);
        Mat z = expected_code(m, mat_rows(eps, s.first, s.n), asked, &m->mem);
        Pass pass = pass_new(EVAL, &m->mem);
        mat_set(mat_rows(x, s.first, s.n), draw(m, z, asked, &pass, &m->mem));
    }
    return x;
}

/* n attributes as they come, and after them `held` that no training set contains. */
static Mat ask(int n, int held, Rng *rng, Arena *keep)
{
    Mat value = mat_new(keep, n + held, SPRITE_ATTRIBUTES);
    for (int i = 0; i < value.n; i++) sprite_to_row(sprite_among(i >= n, rng), value, i);
    return value;
}

/* What the readers see in a model's pictures, of n attributes that were trained on and then of
 * others. */
static void report(Lab *lab, const Painter *m, Mat asked, Mat seen, int n, Csv *csv)
{
    int held = asked.n - n;
    SpriteScore known = sprites_score(mat_rows(asked, 0, n), mat_rows(seen, 0, n));
    SpriteScore fresh = sprites_score(mat_rows(asked, n, held), mat_rows(seen, n, held));
    printf("%-7s all right %5.1f %%, of combinations never trained on %5.1f %%; worst attribute "
           "%.1f %%\n", m->name, 100 * known.all, 100 * fresh.all, 100 * known.worst);
    lab_metric(lab, "share", known.worst, "%sattr_acc_min", m->tag);
    lab_metric(lab, "share", known.all, "%sall_correct", m->tag);
    lab_metric(lab, "share", fresh.all, "%sheldout_all_correct", m->tag);
    for (int k = 0; k < SPRITE_ATTRIBUTES; k++)
        csv_row(csv, "%s,%s,%.5f,%.5f", m->name, sprite_attribute(k), known.right[k],
                fresh.right[k]);
}

/* Score both, the layered one on 10,000 pictures, which are kept. */
static void score(Lab *lab, Painter *model, Rng *rng, Arena *keep)
{
    int n = lab->quick ? 150 : 7500, held = n / 3;
    Mat asked = ask(n, held, rng, keep), eps = mat_noise(keep, n + held, Z, rng);
    Csv *csv = csv_open(lab->out, "accuracy.csv", "model,attribute,trained,held_out");
    for (int k = 0; k < MODELS; k++) {
        Mat x = paint(&model[k], eps, asked, keep);
        npy_write_images(lab->out, k == FLAT ? "flat.npy" : "samples.npy", x, SIDE, SIDE, 3);
        Mat seen = sprites_read(x, SIDE, keep);
        sprites_write(lab->out, k == FLAT ? "flat_read.npy" : "read.npy", seen);
        report(lab, &model[k], asked, seen, n, csv);
        if (k == WITH_LAYERS) plot_confusion(lab, "model", asked, seen);
    }
    csv_close(csv);
    sprites_write(lab->out, "attributes.npy", asked);
    npy_write(lab->out, "eps.npy", eps);
    uint8_t *flag = arena_alloc(keep, (size_t)asked.n);
    for (int i = 0; i < asked.n; i++) flag[i] = i >= n;
    npy_write_u8(lab->out, "heldout.npy", flag, 1, &asked.n);
}

/* ---- what is drawn for the eye ---- */

/* The sprite of --caption, (1,A), or one to begin with. */
static Mat base_sprite(Lab *lab, Arena *keep)
{
    Sprite s = {{3, 0, 2, 0, 0, 1, 3}};                 // a large red striped star on blue
    if (lab->caption) s = *lab->caption;
    Mat value = mat_new(keep, 1, SPRITE_ATTRIBUTES);
    sprite_to_row(s, value, 0);
    return value;
}

/* The same noise; each attribute in turn goes through its values. */
static void sweep(Lab *lab, Painter *m, Mat base, Rng *rng, Arena *keep)
{
    Mat eps = mat_noise(keep, 1, Z, rng);
    for (int k = 0; k < SPRITE_ATTRIBUTES; k++) {
        Mat asked = attribute_sweep(base, k, values[k], keep);
        plot_sweep(lab, k, paint(m, mat_repeat(keep, eps, asked.n), asked, keep), keep);
    }
}

/* How different are pictures of the same attributes? The root of the mean variance of a number,
 * over that of real sprites; (n,D) pictures, `times` of each sprite. */
static double spread(Mat x, int times)
{
    double sum = 0;
    for (int from = 0; from < x.n; from += times)
        for (int j = 0; j < x.d; j++) {
            double total = 0, squares = 0;
            for (int i = from; i < from + times; i++) {
                double v = (double)row(x, i)[j];
                total += v;
                squares += v * v;
            }
            sum += squares / times - total / times * (total / times);
        }
    return sqrt(sum / ((double)(x.n / times) * x.d));
}

static void diversity(Lab *lab, Painter *m, Mat base, Rng *rng, Arena *keep)
{
    int sprites = lab->quick ? 4 : 40, times = lab->quick ? 16 : 64;
    Mat some = ask(sprites, 0, rng, keep);
    mat_set(mat_rows(some, 0, 1), base);
    Mat asked = mat_repeat(keep, some, times);
    Mat x = paint(m, mat_noise(keep, asked.n, Z, rng), asked, keep);
    Mat real = mat_new(keep, asked.n, D);
    for (int i = 0; i < real.n; i++)
        sprite_draw(sprite_of_row(asked, i), SIDE, rng, row(real, i), NULL);
    npy_write_images(lab->out, "within.npy", x, SIDE, SIDE, 3);
    npy_write_images(lab->out, "within_real.npy", real, SIDE, SIDE, 3);
    double ratio = spread(x, times) / spread(real, times);
    printf("pictures of the same attributes vary %.2f times as much as real ones\n", ratio);
    lab_metric(lab, "of real sprites' sd", ratio, "diversity");
    plot_within(lab, real, x);
}

/* The layers of some pictures, half of them of combinations that were never trained on. */
static void look_at_layers(Lab *lab, Painter *m, Rng *rng, Arena *mem)
{
    Mat asked = ask(LAYERED / 2, LAYERED / 2, rng, mem);
    Pass pass = pass_new(EVAL, mem);
    Mat z = expected_code(m, mat_noise(mem, LAYERED, Z, rng), asked, mem);
    Mat x = draw(m, z, asked, &pass, mem);
    plot_layers(lab, pass.layers, x, mem);
}

/* The same attributes and the same noise, with layers and without. */
static void compare(Lab *lab, Painter *model, Rng *rng, Arena *keep)
{
    Mat asked = ask(COMPARED / 2, COMPARED / 2, rng, keep);
    Mat eps = mat_noise(keep, COMPARED, Z, rng);
    Mat book = mat_new(keep, COMPARED, D);
    for (int i = 0; i < COMPARED; i++)
        sprite_draw(sprite_of_row(asked, i), SIDE, NULL, row(book, i), NULL);
    Mat layers = paint(&model[WITH_LAYERS], eps, asked, keep);
    Mat flat = paint(&model[FLAT], eps, asked, keep);
    plot_compare(lab, book, layers, flat, keep);
}

/* ---- the instruments ---- */

/* The share of sprites whose colour read_colour gets right. */
static double colours_right(Sprites s, Arena *mem)
{
    Mat ink = mat_new(mem, values[SPRITE_COLOUR], 3), paper = mat_new(mem, 1, 3);
    for (int c = 0; c < ink.n; c++) sprite_ink(c, row(ink, c));
    int right = 0;
    for (int i = 0; i < s.x.n; i++) {
        Sprite one = sprite_of_row(s.value, i);
        sprite_paper(one.value[SPRITE_BACKGROUND], paper.a);
        Mat pixels = mat_reshape(mat_rows(s.x, i, 1), P, 3);
        right += read_colour(pixels, ink, paper) == one.value[SPRITE_COLOUR];
    }
    return (double)right / s.x.n;
}

/* An instrument wants to be tried on what is known before what is not. */
static void read_colours(Lab *lab, Painter *m, Rng *rng, Arena *keep)
{
    Sprites real = sprites_draw(lab->quick ? 100 : 1000, SIDE, false, rng, keep), drawn = real;
    drawn.x = paint(m, mat_noise(keep, real.x.n, Z, rng), real.value, keep);
    double right = colours_right(real, keep), honoured = colours_right(drawn, keep);
    printf("read_colour is right on %.1f %% of real sprites, and sees the colour that was asked "
           "for in %.1f %% of drawn ones\n", 100 * right, 100 * honoured);
    lab_metric(lab, "share", right, "read_colour_real");
    lab_metric(lab, "share", honoured, "read_colour_drawn");
}

static void look_at_sprites(Lab *lab, Rng *rng, Arena *keep)
{
    Sprites s = sprites_draw(lab->quick ? 150 : 10000, SIDE, false, rng, keep);
    char caption[SPRITE_CAPTION];
    sprite_caption(sprite_of_row(s.value, 0), caption);
    printf("%d attributes with %d values; the first sprite is %s\n", SPRITE_ATTRIBUTES, V, caption);
    npy_write_images(lab->out, "real.npy", s.x, SIDE, SIDE, 3);
    sprites_write(lab->out, "real_attributes.npy", s.value);
    Mat seen = sprites_read(s.x, SIDE, keep);
    SpriteScore score = sprites_score(s.value, seen);
    printf("the library's readers: %.2f %% in the worst attribute\n", 100 * score.worst);
    lab_metric(lab, "share", score.worst, "reader_acc_min");
    plot_sprites(lab, s.x);
    plot_confusion(lab, "real", s.value, seen);
}

/* The other data that later labs share, to have seen them. */
static void look_at_openmoji(Lab *lab, Arena *keep)
{
    Openmoji o = openmoji_read(data_shipped(), keep);
    int *index = arena_alloc(keep, (size_t)o.n * sizeof *index);
    int test = openmoji_split(&o, NULL, true, index);
    printf("OpenMoji: %d drawings as pairs of outline and colour, %d of them for testing\n", o.n,
           test);
    plot_openmoji(lab, &o, keep);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "05_attribute2image", .title = "images from attributes",
        .epochs = 24, .batch = 32, .quick_epochs = 1, .captions = true,
        .steps = "sprites train score sweep colours layers diversity compare",
        .result = "all_correct",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(900)), mem = arena_new("step", MB(64));
    Rng rng = rng_new(lab->seed);
    count_values();
    Mat base = base_sprite(lab, &keep);
    /*%% md
    ## The data
    Sprites are drawn by code, so their attributes are known, and readers of the pixels can measure
    them. What a picture shows beside them (a little shift, turn, scale, shade) has no name. */
    STEP("sprites") {
        size_t mark = keep.used;
        look_at_sprites(lab, &rng, &keep);
        look_at_openmoji(lab, &keep);
        arena_rewind(&keep, mark);
    }
    /*%% fig 05_attribute2image-sprites
    Ninety-six sprites. */
    /*%% fig 05_attribute2image-openmoji
    Data of labs 12, 16 and 17: real drawings (OpenMoji, CC BY-SA 4.0), outline and colour exactly
    aligned. One outline may have many colourings. */
    static Painter model[MODELS];
    STEP("train") {
        painter_new(&model[WITH_LAYERS], "layers", "", true, &rng);
        painter_new(&model[FLAT], "flat", "flat_", false, &rng);
        for (int k = 0; k < MODELS; k++)
            printf("%-7s %zu weights\n", model[k].name, painter_weights(&model[k]));
        if (lab->load)
            for (int k = 0; k < MODELS; k++) painter_read(&model[k], lab->load);
        else
            learn_all(lab, model);
        for (int k = 0; k < MODELS; k++) painter_write(&model[k], lab->out);
    }
    /*%% fig 05_attribute2image-training
    Left: the error that is left. Right: what is spent on the code while its price falls. */
    STEP("score") {
        size_t mark = keep.used;
        score(lab, model, &rng, &keep);
        arena_rewind(&keep, mark);
    }
    /*%% fig 05_attribute2image-accuracy
    How often the readers see what was asked for. Hollow: combinations never trained on. */
    /*%% fig 05_attribute2image-confusion
    Asked for, from top to bottom; seen, from left to right. */
    STEP("sweep") sweep(lab, &model[WITH_LAYERS], base, &rng, &keep);
    /*%% fig 05_attribute2image-sweep
    One code, one attribute at a time. */
    STEP("colours") read_colours(lab, &model[WITH_LAYERS], &rng, &keep);
    STEP("layers") look_at_layers(lab, &model[WITH_LAYERS], &rng, &mem);
    /*%% fig 05_attribute2image-layers
    What the three nets of the decoder draw, and what they make together. The right half was never
    trained on. */
    STEP("diversity") diversity(lab, &model[WITH_LAYERS], base, &rng, &keep);
    /*%% fig 05_attribute2image-within
    The same seven attributes, twelve codes: what words leave open. */
    STEP("compare") compare(lab, model, &rng, &keep);
    /*%% fig 05_attribute2image-compare
    The same attributes and codes, drawn in layers and by one net. The right half was never trained
    on. */
    for (int k = 0; k < MODELS; k++) {
        arena_free(&model[k].keep);
        arena_free(&model[k].mem);
    }
    arena_free(&keep);
    arena_free(&mem);
    return lab_close(lab);
}
