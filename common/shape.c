/* shape.c: layers that move numbers or drop them: reshape, upsample, roll, dropout. */
#include "internal.h"

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

/* ---- twice the size, nearest: backward is the sum of the 2 x 2 copies ---- */

static Mat up_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    int w = l->in.w, c = l->in.c;
    Mat y = mat_new(t->mem, x.n, 4 * x.d);
    for (int i = 0; i < x.n; i++)
        for (int py = 0; py < l->out.h; py++)
            for (int px = 0; px < l->out.w; px++) {
                const float *from = row(x, i) + ((py / 2) * w + px / 2) * c;
                float *to = row(y, i) + (py * l->out.w + px) * c;
                for (int k = 0; k < c; k++) to[k] = from[k];
            }
    return y;
}

static Mat up_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    int w = l->in.w, c = l->in.c;
    Mat dx = mat_new(t->mem, dy.n, dy.d / 4);
    for (int i = 0; i < dy.n; i++)
        for (int py = 0; py < l->in.h; py++)
            for (int px = 0; px < w; px++) {
                const float *a = row(dy, i) + (2 * py * l->out.w + 2 * px) * c, *b = a + l->out.w * c;
                float *to = row(dx, i) + (py * w + px) * c;
                for (int k = 0; k < c; k++) to[k] = a[k] + a[c + k] + b[k] + b[c + k];
            }
    return dx;
}

static const LayerType up_type = {"upsample", up_forward, up_input_grad, NULL, true};

void net_upsample(Net *net)
{
    Shape s = net_out(net);
    net_append(net, &up_type, (Shape){2 * s.h, 2 * s.w, s.c});
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

/* ---- roll ... unroll: a cyclic shift and its inverse, a bracket ----
 * Forward:  roll draws the shifts (B,2), keeps them in aux and pushes them; unroll pops them and keeps them, too.
 * Backward: each layer shifts the gradient the other way, by what its aux holds. */

/* Image i cyclically shifted, down and to the right, by sign times row i of by (n,2). */
static Mat rolled(Mat x, Shape s, Mat by, int sign, Arena *mem)
{
    Mat y = mat_new(mem, x.n, x.d);
    for (int i = 0; i < x.n; i++) {
        int down = sign * (int)row(by, i)[0], right = sign * (int)row(by, i)[1];
        for (int r = 0; r < s.h; r++)
            for (int c = 0; c < s.w; c++) {
                int to_r = (r + down + s.h) % s.h, to_c = (c + right + s.w) % s.w;
                memcpy(row(y, i) + (to_r * s.w + to_c) * s.c, row(x, i) + (r * s.w + c) * s.c,
                       (size_t)s.c * sizeof *y.a);
            }
    }
    return y;
}

static Mat roll_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    if (!t->train) return x;
    s->aux = mat_new(t->mem, x.n, 2);
    for (int i = 0; i < x.n; i++)
        for (int k = 0; k < 2; k++) row(s->aux, i)[k] = (float)(rng_below(l->rng, 2 * l->pad + 1) - l->pad);
    bracket_push(t, s->aux);
    return rolled(x, l->in, s->aux, 1, t->mem);
}

static Mat unroll_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    if (!t->train) return x;
    s->aux = bracket_pop(t);
    return rolled(x, l->in, s->aux, -1, t->mem);
}

static Mat roll_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    return t->train ? rolled(dy, l->in, s->aux, -1, t->mem) : dy;
}

static Mat unroll_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    return t->train ? rolled(dy, l->in, s->aux, 1, t->mem) : dy;
}

static const LayerType roll_type = {"roll", roll_forward, roll_input_grad, NULL, false};
static const LayerType unroll_type = {"unroll", unroll_forward, unroll_input_grad, NULL, false};

void net_roll(Net *net, int most, Rng *rng)
{
    Shape s = net_out(net);
    check(most >= 0 && most < s.h && most < s.w, "net %s: to roll %dx%d maps by %d pixels", net->name, s.h, s.w, most);
    Layer *l = bracket_open(net, &roll_type);
    l->pad = most;
    l->rng = rng;
}

void net_unroll(Net *net)
{
    Shape before = bracket_close(net, "net_unroll", &roll_type), now = net_out(net);
    check(before.h == now.h && before.w == now.w, "net %s: net_unroll of %dx%d and %dx%d maps", net->name, before.h,
          before.w, now.h, now.w);
    net_append(net, &unroll_type, now);
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
