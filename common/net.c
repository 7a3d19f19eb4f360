/* net.c: a net is a flat list of layers. Forward walks it up, backward down; a Trace holds what lies between.
 *
 * One Trace per use of a net: a discriminator that sees real and fake images in one step has two traces and one set of
 * weights.
 */
#include "gen.h"

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
          "  hint: every net_save needs its net_join or net_add, every net_roll its net_unroll",
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

static void maps_row(Csv *csv, const char *net, const char *kind, Shape s)
{
    csv_row(csv, "%s,%s,%d,%d,%d", net, kind, s.h, s.w, s.c);
}

void net_maps(const Net *net, Csv *csv)
{
    maps_row(csv, net->name, "input", net_in(net));
    for (int i = 0; i < net->n; i++)
        if (memcmp(&net->layer[i].in, &net->layer[i].out, sizeof(Shape)))
            maps_row(csv, net->name, net->layer[i].type->kind, net->layer[i].out);
}

void net_summary(const Net *net, Csv *csv)
{
    for (int i = 0; i < net->n; i++)
        csv_row(csv, "%s,%s%d,%d,%d", net->name, net->layer[i].type->kind, i, shape_size(net->layer[i].in),
                shape_size(net->layer[i].out));
}

static const char *weight_file(const Net *net, int i, const char *what, char *buf, size_t size)
{
    snprintf(buf, size, "%s.%s%d.%s.npy", net->name, net->layer[i].type->kind, i, what);
    return buf;
}

void net_write(Net *net, const char *dir)
{
    char file[160];
    make_dir(dir);
    for (int i = 0; i < net->n; i++) {
        Layer *l = &net->layer[i];
        if (l->w.v.a) npy_write(dir, weight_file(net, i, "weight", file, sizeof file), l->w.v);
        if (l->b.v.a) npy_write(dir, weight_file(net, i, "bias", file, sizeof file), l->b.v);
        if (l->run.a) npy_write(dir, weight_file(net, i, "running", file, sizeof file), l->run);
    }
}

static void read_param(const Net *net, int i, const char *what, Mat into, const char *dir)
{
    char file[160];
    size_t mark = net->mem->used;
    Mat got = npy_read(dir, weight_file(net, i, what, file, sizeof file), net->mem);
    check(got.n == into.n && got.d == into.d,
          "%s/%s: holds (%d,%d), the net wants (%d,%d)\n  hint: was it written by another version of the lab?", dir,
          file, got.n, got.d, into.n, into.d);
    memcpy(into.a, got.a, mat_size(into) * sizeof *into.a);
    arena_rewind(net->mem, mark);
}

void net_read(Net *net, const char *dir)
{
    for (int i = 0; i < net->n; i++) {
        Layer *l = &net->layer[i];
        if (l->w.v.a) read_param(net, i, "weight", l->w.v, dir);
        if (l->b.v.a) read_param(net, i, "bias", l->b.v, dir);
        if (l->run.a) read_param(net, i, "running", l->run, dir);
    }
    net_touch(net);
}

/* ---- brackets: skip connections on a flat list ----
 * Forward:  save pushes its input; join and add pop it.  Backward: join and add push the saved half's gradient; save
 *           pops it and adds it to what came through the inner layers. Two paths out of one point: their gradients
 *           add up. */

static void push(Trace *t, Mat x)
{
    check(t->depth < STACK, "brackets nest deeper than %d", STACK);
    t->stack[t->depth++] = x;
}

static Mat save_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    push(t, x);
    return x;
}

static Mat save_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    Mat dx = mat_copy(t->mem, dy);
    mat_add(dx, t->stack[--t->depth]);
    return dx;
}

/* Channels are joined pixel by pixel. */
static Mat join_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    Mat saved = t->stack[--t->depth];
    s->aux = saved;
    Mat y = mat_join(t->mem, mat_pixels(saved, l->out.c - l->in.c), mat_pixels(x, l->in.c));
    return mat_reshape(y, x.n, shape_size(l->out));
}

static Mat join_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    Mat dsaved = mat_new(t->mem, s->aux.n, s->aux.d), dx = mat_new(t->mem, s->x.n, s->x.d);
    mat_split(mat_pixels(dy, l->out.c), mat_pixels(dsaved, l->out.c - l->in.c), mat_pixels(dx, l->in.c));
    push(t, dsaved);
    return dx;
}

static Mat add_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    Mat y = mat_copy(t->mem, x);
    mat_add(y, t->stack[--t->depth]);
    return y;
}

static Mat add_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    push(t, dy);
    return dy;
}

/* ---- rolled, and rolled back: what leaves on one side comes in on the other ----
 * Forward: roll draws how far (B,2), keeps it and pushes it; unroll pops it and keeps it, too. Backward each goes by
 * what it kept, the other way. */

/* Each picture down and to the right by as many pixels as `by` (n,2) says, times sign. */
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
    push(t, s->aux);
    return rolled(x, l->in, s->aux, 1, t->mem);
}

static Mat unroll_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    if (!t->train) return x;
    s->aux = t->stack[--t->depth];
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
static const LayerType save_type = {"save", save_forward, save_input_grad, NULL, false};
static const LayerType join_type = {"join", join_forward, join_input_grad, NULL, false};
static const LayerType add_type = {"add", add_forward, add_input_grad, NULL, false};

static Layer *open_bracket(Net *net, const LayerType *type)
{
    check(net->depth < STACK, "net %s: brackets nest deeper than %d", net->name, STACK);
    net->open[net->depth++] = net->n;
    return net_append(net, type, net_out(net));
}

void net_save(Net *net) { open_bracket(net, &save_type); }

/* The shape that the bracket's opener, of that type, was given. */
static Shape close_bracket(Net *net, const char *who, const LayerType *opener)
{
    check(net->depth > 0, "net %s: %s without a net_%s before it", net->name, who, opener->kind);
    const Layer *l = &net->layer[net->open[net->depth - 1]];
    check(l->type == opener, "net %s: %s would close a net_%s", net->name, who, l->type->kind);
    net->depth--;
    return l->in;
}

void net_join(Net *net)
{
    Shape saved = close_bracket(net, "net_join", &save_type), now = net_out(net);
    check(saved.h == now.h && saved.w == now.w, "net %s: net_join of %dx%d and %dx%d maps", net->name, saved.h, saved.w,
          now.h, now.w);
    net_append(net, &join_type, (Shape){now.h, now.w, saved.c + now.c});
}

void net_add(Net *net)
{
    Shape saved = close_bracket(net, "net_add", &save_type), now = net_out(net);
    check(saved.h == now.h && saved.w == now.w && saved.c == now.c, "net %s: net_add of %dx%dx%d and %dx%dx%d",
          net->name, saved.h, saved.w, saved.c, now.h, now.w, now.c);
    net_append(net, &add_type, now);
}

void net_roll(Net *net, int most, Rng *rng)
{
    Shape s = net_out(net);
    check(most >= 0 && most < s.h && most < s.w, "net %s: to roll %dx%d maps by %d pixels", net->name, s.h, s.w, most);
    Layer *l = open_bracket(net, &roll_type);
    l->pad = most;
    l->rng = rng;
}

void net_unroll(Net *net)
{
    Shape before = close_bracket(net, "net_unroll", &roll_type), now = net_out(net);
    check(before.h == now.h && before.w == now.w, "net %s: net_unroll of %dx%d and %dx%d maps", net->name, before.h,
          before.w, now.h, now.w);
    net_append(net, &unroll_type, now);
}
