/* net.c: a net is a flat list of layers. Forward walks it up, backward down; a Trace holds what lies between.
 *
 * One Trace per use of a net: a discriminator that sees real and fake images in one step has two traces and one set of
 * weights.
 */
#include "internal.h"

#include <stdio.h>
#include <string.h>

/* ---- building ---- */

Net net_new(const char *name, Shape in, Arena *mem)
{
    enum { ROOM = 64 };
    check(in.h > 0 && in.w > 0 && in.c > 0, "net %s: an input of %d x %d x %d is not a shape", name, in.h, in.w, in.c);
    Net net = {.name = name, .mem = mem, .room = ROOM};
    net.layer = arena_alloc(mem, (ROOM + 1) * sizeof *net.layer);
    net.layer[0] = (Layer){.in = in, .out = in};    /* so that an empty net knows its shape */
    return net;
}

Shape net_in(const Net *net) { return net->layer[0].in; }
Shape net_out(const Net *net) { return net->n ? net->layer[net->n - 1].out : net->layer[0].in; }

Layer *net_append(Net *net, const LayerType *type, Shape out)
{
    check(net->n < net->room, "net %s: more than %d layers", net->name, net->room);
    Shape in = net_out(net);
    Layer *l = &net->layer[net->n++];
    *l = (Layer){.type = type, .in = in, .out = out};
    return l;
}

Param param_new(Arena *mem, int n, int d)
{
    Param p;
    p.v = mat_zeros(mem, n, d);
    p.g = mat_zeros(mem, n, d);
    p.m = mat_zeros(mem, n, d);
    p.s = mat_zeros(mem, n, d);
    return p;
}

/* ---- using ---- */

Trace trace(Arena *mem, Mode mode)
{
    Trace t = {.mem = mem, .train = mode == TRAIN};
    return t;
}

Mat net_forward(Net *net, Mat x, Trace *t)
{
    check(!net->depth,
          "net %s: a bracket is still open\n"
          "  hint: every net_save needs its net_join, every net_roll its net_unroll",
          net->name);
    t->net = net;
    t->version = net->version;
    t->depth = 0;
    t->slot = arena_alloc(t->mem, (size_t)net->n * sizeof *t->slot);
    for (int i = 0; i < net->n; i++) {
        Layer *l = &net->layer[i];
        check(x.d == shape_size(l->in), "net %s, layer %d (%s): got %d features, want %d = %d x %d x %d", net->name, i,
              l->type->kind, x.d, shape_size(l->in), l->in.h, l->in.w, l->in.c);
        t->slot[i] = (LayerTrace){.x = x, .reuse = i > 0 && l[-1].type->lends};
        x = l->type->forward(l, x, &t->slot[i], t);
        t->slot[i].y = x;
    }
    return x;
}

Mat net_backward(Net *net, Mat dy, Trace *t, int wrt)
{
    check(t->slot, "net %s: backward with a trace that no forward pass has filled", net->name);
    check(t->net == net, "net %s: backward with a trace of net %s\n  hint: every use of a net has its own trace",
          net->name, t->net->name);
    check(t->version == net->version, "net %s: stale trace, the weights moved since this forward pass\n"
          "  hint: run net_forward again, or step the optimiser after the last net_backward", net->name);
    t->depth = 0;
    for (int i = net->n - 1; i >= 0; i--) {
        Layer *l = &net->layer[i];
        check(dy.n == t->slot[i].y.n && dy.d == shape_size(l->out),
              "net %s, layer %d (%s): a gradient (%d,%d) for an output (%d,%d)", net->name, i, l->type->kind, dy.n,
              dy.d, t->slot[i].y.n, shape_size(l->out));
        t->slot[i].reuse = i + 1 < net->n && l[1].type->lends;
        t->slot[i].summed = false;
        if ((wrt & WRT_PARAMS) && l->type->param_grad) l->type->param_grad(l, dy, &t->slot[i], t);
        if (i > 0 || (wrt & WRT_INPUT)) dy = l->type->input_grad(l, dy, &t->slot[i], t);
    }
    return wrt & WRT_INPUT ? dy : (Mat){0};
}

Mat net_eval(Net *net, Mat x, Arena *mem)
{
    Mat y = mat_new(mem, x.n, shape_size(net_out(net)));
    for (Slab s = slabs(x.n, 500, mem); slab_next(&s);) {
        Trace t = trace(mem, EVAL);
        mat_set(mat_rows(y, s.first, s.n), net_forward(net, mat_rows(x, s.first, s.n), &t));
    }
    return y;
}

/* ---- weights ---- */

Param *net_param(Net *net, int *i)                  /* *i counts 2 per layer: weight, bias */
{
    while (*i < 2 * net->n) {
        Layer *l = &net->layer[*i / 2];
        Param *p = *i % 2 ? &l->b : &l->w;
        *i += 1;
        if (p->v.a) return p;
    }
    return NULL;
}

void net_zero_grad(Net *net)
{
    Param *p;
    for (int i = 0; (p = net_param(net, &i));) memset(p->g.a, 0, mat_size(p->g) * sizeof *p->g.a);
}

void net_touch(Net *net) { net->version++; }

size_t net_weights(Net *net)
{
    size_t sum = 0;
    Param *p;
    for (int i = 0; (p = net_param(net, &i));) sum += mat_size(p->v);
    return sum;
}

static double layer_multiply_adds(const Layer *l)
{
    double weights = (double)mat_size(l->w.v);
    if (!strcmp(l->type->kind, "dense")) return weights;
    if (!strcmp(l->type->kind, "conv")) return l->out.h * l->out.w * weights;
    if (!strcmp(l->type->kind, "convt")) return l->in.h * l->in.w * weights;
    return 0;
}

double net_multiply_adds(const Net *net)
{
    double sum = 0;
    for (int i = 0; i < net->n; i++) sum += layer_multiply_adds(&net->layer[i]);
    return sum;
}

void net_init_normal(Net *net, float sd, Rng *rng)
{
    for (int i = 0; i < net->n; i++)
        if (net->layer[i].w.v.a && !strstr(net->layer[i].type->kind, "norm")) mat_normal(net->layer[i].w.v, sd, rng);
    net_touch(net);
}

static const char *shape_text(Shape s, char *buf, size_t size)
{
    if (s.h == 1 && s.w == 1) snprintf(buf, size, "%d", s.c);
    else snprintf(buf, size, "%dx%dx%d", s.h, s.w, s.c);
    return buf;
}

void net_print(Net *net)
{
    char in[40], out[40];
    printf("%s: %zu weights\n", net->name, net_weights(net));
    for (int i = 0; i < net->n; i++) {
        const Layer *l = &net->layer[i];
        size_t weights = mat_size(l->w.v) + mat_size(l->b.v);
        printf("  %-10s %s -> %s", l->type->kind, shape_text(l->in, in, sizeof in),
               shape_text(l->out, out, sizeof out));
        if (l->kernel) printf("  %dx%d/%d", l->kernel, l->kernel, l->stride);
        if (weights) printf("  %zu weights", weights);
        putchar('\n');
    }
}
