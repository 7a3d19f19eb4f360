/* gen.h: the map of the library that all labs share. One titled section per .c file, in reading order; what surrounds
 * the mathematics (data, files, the form of a notebook) continues in lab.h. Include this one: it brings the other.
 *
 * It is:     matrices, layers with hand-written gradients, losses, optimisers, data, files. float32, CPU, C11.
 * It is not: a framework. No graph, no autograd tape, no GPU. Who receives which gradient is written out in each lab.
 *
 * Letters:   n rows (samples), d columns (features), B batch, k hidden units or code size, h w c an image's height,
 *            width, channels.
 * Shapes:    a comment (B, d) beside a Mat says rows x columns. Images lie in rows as h,w,c, channel fastest.
 * Errors:    a wrong shape, a bad file, a full disk: a sentence and a hint on stderr, exit status 1 (see check).
 *            Nothing returns a code.
 * Losses:    summed over features, averaged over the batch; a gradient is that of this average.
 */
#ifndef GEN_H
#define GEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
/* Every layer has the same arguments whether it needs them or not, and an unwritten exercise uses none of its own. */
#pragma GCC diagnostic ignored "-Wunused-parameter"

#define MB(x) ((size_t)(x) << 20)
#define LENGTH(array) ((int)(sizeof(array) / sizeof *(array)))      /* of an array, not of a pointer */
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

enum { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_UNWRITTEN = 3, EXIT_DIVERGED = 4 };  /* of every program */

/* ---- base.c: errors, arenas, random numbers, progress ---------------------------------------------------- */

/* check(x.d == w.n, "dense: got %d features, want %d\n  hint: ...", x.d, w.n) prints it and ends the program. */
#define check(cond, ...) do { if (!(cond)) die(EXIT_FAILED, __VA_ARGS__); } while (0)
_Noreturn void die(int status, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* What must still happen when a program dies, last registered first: unfinished files go, the step is named. Twice
 * the same counts once. */
void at_death(void (*last_words)(void));
/* Of two threads that want to end the program at once only the first comes back from here. die calls it. */
void die_alone(void);

/* An arena hands out memory in order and takes it all back at once: weights live in one, a training step in another.
 * Untouched memory costs nothing, so be generous with the size. Allocations are 64-byte aligned. */
typedef struct { const char *name; char *base; size_t size, used; } Arena;

Arena  arena_new(const char *name, size_t bytes);
void  *arena_alloc(Arena *mem, size_t bytes);            /* values undefined; dies with a hint when the arena is full */
void   arena_reset(Arena *mem);               /* forget everything; a -DDEBUG build fills it with NaN */
void   arena_rewind(Arena *mem, size_t mark);             /* forget what came after mark, a former value of mem->used */
void   arena_free(Arena *mem);
/* a formatted name: name_of(mem, "weights_k%d.npy", k) */
char  *name_of(Arena *mem, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Counter-based generator: number i is a hash of key + i * constant (SplitMix64; Steele, Lea & Flood 2014), so a
 * stream can be split into independent ones, and the same seed gives the same 64-bit numbers on every machine.
 * Randomness is always an argument. */
typedef struct { uint64_t key, count; } Rng;

Rng      rng_new(uint64_t seed);
Rng      rng_split(Rng *r);                   /* an independent stream; advances r by one */
uint64_t rng_u64(Rng *r);
float    rng_uniform(Rng *r);                 /* [0, 1) */
float    rng_normal(Rng *r);                  /* N(0, 1), Box & Muller 1958 */
int      rng_below(Rng *r, int n);            /* 0 .. n-1 */
void     rng_shuffle(Rng *r, int *index, int n);              /* Fisher & Yates */

double now_s(void);                           /* seconds on a clock that only goes forward */
/* One line that redraws itself on a terminal, a plain line every tenth elsewhere; stderr. At the end, i = n. */
void   progress(long i, long n, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* ---- mat.c: matrices; blas.c: their products; kernels.c: with which kernels ------------------------------ */

typedef struct { int n, d; float *a; } Mat;   /* n samples x d features, row-major, no gaps */

Mat  mat_new(Arena *mem, int n, int d);       /* values undefined */
Mat  mat_zeros(Arena *mem, int n, int d);
Mat  mat_noise(Arena *mem, int n, int d, Rng *rng);           /* N(0, 1) */
Mat  mat_copy(Arena *mem, Mat x);
Mat  mat_rows(Mat x, int first, int n);       /* a view: writing to it writes to x */
/* Rows a slab at a time, so that what a net keeps of them fits in memory:
 *     for (Slab s = slabs(x.n, 250, mem); slab_next(&s);) ... mat_rows(x, s.first, s.n) ...
 * What one turn allocates in mem is given back before the next; the last slab may be short. */
typedef struct { int first, n, rows, size; Arena *mem; size_t mark; } Slab;
Slab slabs(int rows, int size, Arena *mem);
bool slab_next(Slab *s);
Mat  mat_reshape(Mat x, int n, int d);        /* a view of the same n*d numbers */
Mat  mat_pixels(Mat x, int channels);         /* a view with one row per pixel: (n, h*w*c) as (n*h*w, c) */
Mat  mat_gather(Arena *mem, Mat x, const int *index, int n);  /* rows index[0..n-1] of x, copied */
Mat  mat_repeat(Arena *mem, Mat x, int times);               /* (n,d) -> (n*times,d): every row, times times in a row */
Mat  mat_cols(Arena *mem, Mat x, int first, int d);           /* columns first .. first+d-1, copied */
Mat  mat_transpose(Arena *mem, Mat x);
static inline float *row(Mat x, int i) { return x.a + (size_t)i * (size_t)x.d; }
static inline size_t mat_size(Mat x) { return (size_t)x.n * (size_t)x.d; }

Mat  mat_mul(Arena *mem, Mat a, Mat b);       /* a b    : (n,k) (k,m) -> (n,m) */
Mat  mat_mul_nt(Arena *mem, Mat a, Mat b);    /* a b^T  : (n,k) (m,k) -> (n,m) */
Mat  mat_mul_tn(Arena *mem, Mat a, Mat b);    /* a^T b  : (k,n) (k,m) -> (n,m) */
/* c = alpha op(a) op(b) + beta c, where op transposes if ta, tb. The same bytes for any number of threads. */
void mat_gemm(Mat c, float alpha, Mat a, bool ta, Mat b, bool tb, float beta);

void mat_set(Mat x, Mat y);                   /* x = y */
void mat_add(Mat x, Mat y);                   /* x += y */
void mat_sub(Mat x, Mat y);                   /* x -= y */
void mat_scale(Mat x, float s);               /* x *= s */
void mat_add_row(Mat x, Mat r);               /* every row of x += r (1,d) */
void mat_sub_row(Mat x, Mat r);               /* every row of x -= r (1,d) */
void mat_add_column_sums(Mat r, Mat x);       /* r (1,d) += the sum of the rows of x */
void mat_fill(Mat x, float v);
void mat_normal(Mat x, float sd, Rng *rng);   /* x ~ N(0, sd^2) */
void mat_uniform(Mat x, float lo, float hi, Rng *rng);        /* x ~ U[lo, hi) */
double mat_dot(Mat x, Mat y);                 /* sum of x y, in double */
void mat_nearest(Mat x, Mat among, int *index);       /* index[i]: the row of among (m,d) nearest to row i of x (n,d) */
void mat_argmax(Mat x, uint8_t *index);       /* index[i]: where row i is largest, the first of equals; d <= 256 */
bool mat_finite(Mat x);                       /* no NaN, no infinity */
float mat_mean(Mat x);                        /* of all its numbers, */
float mat_norm(Mat x);                        /* and the root of the sum of their squares; both add up in double */

Mat  mat_join(Arena *mem, Mat p, Mat q);      /* (n,d) (n,e) -> (n,d+e): labels, heads, channels */
void mat_split(Mat pq, Mat p, Mat q);         /* its backward: (n,d+e) -> p (n,d), q (n,e), overwritten */

void threads_set(int n);                      /* 0: all cores. Without OpenMP in the build there is one thread. */
int  threads_get(void);
const char *blas_kernels(void);               /* OpenBLAS's name of the kernels in use: "Haswell" */

/* ---- linalg.c: eigenvectors, orthonormal bases, PCA (LAPACK) --------------------------------------------- */

typedef struct { Mat value, vec; } Eig;       /* (1,k) falling; (d,k), one eigenvector per column */
typedef struct { Mat mean, value, vec; } Pca;            /* (1,d); all eigenvalues (1,d), falling; leading axes (d,k) */

Eig  mat_eigh(Arena *mem, Mat s, int k);      /* leading k eigenpairs of a symmetric s (d,d); signs: see linalg.c */
Mat  mat_orthonormal(Arena *mem, Mat x);      /* (n,d), n >= d -> Q (n,d): same column span, Q^T Q = I */
Mat  mat_singular_values(Arena *mem, Mat x);  /* (n,d) -> (1, min(n,d)), falling */
/* Principal components of rows x (n,d) by the covariance 1/n sum (x - mean)(x - mean)^T (Pearson 1901). */
Pca  pca_fit(Arena *mem, Mat x, int k);
/* (n,d) -> (n,k): along the leading k axes, from the mean, (x - mean) V */
Mat  pca_code(Arena *mem, Pca p, int k, Mat x);
Mat  pca_copy(Arena *mem, Pca p, int k, Mat x);               /* (n,d) -> (n,d): and back, mean + (x - mean) V V^T */

/* ---- net.c: a net is a flat list of layers; a Trace is what one use of it remembers ---------------------- */

/* value, gradient, first and second moment for the optimiser; all (in,out) */
typedef struct { Mat v, g, m, s; } Param;
typedef struct { int h, w, c; } Shape;        /* of one sample; a plain vector of d features is 1 x 1 x d */
static inline int shape_size(Shape s) { return s.h * s.w * s.c; }
/* What one layer remembers: input, output, what else it needs; reuse: see dense.c; summed: see norm.c. */
typedef struct { Mat x, y, aux; bool reuse, summed; } LayerTrace;
typedef struct Layer Layer;

enum { STACK = 16 };                          /* how deep brackets nest */
typedef struct Net Net;
typedef struct {
    Arena *mem;
    const Net *net;                           /* whose forward pass this was, */
    int    version;                           /* and how often its weights had moved by then */
    bool   train;                             /* Mode was TRAIN; else running statistics, no dropout */
    LayerTrace  *slot;                              /* one per layer */
    Mat    stack[STACK];                      /* open brackets: values going forward, gradients coming back */
    int    depth;
} Trace;

/* The three things a layer can do. Gradients of weights are ADDED to .g; the step calls net_zero_grad first. */
typedef struct {
    const char *kind;
    Mat  (*forward)(Layer *l, Mat x, LayerTrace *s, Trace *t);
    Mat  (*input_grad)(Layer *l, Mat dy, LayerTrace *s, Trace *t);  /* dL/dx from dL/dy */
    /* l->w.g += dL/dw, l->b.g += dL/db; NULL without weights */
    void (*param_grad)(Layer *l, Mat dy, LayerTrace *s, Trace *t);
    bool lends;               /* y and dx are fresh buffers that it never reads again: a neighbour may overwrite them */
} LayerType;

struct Layer {
    const LayerType *type;
    Shape in, out;
    Param w, b;
    Mat   run;                                /* batch norm: running mean and variance (2,c) */
    int   kernel, stride, pad;                /* convolutions; roll: pad is how far at most */
    float slope;                              /* leaky ReLU; dropout: the share that is dropped */
    Rng  *rng;                                /* dropout, roll */
};

struct Net {
    const char *name;                         /* "encoder": files and messages use it */
    Arena *mem;                               /* where its weights live */
    Layer *layer;
    int    n, room;
    int    version;                           /* how often the weights have moved */
    int    steps;                             /* how many steps an optimiser has taken: Adam's t */
    int    open[STACK];                       /* while it is built: the layers that opened what is not yet closed */
    int    depth;
};

/* Batch norm uses the batch's statistics when training and running ones in evaluation; dropout and net_roll do nothing
 * in evaluation. */
typedef enum { TRAIN, EVAL } Mode;
enum { WRT_PARAMS = 1, WRT_INPUT = 2, WRT_BOTH = 3 };

Net    net_new(const char *name, Shape in, Arena *mem);
Shape  net_in(const Net *net);
Shape  net_out(const Net *net);
Layer *net_append(Net *net, const LayerType *type, Shape out);  /* how layers add themselves */
Param  param_new(Arena *mem, int n, int d);   /* zeros */

Trace  trace(Arena *mem, Mode mode);          /* an empty one, for one forward pass */
Mat    net_forward(Net *net, Mat x, Trace *t);                /* (B, in) -> (B, out) */
/* From dL/dy to the gradients asked for: WRT_PARAMS adds to .g, WRT_INPUT returns dL/dx (without it the result is
 * empty). Dies if the weights moved since the forward pass that filled t. */
Mat    net_backward(Net *net, Mat dy, Trace *t, int wrt);
/* a forward pass in EVAL mode, 500 rows at a time; only the result (B, out) stays in mem */
Mat    net_eval(Net *net, Mat x, Arena *mem);
void   net_zero_grad(Net *net);
void   net_touch(Net *net);                   /* say that the weights moved; the optimisers do */
Param *net_param(Net *net, int *i);           /* for (int i = 0; (p = net_param(net, &i)); ) visits every Param */
/* weights anew from N(0, sd^2); biases and norms stay as they are */
void   net_init_normal(Net *net, float sd, Rng *rng);
size_t net_weights(Net *net);                 /* how many numbers it learns */
/* of a forward pass of one sample, in products with weights; what a layer hands back costs as much: the gradient of
 * its input once, of its weights once */
double net_multiply_adds(const Net *net);
void   net_print(Net *net);                   /* one line per layer, on stdout */

/* Brackets for skips: net_save ... net_join concatenates channels, (saved | current); net_save ... net_add adds.
 * They nest. */
void   net_save(Net *net);
void   net_join(Net *net);
void   net_add(Net *net);
/* When training, each picture is rolled by up to `most` pixels along both sides, another draw each time, and what is
 * made of it is rolled back by as much: so the net cannot go by where on the picture something lies. What leaves on one
 * side comes in on the other. A bracket like those above; it changes no size. */
void   net_roll(Net *net, int most, Rng *rng);
void   net_unroll(Net *net);

/* Weights on disk: DIR/<net>.<layer>.<weight|bias|running>.npy, weight (in,out), bias (1,out); layer is its kind and
 * place: dense0. */
void   net_write(Net *net, const char *dir);
void   net_read(Net *net, const char *dir);

/* ---- dense.c: fully connected layer and activations ------------------------------------------------------ */

void net_dense(Net *net, int out, Rng *rng);  /* y = x W + b; W ~ N(0, 2/in) (He et al. 2015), b = 0 */
void net_linear(Net *net, int out, float sd, Rng *rng);       /* y = x W; W ~ N(0, sd^2), no bias */
void net_relu(Net *net);
void net_lrelu(Net *net, float slope);        /* x > 0 ? x : slope x (Maas et al. 2013) */
void net_tanh(Net *net);
void net_sigmoid(Net *net);

/* ---- conv.c: convolution and its adjoint; images are h x w x c ------------------------------------------- */

/* (h,w,c) -> ((h + 2 pad - kernel) / stride + 1, same for w, out). y = im2row(x) W + b;
 * W (kernel*kernel*c, out), He init. */
void net_conv (Net *net, int out, int kernel, int stride, int pad, Rng *rng);
/* (h,w,c) -> ((h - 1) stride - 2 pad + kernel, same for w, out): the adjoint of a convolution from there to here.
 * W (kernel*kernel*out, c), as that convolution has it (Zeiler et al. 2010; Dumoulin & Visin 2016). */
void net_convt(Net *net, int out, int kernel, int stride, int pad, Rng *rng);

/* ---- norm.c: normalisation per channel, sample or pixel -------------------------------------------------- */

void net_batchnorm(Net *net);     /* over batch and pixels; gain, shift; eps 1e-5, momentum .1 (Ioffe & Szegedy 2015) */
void net_instancenorm(Net *net);              /* over the pixels of each sample; no weights (Ulyanov et al. 2016) */
void net_layernorm(Net *net);           /* over the features of each sample; gain, shift per feature (Ba et al. 2016) */
void net_pixelnorm(Net *net);                 /* x / sqrt(mean over channels of x^2 + 1e-8) (Karras et al. 2018) */

/* ---- shape.c: layers that move or drop numbers ----------------------------------------------------------- */

void net_reshape(Net *net, Shape out);        /* the same numbers as another shape */
void net_upsample(Net *net);                  /* nearest, 2 h x 2 w */
void net_upsample_smooth(Net *net);           /* bilinear, 2 h x 2 w: 3/4 of the nearest pixel, 1/4 of the next */
void net_downsample(Net *net);                /* mean of 2 x 2 */
void net_dropout(Net *net, float share, Rng *rng);    /* when training: 0 with that probability, else x / (1 - share) */
void net_embedding(Net *net, int classes, int out, Rng *rng);  /* (B,1) of class numbers -> (B,out), rows of a table */

/* ---- loss.c: each returns its value and its gradient together -------------------------------------------- */

typedef struct { float value; Mat grad; } Loss;               /* grad: dL/dy, as large as y */

Loss squared_error(Mat y, Mat target, Arena *mem);      /* 1/B sum (y - t)^2, summed over features */
Loss l1(Mat y, Mat target, Arena *mem);       /* 1/B sum |y - t| */
Loss bce_logits(Mat logits, Mat target, Arena *mem);          /* Bernoulli, target in [0,1]; finite for any logit */
Loss bce_logits_to(Mat logits, float target, Arena *mem);     /* the same with one target for all: real 1, fake 0 */
Loss lsgan(Mat y, float target, Arena *mem);  /* 1/(2B) sum (y - t)^2 (Mao et al. 2017, eq. 2) */
Loss softmax_ce(Mat logits, const uint8_t *label, Arena *mem);  /* -1/B sum log softmax(logits)[label] */

/* For R1 (Mescheder et al. 2018), gamma/2 |dD/dx|^2 averaged over the batch, without second derivatives. Along
 * v = dD/dx the slope of D is |v|^2, so the penalty's gradient is gamma times the change of D's gradient along v:
 * D's gradient at x, step further along each row of v, minus that at the old x, both with these weights. */
typedef struct { Mat x, weight; } Ahead;                      /* (B,d), (B,1) */
Ahead ahead_along(Mat v, Mat x, float step, float gamma, Arena *mem);  /* v, x (B,d); v is overwritten */

/* ---- pair.c: a discriminator that is shown an image and told what it should be --------------------------- */

/* Tells every pixel of maps (B, pixels*c) the same e (B,E), as E planes more: (B, pixels*(c+E)), channel fastest. Its
 * backward returns dL/dmap, and adds to de (B,E) what all pixels hand back. */
Mat planes_join(Mat map, int pixels, Mat e, Arena *mem);
Mat planes_split(Mat dtold, int pixels, Mat de, Arena *mem);

/* image: x (B, h*w*c) -> a map (B, pixels*c'). pair: the map with planes of e (B,E) -> E + 1 scores. The logit for
 * "real, and what e says" is e . (the first E scores) + the last (Miyato & Koyama 2018). */
typedef struct { Net image, pair; int pixels; } PairD;
typedef struct { Trace pair; Mat e, score; } PairTrace;        /* what one question remembers for the way back */
typedef struct { Mat dmap, de; } PairAnswer;                      /* (B, pixels*c'), (B,E) */
Mat  pair_ask(PairD *D, Mat map, Mat e, PairTrace *q, Arena *mem);    /* -> logits (B,1) */
/* From dL/dlogit (B,1). WRT_PARAMS also adds to the gradients of D->pair. */
PairAnswer pair_back(PairD *D, Mat dlogit, PairTrace *q, int wrt, Arena *mem);
/* What G loses when D does not take its fakes (B,d) for real images of e: the mean of -log sigma, with its gradient for
 * the fakes. D keeps every bit. */
Loss fooling_loss(PairD *D, Mat fake, Mat e, Arena *mem);
/* Adds the gradient of R1 on real images x with their e to those of D->image and D->pair: see ahead_along. */
void pair_flatten(PairD *D, Mat x, Mat e, float step, float gamma, Arena *mem);

/* ---- stencil.c: a picture of two colours, and which of them is where ---------------------------------------- */

/* form: (B,k) -> (B,2P), at every pixel a gate and a tone, both in [0,1]; colour: (B,m) -> (B,6), ground and ink, in
 * [0,1]. Pictures (B,3P) are 2 (ground + gate (tone ink - ground)) - 1; a gate below .024 is shut, above .976 open. */
typedef struct { Net form, colour; } Stencil;
typedef struct { Trace form, colour; Mat gate, rgb; } StencilTrace;    /* for the way back */
typedef struct { Mat form, colour; } StencilGrad;             /* for the inputs of both; empty without WRT_INPUT */
Mat stencil_paint(Stencil *s, Mat form, Mat colour, Mode mode, StencilTrace *p, Arena *mem);
StencilGrad stencil_backward(Stencil *s, Mat dx, StencilTrace *p, int wrt, Arena *mem);

/* ---- optim.c: optimisers --------------------------------------------------------------------------------- */

/* An optimiser is a setting, which any number of nets may share. Moments live in each Param, the step count t in the
 * net. */
typedef struct { float lr, momentum; } Sgd;   /* m = momentum m + g; v -= lr m (Polyak 1964) */
typedef struct { float lr, beta1, beta2, eps; } Adam;         /* Kingma & Ba 2015, algorithm 1 */

Adam  adam(float lr);                         /* beta 0.9, 0.999, eps 1e-8 */
void  sgd_update(Param *p, const Sgd *opt);
void  adam_update(Param *p, const Adam *opt, int t);          /* step t, from 1 */
void  sgd_step(Net *net, const Sgd *opt);     /* counts net->steps, moves every Param, then net_touch */
void  adam_step(Net *net, const Adam *opt);   /* the same */
float cosine_decay(float lr, long step, long steps);         /* lr at step 0, 0 at the end (Loshchilov & Hutter 2017) */
/* average <- keep average + (1 - keep) net: weights and running statistics of two nets built alike (Polyak &
 * Juditsky 1992). */
void  net_average(Net *average, Net *net, float keep);

/* ---- nets.c: nets that learn together -------------------------------------------------------------------- */

/* Such as a generator of two parts. A list points to its nets, so it is made where it is used:
 *     nets_step(nets_of(&G->form, &G->colour), &opt);                                                        */
enum { MOST_NETS = 16 };
typedef struct { int n; Net *net[MOST_NETS]; } Nets;
#define nets_of(...) nets_list((int)(sizeof((Net *[]){__VA_ARGS__}) / sizeof(Net *)), (Net *[]){__VA_ARGS__})
Nets nets_list(int n, Net *const *net);
Nets nets_both(Nets a, Nets b);               /* those of a, then those of b */
void nets_zero_grad(Nets list);
void nets_step(Nets list, const Adam *opt);   /* adam_step for each */
void nets_ema_update(Nets ema, Nets list, float decay);       /* net_average for each pair; decay 0 copies */
void nets_write(Nets list, const char *dir);  /* net_write for each; makes dir */
void nets_read(Nets list, const char *dir);

/* ---- gan.c: a step of each player of a plain GAN --------------------------------------------------------- */

/* Minimax game of Goodfellow et al. 2014 with the non-saturating loss of G. Real and fake images (B,d) pass through D
 * separately, so that batch norm sees each by itself. */
/* R1 on real images every so many steps, that much stronger (Mescheder et al. 2018; lazily, Karras et al. 2020).
 * gamma 0: none. step: see ahead_along. */
typedef struct { float gamma, step; int every; } Penalty;
/* One step of D by -log sigma(D(real)) - log(1 - sigma(D(fake))), means over the batch; returns this loss, without the
 * penalty, as it was before the step. */
float gan_d_step(Net *D, Mat real, Mat fake, Penalty r1, const Adam *opt, Arena *mem);
/* -log sigma(D(fake)), the mean, with its gradient for fake (B,d). The gradients of D's weights stay as they are. */
Loss  gan_g_loss(Net *D, Mat fake, Arena *mem);
/* One step of G by that loss; at_z is the trace of the forward pass that made fake. Returns the loss before it. */
float gan_g_step(Net *G, Net *D, Mat fake, Trace *at_z, const Adam *opt, Arena *mem);
/* Adds the gradient of gamma/2 |dD/dx|^2, averaged over the batch, to D's; at_x is the trace of D's forward pass of x
 * (B,d). */
void  r1_penalty(Net *D, Mat x, Trace *at_x, float gamma, float step, Arena *mem);

/* ---- lab.h: data.c, classifier.c, toy.c, line.c, score.c, export.c, lab.c ------------------------------------- */

#include "lab.h"

#endif
