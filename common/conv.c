/* conv.c: convolution and transposed convolution.
 *
 * Both join a big map and a small one. Three things can be done with the pair, and each layer needs all three:
 *
 *                                        conv (big -> small)    convt (small -> big)
 *   gather   small = im2row(big) W       forward                input gradient
 *   scatter  big = row2im(small W^T)     input gradient *       forward
 *   weights  W.g += im2row(big)^T small  weight gradient        weight gradient
 *   (* at stride 1 a gather does this, too: with the kernel turned)
 *
 * im2row copies, for every pixel of the small map, the kernel*kernel*c numbers of the big map under it into a row;
 * row2im adds them back. Channels lie innermost, so a kernel's line is one contiguous copy. Work goes in slabs of a few
 * samples, whose rows stay in cache between the copy and the product.
 */
#include "internal.h"
#include "parallel.h"
#include "unroll.h"

#include <math.h>
#include <string.h>

typedef struct { Shape big, small; int kernel, stride, pad; } Geometry;

static Geometry geometry(const Layer *l, bool transposed)
{
    Geometry g = {.big = l->in, .small = l->out, .kernel = l->kernel, .stride = l->stride, .pad = l->pad};
    if (transposed) {
        g.big = l->out;
        g.small = l->in;
    }
    return g;
}

static int pixels(Shape s) { return s.h * s.w; }
static int row_length(const Geometry *g) { return g->kernel * g->kernel * g->big.c; }

/* ---- slabs ---- */

typedef struct { int samples, slabs; } Slabs;       /* samples per slab, the last one may have fewer */

static Slabs slabs_of(const Geometry *g, int n)
{
    Slabs k = {.samples = 1, .slabs = 0};
    if (n == 0) return k;
    enum { CACHE = 1 << 14, ROWS = 64 };            /* 64 kB of rows at a time, but enough rows for sgemm to be quick */
    int fit = CACHE / (pixels(g->small) * row_length(g)), least = (ROWS + pixels(g->small) - 1) / pixels(g->small);
    if (fit < least) fit = least;
    int count = (n + fit - 1) / fit;
    if (count < 4 && n >= 4) count = 4;             /* something for every thread; by shape alone, see parallel.h */
    k.samples = (n + count - 1) / count;
    k.slabs = (n + k.samples - 1) / k.samples;
    return k;
}

static Mat slab_of(Mat x, Shape s, Slabs k, int i)  /* rows of pixels: (samples * h * w, c) */
{
    int first = i * k.samples, n = x.n - first < k.samples ? x.n - first : k.samples;
    return mat_pixels(mat_rows(x, first, n), s.c);
}

/* What a thread needs for itself: the rows of one slab, and one sample with a border of zeros. */
typedef struct { Mat rows, border; } Room;

static int bordered(const Geometry *g) { return (g->big.h + 2 * g->pad) * (g->big.w + 2 * g->pad) * g->big.c; }

static Room room_new(const Geometry *g, Slabs k, Arena *mem)
{
    Room room;
    room.rows = mat_new(mem, threads_get() * k.samples * pixels(g->small), row_length(g));
    room.border = mat_zeros(mem, threads_get(), bordered(g));
    return room;
}

static Mat rows_here(Room r, int n) { return mat_rows(r.rows, r.rows.n / threads_get() * thread_id(), n); }
static float *border_here(Room r) { return row(r.border, thread_id()); }

/* ---- the copies ----
 * They go through one sample with a border of zeros, so that every kernel lies inside and every copy has one length. */

/* Where kernel line ky of small pixel (y, x) begins in the bordered sample. */
static inline int line_at(const Geometry *g, int y, int x, int ky)
{
    return ((y * g->stride + ky) * (g->big.w + 2 * g->pad) + x * g->stride) * g->big.c;
}

/* Copies between a sample and the inside of its bordered form. */
static void into_border(const Geometry *g, float *to, const float *sample)
{
    size_t line = (size_t)(g->big.w * g->big.c);
    for (int y = 0; y < g->big.h; y++)
        memcpy(to + ((y + g->pad) * (g->big.w + 2 * g->pad) + g->pad) * g->big.c, sample + (size_t)y * line,
               line * sizeof *to);
}

static void out_of_border(const Geometry *g, float *sample, const float *from)
{
    size_t line = (size_t)(g->big.w * g->big.c);
    for (int y = 0; y < g->big.h; y++)
        memcpy(sample + (size_t)y * line, from + ((y + g->pad) * (g->big.w + 2 * g->pad) + g->pad) * g->big.c,
               line * sizeof *sample);
}

/* The loops over kernel lines of n numbers. */
UNROLLED void lines_out(const Geometry *g, float *to, const float *from, int n)
{
    for (int y = 0; y < g->small.h; y++)
        for (int x = 0; x < g->small.w; x++)
            for (int ky = 0; ky < g->kernel; ky++, to += n)
                memcpy(to, from + line_at(g, y, x, ky), (size_t)n * sizeof *to);
}

UNROLLED void lines_in(const Geometry *g, float *restrict to, const float *restrict from, int n)
{
    for (int y = 0; y < g->small.h; y++)
        for (int x = 0; x < g->small.w; x++)
            for (int ky = 0; ky < g->kernel; ky++, from += n) {
                float *restrict line = to + line_at(g, y, x, ky);
                for (int i = 0; i < n; i++) line[i] += from[i];
            }
}

/* border: room for one bordered sample; its rim stays zero from one sample to the next. */
static void im2row(const Geometry *g, Mat big, Mat rows, float *border)
{
    int n = g->kernel * g->big.c, area = pixels(g->big), count = big.n / area;
    for (int i = 0; i < count; i++) {
        float *to = row(rows, i * pixels(g->small));
        into_border(g, border, row(big, i * area));
        UNROLL(lines_out, n, g, to, border)
    }
}

static void row2im(const Geometry *g, Mat rows, Mat big, float *border)
{
    int n = g->kernel * g->big.c, area = pixels(g->big), count = big.n / area;
    for (int i = 0; i < count; i++) {
        const float *from = row(rows, i * pixels(g->small));
        memset(border, 0, (size_t)bordered(g) * sizeof *border);
        UNROLL(lines_in, n, g, border, from)
        out_of_border(g, row(big, i * area), border);
    }
}

/* ---- gather, scatter, weights ---- */

static Mat gather(const Geometry *g, Mat big, Mat W, Mat bias, Arena *mem)
{
    Slabs k = slabs_of(g, big.n);
    Mat small = mat_new(mem, big.n, shape_size(g->small));
    size_t mark = mem->used;
    Room room = room_new(g, k, mem);
    PARALLEL_IF(k.slabs > 1,
    for (int i = 0; i < k.slabs; i++) {
        Mat to = slab_of(small, g->small, k, i), rows = rows_here(room, to.n);
        im2row(g, slab_of(big, g->big, k, i), rows, border_here(room));
        mat_gemm_alone(to, 1, rows, false, W, false, 0);
        if (bias.a) mat_add_row(to, bias);
    })
    arena_rewind(mem, mark);
    return small;
}

static Mat scatter(const Geometry *g, Mat small, Mat W, Mat bias, Arena *mem)
{
    Slabs k = slabs_of(g, small.n);
    Mat big = mat_new(mem, small.n, shape_size(g->big));
    size_t mark = mem->used;
    Room room = room_new(g, k, mem);
    PARALLEL_IF(k.slabs > 1,
    for (int i = 0; i < k.slabs; i++) {
        Mat from = slab_of(small, g->small, k, i), rows = rows_here(room, from.n);
        Mat to = slab_of(big, g->big, k, i);
        mat_gemm_alone(rows, 1, from, false, W, true, 0);
        row2im(g, rows, to, border_here(room));
        if (bias.a) mat_add_row(to, bias);
    })
    arena_rewind(mem, mark);
    return big;
}

/* Slabs are dealt to GROUPS running sums, whatever the number of threads, and these are added in order. */
static void weights(const Geometry *g, Mat big, Mat small, Mat W_grad, Arena *mem)
{
    enum { GROUPS = 4 };
    Slabs k = slabs_of(g, big.n);
    int groups = k.slabs < GROUPS ? k.slabs : GROUPS;
    size_t mark = mem->used;
    Room room = room_new(g, k, mem);
    Mat sum = mat_new(mem, groups * W_grad.n, W_grad.d);
    PARALLEL_IF(groups > 1,
    for (int group = 0; group < groups; group++)
        for (int i = group; i < k.slabs; i += groups) {
            Mat s = slab_of(small, g->small, k, i), rows = rows_here(room, s.n);
            im2row(g, slab_of(big, g->big, k, i), rows, border_here(room));
            mat_gemm_alone(mat_rows(sum, group * W_grad.n, W_grad.n), 1, rows, true, s, false, i == group ? 0 : 1);
        })
    for (int group = 0; group < groups; group++) mat_add(W_grad, mat_rows(sum, group * W_grad.n, W_grad.n));
    arena_rewind(mem, mark);
}

static void bias_grad(Layer *l, Mat dy) { mat_add_column_sums(l->b.g, mat_pixels(dy, l->out.c)); }

/* ---- the two layers ---- */

static Mat conv_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    Geometry g = geometry(l, false);
    return gather(&g, x, l->w.v, l->b.v, t->mem);
}

/* W (kernel*kernel*c, o) -> (kernel*kernel*o, c): the kernel by half a turn, and what it reads and what it makes
 * exchanged. */
static Mat turned(const Geometry *g, Mat W, Arena *mem)
{
    int places = g->kernel * g->kernel, c = g->big.c, o = g->small.c;
    Mat T = mat_new(mem, places * o, c);
    for (int p = 0; p < places; p++)
        mat_set(mat_rows(T, (places - 1 - p) * o, o), mat_transpose(mem, mat_rows(W, p * c, c)));
    return T;
}

/* At stride 1 the way back is a convolution as well, of dy with the turned kernel: it reads where a scatter has to
 * read, add and write. */
static Mat conv_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    Geometry g = geometry(l, false);
    if (g.stride > 1) return scatter(&g, dy, l->w.v, (Mat){0}, t->mem);
    Geometry back = {g.small, g.big, g.kernel, 1, g.kernel - 1 - g.pad};
    return gather(&back, dy, turned(&g, l->w.v, t->mem), (Mat){0}, t->mem);
}

static void conv_param_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    Geometry g = geometry(l, false);
    weights(&g, s->x, dy, l->w.g, t->mem);
    bias_grad(l, dy);
}

static Mat convt_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    Geometry g = geometry(l, true);
    return scatter(&g, x, l->w.v, l->b.v, t->mem);
}

static Mat convt_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    Geometry g = geometry(l, true);
    return gather(&g, dy, l->w.v, (Mat){0}, t->mem);
}

static void convt_param_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    Geometry g = geometry(l, true);
    weights(&g, dy, s->x, l->w.g, t->mem);
    bias_grad(l, dy);
}

static const LayerType conv_type = {"conv", conv_forward, conv_input_grad, conv_param_grad, true};
static const LayerType convt_type = {"convt", convt_forward, convt_input_grad, convt_param_grad, true};

static void check_kernel(const Net *net, int kernel, int stride, int pad)
{
    check(kernel > 0 && stride > 0 && pad >= 0 && pad < kernel,
          "net %s: kernel %d, stride %d, padding %d\n"
          "  hint: kernel and stride are 1 or more, padding lies between 0 and the kernel",
          net->name, kernel, stride, pad);
}

static Layer *append(Net *net, const LayerType *type, Shape out, int kernel, int stride, int pad)
{
    check(out.h > 0 && out.w > 0 && out.c > 0,
          "net %s: a %s of kernel %d, stride %d, padding %d leaves %dx%dx%d of %dx%dx%d", net->name, type->kind, kernel,
          stride, pad, out.h, out.w, out.c, net_out(net).h, net_out(net).w, net_out(net).c);
    Layer *l = net_append(net, type, out);
    l->kernel = kernel;
    l->stride = stride;
    l->pad = pad;
    l->b = param_new(net->mem, 1, out.c);
    return l;
}

void net_conv(Net *net, int out, int kernel, int stride, int pad, Rng *rng)
{
    Shape in = net_out(net);
    check_kernel(net, kernel, stride, pad);
    check(in.h + 2 * pad >= kernel && in.w + 2 * pad >= kernel,
          "net %s: a kernel of %d on a map of %dx%d with padding %d", net->name, kernel, in.h, in.w, pad);
    int h = (in.h + 2 * pad - kernel) / stride + 1, w = (in.w + 2 * pad - kernel) / stride + 1;
    Layer *l = append(net, &conv_type, (Shape){h, w, out}, kernel, stride, pad);
    l->w = param_new(net->mem, kernel * kernel * in.c, out);
    mat_normal(l->w.v, sqrtf(2.f / (float)(kernel * kernel * in.c)), rng);
}

void net_convt(Net *net, int out, int kernel, int stride, int pad, Rng *rng)
{
    Shape in = net_out(net);
    check_kernel(net, kernel, stride, pad);
    int h = (in.h - 1) * stride - 2 * pad + kernel, w = (in.w - 1) * stride - 2 * pad + kernel;
    Layer *l = append(net, &convt_type, (Shape){h, w, out}, kernel, stride, pad);
    l->w = param_new(net->mem, kernel * kernel * out, in.c);
    /* fan-in: the kernel positions that reach one output pixel */
    float fan_in = (float)(kernel * kernel * in.c) / (float)(stride * stride);
    mat_normal(l->w.v, sqrtf(2.f / fan_in), rng);
}
