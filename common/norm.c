/* norm.c: layers that normalise: over what the mean is taken is all that tells them apart.
 *
 *   batch norm      per channel, over batch and pixels      instance norm   per sample and channel, over pixels
 *   layer norm      per sample, over its features           pixel norm      per pixel, over channels; no mean
 */
#include "gen.h"
#include "parallel.h"
#include "unroll.h"

#include <math.h>
#include <string.h>

static const float eps = 1e-5f;

/* ---- sums over columns, in pieces of fixed size: the same bytes for any number of threads ---- */

enum { PIECE = 512 };

/* Over n rows of c columns, stride apart. */
UNROLLED void add_sums(float *restrict sum, float *restrict product, const float *restrict x,
                       const float *restrict shift, const float *restrict y, const float *restrict y_shift, int n,
                       int stride, int c)
{
    float s[NARROW] = {0}, p[NARROW] = {0};
    for (int i = 0; i < n; i++, x += stride, y += stride)
        for (int j = 0; j < c; j++) {
            float v = x[j] - shift[j];
            s[j] += v;
            p[j] += v * (y[j] - y_shift[j]);
        }
    for (int j = 0; j < c; j++) {
        sum[j] = s[j];
        product[j] = p[j];
    }
}

/* The sums over all rows of x - shift (first row of out) and of (x - shift)(y - y_shift) (second). */
static void column_sums(Mat x, const float *shift, Mat y, const float *y_shift, Mat out, Arena *mem)
{
    int pieces = (x.n + PIECE - 1) / PIECE, c = x.d;
    size_t mark = mem->used;
    Mat part = mat_new(mem, pieces, 2 * c);
    PARALLEL_IF(mat_size(x) > WORTH_A_THREAD,
    for (int p = 0; p < pieces; p++) {
        int i = p * PIECE, n = x.n - i < PIECE ? x.n - i : PIECE;
        float *sum = row(part, p);
        STRIPS(j, d, c)
        UNROLL(add_sums, d, sum + j, sum + c + j, row(x, i) + j, shift + j, row(y, i) + j, y_shift + j, n, c)
    })
    for (int j = 0; j < 2 * c; j++) {
        double total = 0;
        for (int p = 0; p < pieces; p++) total += (double)row(part, p)[j];
        out.a[j] = (float)total;
    }
    arena_rewind(mem, mark);
}

/* ---- batch norm; aux (4,c): mean, 1/sd, sum of dy, sum of dy xhat ---- */

static Mat batchnorm_forward(Layer *l, Mat in, LayerTrace *s, Trace *t)
{
    Mat x = mat_pixels(in, l->in.c), out = mat_new(t->mem, in.n, in.d), y = mat_pixels(out, l->in.c);
    int c = x.d;
    s->aux = mat_new(t->mem, 4, c);
    float *mean = row(s->aux, 0), *rsd = row(s->aux, 1);
    if (t->train && x.n > 0) {
        Mat sums = mat_rows(s->aux, 2, 2);
        const float *shift = row(x, 0);             /* sums of squares lose no digits when the mean is far from 0 */
        column_sums(x, shift, x, shift, sums, t->mem);
        for (int j = 0; j < c; j++) {
            float m = row(sums, 0)[j] / (float)x.n, var = fmaxf(row(sums, 1)[j] / (float)x.n - m * m, 0);
            mean[j] = shift[j] + m;
            rsd[j] = 1 / sqrtf(var + eps);
            float unbiased = var * (float)x.n / (float)(x.n > 1 ? x.n - 1 : 1);
            row(l->run, 0)[j] += .1f * (mean[j] - row(l->run, 0)[j]);
            row(l->run, 1)[j] += .1f * (unbiased - row(l->run, 1)[j]);
        }
    } else {
        for (int j = 0; j < c; j++) {
            mean[j] = row(l->run, 0)[j];
            rsd[j] = 1 / sqrtf(row(l->run, 1)[j] + eps);
        }
    }

    const float *restrict gain = l->w.v.a;
    const float *restrict shift = l->b.v.a;
    PARALLEL_IF(mat_size(x) > WORTH_A_THREAD,
    for (int i = 0; i < x.n; i++) {
        const float *restrict from = row(x, i);
        float *restrict to = row(y, i);
        for (int j = 0; j < c; j++) to[j] = gain[j] * (from[j] - mean[j]) * rsd[j] + shift[j];
    })
    return out;
}

/* Fills the last two rows of aux, once for each dy. */
static void batchnorm_sums(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    if (s->summed) return;
    size_t mark = t->mem->used;
    Mat zero = mat_zeros(t->mem, 1, l->in.c);
    column_sums(mat_pixels(dy, l->in.c), zero.a, mat_pixels(s->x, l->in.c), row(s->aux, 0), mat_rows(s->aux, 2, 2),
                t->mem);
    arena_rewind(t->mem, mark);
    for (int j = 0; j < l->in.c; j++) row(s->aux, 3)[j] *= row(s->aux, 1)[j];     /* sum dy (x - mean) -> sum dy xhat */
    s->summed = true;
}

/* dx = gain / sd (dy - mean(dy) - xhat mean(dy xhat)).
 * With running statistics, which do not depend on x, dx = gain / sd dy. */
static Mat batchnorm_input_grad(Layer *l, Mat dout, LayerTrace *s, Trace *t)
{
    Mat din = mat_new(t->mem, dout.n, dout.d), dx = mat_pixels(din, l->in.c);
    Mat x = mat_pixels(s->x, l->in.c), dy = mat_pixels(dout, l->in.c);
    int c = x.d;
    const float *mean = row(s->aux, 0), *rsd = row(s->aux, 1);
    Mat k = mat_zeros(t->mem, 3, c);                /* dx = k0 dy + k1 + k2 x, per channel */
    if (t->train) batchnorm_sums(l, dout, s, t);
    for (int j = 0; j < c; j++) {
        float scale = l->w.v.a[j] * rsd[j];
        row(k, 0)[j] = scale;
        if (!t->train) continue;
        float mean_dy = row(s->aux, 2)[j] / (float)x.n, mean_product = row(s->aux, 3)[j] / (float)x.n;
        row(k, 2)[j] = -scale * mean_product * rsd[j];
        row(k, 1)[j] = -scale * mean_dy - row(k, 2)[j] * mean[j];
    }
    const float *restrict k0 = row(k, 0);
    const float *restrict k1 = row(k, 1);
    const float *restrict k2 = row(k, 2);
    PARALLEL_IF(mat_size(x) > WORTH_A_THREAD,
    for (int i = 0; i < x.n; i++) {
        const float *restrict xi = row(x, i);
        const float *restrict g = row(dy, i);
        float *restrict to = row(dx, i);
        for (int j = 0; j < c; j++) to[j] = k0[j] * g[j] + k1[j] + k2[j] * xi[j];
    })
    return din;
}

static void batchnorm_param_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    batchnorm_sums(l, dy, s, t);
    mat_add(l->b.g, mat_rows(s->aux, 2, 1));        // dshift += sum dy
    mat_add(l->w.g, mat_rows(s->aux, 3, 1));        // dgain  += sum dy xhat
}

static const LayerType batchnorm_type = {
    "batchnorm", batchnorm_forward, batchnorm_input_grad, batchnorm_param_grad, true};

void net_batchnorm(Net *net)
{
    Shape s = net_out(net);
    Layer *l = net_append(net, &batchnorm_type, s);
    l->w = param_new(net->mem, 1, s.c);
    l->b = param_new(net->mem, 1, s.c);
    l->run = mat_zeros(net->mem, 2, s.c);
    mat_fill(l->w.v, 1);
    mat_fill(mat_rows(l->run, 1, 1), 1);
}

/* ---- instance norm: each sample is a batch of its own, without weights; aux (2 B,c): mean, 1/sd ---- */

/* One sample of n pixels. */
UNROLLED void instance_forward(const float *restrict x, float *restrict y, float *restrict mean, float *restrict rsd,
                               int n, int c)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < c; j++) mean[j] += x[i * c + j];
    for (int j = 0; j < c; j++) mean[j] *= 1 / (float)n;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < c; j++) rsd[j] += (x[i * c + j] - mean[j]) * (x[i * c + j] - mean[j]);
    for (int j = 0; j < c; j++) rsd[j] = 1 / sqrtf(rsd[j] / (float)n + eps);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < c; j++) y[i * c + j] = (x[i * c + j] - mean[j]) * rsd[j];
}

typedef struct { const float *mean, *rsd; float *mean_dy, *mean_product; } Moments;

/* dx = 1/sd (dy - mean(dy) - xhat mean(dy xhat)) = k0 dy + k1 + k2 x; k1 and k2 take the place of the two means */
UNROLLED void instance_backward(const float *restrict x, const float *restrict dy, float *restrict dx, Moments m, int n,
                                int c)
{
    float *restrict k1 = m.mean_dy;
    float *restrict k2 = m.mean_product;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < c; j++) {
            k1[j] += dy[i * c + j];
            k2[j] += dy[i * c + j] * (x[i * c + j] - m.mean[j]);
        }
    for (int j = 0; j < c; j++) {
        k2[j] *= -m.rsd[j] * m.rsd[j] * m.rsd[j] / (float)n;
        k1[j] = -m.rsd[j] * k1[j] / (float)n - k2[j] * m.mean[j];
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < c; j++) dx[i * c + j] = m.rsd[j] * dy[i * c + j] + k1[j] + k2[j] * x[i * c + j];
}

static Mat instancenorm_forward(Layer *l, Mat in, LayerTrace *s, Trace *t)
{
    int c = l->in.c, n = l->in.h * l->in.w;
    Mat out = mat_new(t->mem, in.n, in.d);
    s->aux = mat_zeros(t->mem, 2 * in.n, c);
    PARALLEL_IF(mat_size(in) >= WORTH_A_THREAD,
    for (int b = 0; b < in.n; b++) {
        float *mean = row(s->aux, 2 * b), *rsd = row(s->aux, 2 * b + 1);
        UNROLL(instance_forward, c, row(in, b), row(out, b), mean, rsd, n)
    })
    return out;
}

static Mat instancenorm_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    int c = l->in.c, n = l->in.h * l->in.w;
    Mat dx = mat_new(t->mem, dy.n, dy.d), sums = mat_zeros(t->mem, 2 * dy.n, c);
    PARALLEL_IF(mat_size(dy) >= WORTH_A_THREAD,
    for (int b = 0; b < dy.n; b++) {
        Moments m = {row(s->aux, 2 * b), row(s->aux, 2 * b + 1), row(sums, 2 * b), row(sums, 2 * b + 1)};
        UNROLL(instance_backward, c, row(s->x, b), row(dy, b), row(dx, b), m, n)
    })
    return dx;
}

static const LayerType instancenorm_type = {"instnorm", instancenorm_forward, instancenorm_input_grad, NULL, true};
void net_instancenorm(Net *net) { net_append(net, &instancenorm_type, net_out(net)); }

/* ---- layer norm; aux (B,2): mean, 1/sd ---- */

static Mat layernorm_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    Mat y = mat_new(t->mem, x.n, x.d);
    s->aux = mat_new(t->mem, x.n, 2);
    for (int i = 0; i < x.n; i++) {
        double mean = 0, var = 0;
        for (int j = 0; j < x.d; j++) mean += (double)row(x, i)[j] / x.d;
        for (int j = 0; j < x.d; j++) var += ((double)row(x, i)[j] - mean) * ((double)row(x, i)[j] - mean) / x.d;
        float m = (float)mean, rsd = (float)(1 / sqrt(var + (double)eps));
        row(s->aux, i)[0] = m;
        row(s->aux, i)[1] = rsd;
        for (int j = 0; j < x.d; j++) row(y, i)[j] = l->w.v.a[j] * (row(x, i)[j] - m) * rsd + l->b.v.a[j];
    }
    return y;
}

static Mat layernorm_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    Mat dx = mat_new(t->mem, dy.n, dy.d);
    for (int i = 0; i < dy.n; i++) {
        float mean = row(s->aux, i)[0], rsd = row(s->aux, i)[1];
        double sum = 0, product = 0;                /* means of g = gain dy, and of g xhat */
        for (int j = 0; j < dy.d; j++) {
            double g = (double)(l->w.v.a[j] * row(dy, i)[j]);
            sum += g / dy.d;
            product += g * (double)((row(s->x, i)[j] - mean) * rsd) / dy.d;
        }
        for (int j = 0; j < dy.d; j++) {
            float g = l->w.v.a[j] * row(dy, i)[j], xhat = (row(s->x, i)[j] - mean) * rsd;
            row(dx, i)[j] = rsd * (g - (float)sum - xhat * (float)product);
        }
    }
    return dx;
}

static void layernorm_param_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    for (int i = 0; i < dy.n; i++)
        for (int j = 0; j < dy.d; j++) {
            l->b.g.a[j] += row(dy, i)[j];
            l->w.g.a[j] += row(dy, i)[j] * (row(s->x, i)[j] - row(s->aux, i)[0]) * row(s->aux, i)[1];
        }
}

static const LayerType layernorm_type = {
    "layernorm", layernorm_forward, layernorm_input_grad, layernorm_param_grad, true};

void net_layernorm(Net *net)
{
    Shape s = net_out(net);
    Layer *l = net_append(net, &layernorm_type, s);
    l->w = param_new(net->mem, 1, shape_size(s));
    l->b = param_new(net->mem, 1, shape_size(s));
    mat_fill(l->w.v, 1);
}

/* ---- pixel norm: y = r x with r = 1 / sqrt(mean x^2 + 1e-8); dx = r (dy - y mean(y dy)) ---- */

static Mat pixelnorm_forward(Layer *l, Mat in, LayerTrace *s, Trace *t)
{
    Mat out = mat_new(t->mem, in.n, in.d), x = mat_pixels(in, l->in.c), y = mat_pixels(out, l->in.c);
    s->aux = mat_new(t->mem, x.n, 1);
    for (int i = 0; i < x.n; i++) {
        float square = 0;
        for (int j = 0; j < x.d; j++) square += row(x, i)[j] * row(x, i)[j];
        float r = 1 / sqrtf(square / (float)x.d + 1e-8f);
        s->aux.a[i] = r;
        for (int j = 0; j < x.d; j++) row(y, i)[j] = r * row(x, i)[j];
    }
    return out;
}

static Mat pixelnorm_input_grad(Layer *l, Mat dout, LayerTrace *s, Trace *t)
{
    Mat din = mat_new(t->mem, dout.n, dout.d), dx = mat_pixels(din, l->in.c);
    Mat x = mat_pixels(s->x, l->in.c), dy = mat_pixels(dout, l->in.c);
    for (int i = 0; i < x.n; i++) {
        float r = s->aux.a[i], product = 0;
        for (int j = 0; j < x.d; j++) product += r * row(x, i)[j] * row(dy, i)[j] / (float)x.d;
        for (int j = 0; j < x.d; j++) row(dx, i)[j] = r * (row(dy, i)[j] - r * row(x, i)[j] * product);
    }
    return din;
}

static const LayerType pixelnorm_type = {"pixelnorm", pixelnorm_forward, pixelnorm_input_grad, NULL, true};
void net_pixelnorm(Net *net) { net_append(net, &pixelnorm_type, net_out(net)); }
