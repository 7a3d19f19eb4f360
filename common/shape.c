/* shape.c: layers that move numbers or drop them, and a table to look them up. */
#include "gen.h"

#include <math.h>
#include <string.h>

/* ---- the same numbers as another shape ---- */

static Mat reshape_forward(Layer *l, Mat x, LayerTrace *s, Trace *t) { return x; }
static Mat reshape_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t) { return dy; }
static const LayerType reshape_type = {"reshape", reshape_forward, reshape_input_grad, NULL, false};

void net_reshape(Net *net, Shape out)
{
    Shape in = net_out(net);
    check(out.h > 0 && out.w > 0 && out.c > 0 && shape_size(in) == shape_size(out),
          "net %s: reshape of %dx%dx%d to %dx%dx%d", net->name, in.h, in.w, in.c, out.h, out.w, out.c);
    net_append(net, &reshape_type, out);
}

/* ---- twice and half the size: copies and means of 2 x 2 pixels, each the other's backward but for a factor 4 ---- */

static Mat doubled(Mat x, Shape s, float factor, Arena *mem)
{
    Mat y = mat_new(mem, x.n, 4 * x.d);
    for (int i = 0; i < x.n; i++)
        for (int py = 0; py < 2 * s.h; py++)
            for (int px = 0; px < 2 * s.w; px++) {
                const float *from = row(x, i) + ((py / 2) * s.w + px / 2) * s.c;
                float *to = row(y, i) + (py * 2 * s.w + px) * s.c;
                for (int k = 0; k < s.c; k++) to[k] = factor * from[k];
            }
    return y;
}

static Mat halved(Mat x, Shape s, float factor, Arena *mem)     /* factor times the sum of 2 x 2; s is x's shape */
{
    Mat y = mat_new(mem, x.n, x.d / 4);
    for (int i = 0; i < x.n; i++)
        for (int py = 0; py < s.h / 2; py++)
            for (int px = 0; px < s.w / 2; px++) {
                const float *a = row(x, i) + (2 * py * s.w + 2 * px) * s.c, *b = a + s.w * s.c;
                float *to = row(y, i) + (py * (s.w / 2) + px) * s.c;
                for (int k = 0; k < s.c; k++) to[k] = factor * (a[k] + a[s.c + k] + b[k] + b[s.c + k]);
            }
    return y;
}

static Mat up_forward(Layer *l, Mat x, LayerTrace *s, Trace *t) { return doubled(x, l->in, 1, t->mem); }
static Mat up_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t) { return halved(dy, l->out, 1, t->mem); }
static Mat down_forward(Layer *l, Mat x, LayerTrace *s, Trace *t) { return halved(x, l->in, .25f, t->mem); }
static Mat down_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t) { return doubled(dy, l->out, .25f, t->mem); }
static const LayerType up_type = {"upsample", up_forward, up_input_grad, NULL, true};
static const LayerType down_type = {"downsample", down_forward, down_input_grad, NULL, true};

void net_upsample(Net *net)
{
    Shape s = net_out(net);
    net_append(net, &up_type, (Shape){2 * s.h, 2 * s.w, s.c});
}

void net_downsample(Net *net)
{
    Shape s = net_out(net);
    check(s.h % 2 == 0 && s.w % 2 == 0, "net %s: downsampling %dx%d, want even sizes", net->name, s.h, s.w);
    net_append(net, &down_type, (Shape){s.h / 2, s.w / 2, s.c});
}

/* ---- twice the size, bilinear: a pixel is 3/4 of the nearest one and 1/4 of the next, along each side ---- */

typedef struct { int near, far; } Taps;

static Taps taps(int at, int size)                  /* of pixel `at` of 2 size, among size; an edge is its own next */
{
    Taps t = {at / 2, at / 2 + (at % 2 ? 1 : -1)};
    if (t.far < 0 || t.far >= size) t.far = t.near;
    return t;
}

static Mat smooth_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    int w = l->in.w, c = l->in.c;
    Mat y = mat_new(t->mem, x.n, 4 * x.d);
    for (int i = 0; i < x.n; i++)
        for (int py = 0; py < l->out.h; py++)
            for (int px = 0; px < l->out.w; px++) {
                Taps v = taps(py, l->in.h), u = taps(px, w);
                const float *near = row(x, i) + v.near * w * c, *far = row(x, i) + v.far * w * c;
                float *to = row(y, i) + (py * l->out.w + px) * c;
                for (int k = 0; k < c; k++)
                    to[k] = .5625f * near[u.near * c + k] + .1875f * (near[u.far * c + k] + far[u.near * c + k]) +
                            .0625f * far[u.far * c + k];
            }
    return y;
}

static Mat smooth_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    int w = l->in.w, c = l->in.c;
    Mat dx = mat_zeros(t->mem, dy.n, dy.d / 4);
    for (int i = 0; i < dy.n; i++)
        for (int py = 0; py < l->out.h; py++)
            for (int px = 0; px < l->out.w; px++) {
                Taps v = taps(py, l->in.h), u = taps(px, w);
                float *near = row(dx, i) + v.near * w * c, *far = row(dx, i) + v.far * w * c;
                const float *from = row(dy, i) + (py * l->out.w + px) * c;
                for (int k = 0; k < c; k++) {
                    near[u.near * c + k] += .5625f * from[k];
                    near[u.far * c + k] += .1875f * from[k];
                    far[u.near * c + k] += .1875f * from[k];
                    far[u.far * c + k] += .0625f * from[k];
                }
            }
    return dx;
}

static const LayerType smooth_type = {"smooth", smooth_forward, smooth_input_grad, NULL, true};

void net_upsample_smooth(Net *net)
{
    Shape s = net_out(net);
    net_append(net, &smooth_type, (Shape){2 * s.h, 2 * s.w, s.c});
}

/* ---- dropout; aux holds 0 or 1 / (1 - share) for every number ---- */

static Mat dropout_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    if (!t->train) return x;
    Mat y = mat_new(t->mem, x.n, x.d);
    s->aux = mat_new(t->mem, x.n, x.d);
    mat_uniform(s->aux, 0, 1, l->rng);
    for (size_t i = 0; i < mat_size(x); i++) {
        s->aux.a[i] = s->aux.a[i] < l->slope ? 0 : 1 / (1 - l->slope);
        y.a[i] = s->aux.a[i] * x.a[i];
    }
    return y;
}

static Mat dropout_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    if (!t->train) return dy;
    Mat dx = mat_new(t->mem, dy.n, dy.d);
    for (size_t i = 0; i < mat_size(dy); i++) dx.a[i] = s->aux.a[i] * dy.a[i];
    return dx;
}

static const LayerType dropout_type = {"dropout", dropout_forward, dropout_input_grad, NULL, false};

void net_dropout(Net *net, float share, Rng *rng)
{
    check(share >= 0 && share < 1, "net %s: dropout of %g, want 0 or more and less than 1", net->name, (double)share);
    Layer *l = net_append(net, &dropout_type, net_out(net));
    l->slope = share;
    l->rng = rng;
}

/* ---- a table of vectors, one per class ---- */

static int class_of(const Layer *l, Mat x, int i)
{
    float v = x.a[i];
    check(v >= 0 && v < (float)l->w.v.n && v == floorf(v), "embedding: %g is no class of %d", (double)v, l->w.v.n);
    return (int)v;
}

static Mat embedding_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    Mat y = mat_new(t->mem, x.n, l->w.v.d);
    for (int i = 0; i < x.n; i++) memcpy(row(y, i), row(l->w.v, class_of(l, x, i)), (size_t)y.d * sizeof *y.a);
    return y;
}

static Mat embedding_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    return mat_zeros(t->mem, dy.n, 1);
} /* a class has no slope */

static void embedding_param_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    for (int i = 0; i < dy.n; i++) mat_add(mat_rows(l->w.g, class_of(l, s->x, i), 1), mat_rows(dy, i, 1));
}

static const LayerType embedding_type = {"embedding", embedding_forward, embedding_input_grad, embedding_param_grad,
                                         true};

void net_embedding(Net *net, int classes, int out, Rng *rng)
{
    check(shape_size(net_out(net)) == 1 && classes > 0 && out > 0,
          "net %s: an embedding wants one class number per sample", net->name);
    Layer *l = net_append(net, &embedding_type, (Shape){1, 1, out});
    l->w = param_new(net->mem, classes, out);
    mat_normal(l->w.v, 1, rng);
}
