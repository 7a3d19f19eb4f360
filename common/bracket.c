/* bracket.c: pairs of layers on a flat list, such as a skip connection: what opens a bracket, what closes it.
 *
 * Forward:  save pushes its input; join pops it and concatenates.
 * Backward: join pushes the saved half's gradient; save pops it and adds it to what came through the inner layers. The
 *           input has two paths to the loss, and their gradients add up.
 */
#include "internal.h"

/* ---- what every bracket needs ---- */

void bracket_push(Trace *t, Mat x)
{
    check(t->depth < STACK, "brackets nest deeper than %d", STACK);
    t->stack[t->depth++] = x;
}

Mat bracket_pop(Trace *t) { return t->stack[--t->depth]; }

Layer *bracket_open(Net *net, const LayerType *type)
{
    check(net->depth < STACK, "net %s: brackets nest deeper than %d", net->name, STACK);
    net->open[net->depth++] = net->n;
    return net_append(net, type, net_out(net));
}

Shape bracket_close(Net *net, const char *function, const LayerType *opener)
{
    check(net->depth > 0, "net %s: %s without a net_%s before it", net->name, function, opener->kind);
    const Layer *l = &net->layer[net->open[net->depth - 1]];
    check(l->type == opener, "net %s: %s would close a net_%s", net->name, function, l->type->kind);
    net->depth--;
    return l->in;
}

/* ---- save ... join ---- */

static Mat save_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    bracket_push(t, x);
    return x;
}

static Mat save_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    Mat dx = mat_copy(t->mem, dy);
    mat_add(dx, bracket_pop(t));
    return dx;
}

/* Channels are joined pixel by pixel. */
static Mat join_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    Mat saved = bracket_pop(t);
    s->aux = saved;
    Mat y = mat_join(t->mem, mat_pixels(saved, l->out.c - l->in.c), mat_pixels(x, l->in.c));
    return mat_reshape(y, x.n, shape_size(l->out));
}

static Mat join_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    Mat dsaved = mat_new(t->mem, s->aux.n, s->aux.d), dx = mat_new(t->mem, s->x.n, s->x.d);
    mat_split(mat_pixels(dy, l->out.c), mat_pixels(dsaved, l->out.c - l->in.c), mat_pixels(dx, l->in.c));
    bracket_push(t, dsaved);
    return dx;
}

static const LayerType save_type = {"save", save_forward, save_input_grad, NULL, false};
static const LayerType join_type = {"join", join_forward, join_input_grad, NULL, false};

void net_save(Net *net) { bracket_open(net, &save_type); }

void net_join(Net *net)
{
    Shape saved = bracket_close(net, "net_join", &save_type), now = net_out(net);
    check(saved.h == now.h && saved.w == now.w, "net %s: net_join of %dx%d and %dx%d maps", net->name, saved.h, saved.w,
          now.h, now.w);
    net_append(net, &join_type, (Shape){now.h, now.w, saved.c + now.c});
}
