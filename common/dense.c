/* dense.c: the fully connected layer and the activations. Backward stands under forward. */
#include "gen.h"
#include "parallel.h"
#include "vmath.h"

#include <math.h>

/* ---- y = x W + b ---- */

static Mat dense_forward(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    Mat y = mat_mul(t->mem, x, l->w.v);             // (B, in) (in, out) -> (B, out)
    if (l->b.v.a) mat_add_row(y, l->b.v);
    return y;
}

static Mat dense_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    return mat_mul_nt(t->mem, dy, l->w.v);          // dx = dy W^T
}

static void dense_param_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)
{
    mat_gemm(l->w.g, 1, s->x, true, dy, false, 1);  // dW += x^T dy
    if (l->b.g.a) mat_add_column_sums(l->b.g, dy);  // db += column sums of dy
}

static const LayerType dense_type = {"dense", dense_forward, dense_input_grad, dense_param_grad, true};

static Layer *dense(Net *net, int out, float sd, Rng *rng)
{
    check(out > 0, "net %s: a dense layer with %d outputs", net->name, out);
    Shape from = net_out(net);
    Layer *l = net_append(net, &dense_type, (Shape){1, 1, out});
    l->w = param_new(net->mem, shape_size(from), out);
    mat_normal(l->w.v, sd, rng);
    return l;
}

void net_dense(Net *net, int out, Rng *rng)
{
    Layer *l = dense(net, out, sqrtf(2.f / (float)shape_size(net_out(net))), rng);
    l->b = param_new(net->mem, 1, out);
}

void net_linear(Net *net, int out, float sd, Rng *rng) { dense(net, out, sd, rng); }

/* ---- activations: a function never travels without its derivative, here as a function of the output y ---- Where a
 * neighbour has no more use for its buffer (slot->reuse), the result overwrites it and memory is touched once less. */

#define ACTIVATION(name, value, derivative)                                                                        \
    static Mat name##_forward(Layer *l, Mat in, LayerTrace *s, Trace *t)                                           \
    {                                                                                                              \
        Mat out = s->reuse ? in : mat_new(t->mem, in.n, in.d);                                                     \
        const float slope = l->slope;                                                                              \
        PARALLEL_IF(mat_size(in) > WORTH_A_THREAD,                                                                 \
        for (size_t i = 0; i < mat_size(in); i++) { const float x = in.a[i]; out.a[i] = (value); })                \
        return (void)slope, out;                                                                                   \
    }                                                                                                              \
    static Mat name##_input_grad(Layer *l, Mat dy, LayerTrace *s, Trace *t)                                        \
    {                                                                                                              \
        Mat dx = s->reuse ? dy : mat_new(t->mem, dy.n, dy.d), out = s->y;                                          \
        const float slope = l->slope;                                                                              \
        PARALLEL_IF(mat_size(dy) > WORTH_A_THREAD,                                                                 \
        for (size_t i = 0; i < mat_size(dy); i++) { const float y = out.a[i]; dx.a[i] = dy.a[i] * (derivative); }) \
        return (void)slope, dx;                                                                                    \
    }                                                                                                              \
    static const LayerType name##_type = {#name, name##_forward, name##_input_grad, NULL, false};

ACTIVATION(relu, x<0 ? 0 : x, y> 0 ? 1 : 0) /* written so that a NaN comes through and is seen */
ACTIVATION(lrelu,   x > 0 ? x : slope * x,      y > 0 ? 1 : slope)
ACTIVATION(tanh,    vm_tanh(x),                 1 - y * y)
ACTIVATION(sigmoid, vm_sigmoid(x),              y * (1 - y))

void net_relu(Net *net) { net_append(net, &relu_type, net_out(net)); }
void net_tanh(Net *net) { net_append(net, &tanh_type, net_out(net)); }
void net_sigmoid(Net *net) { net_append(net, &sigmoid_type, net_out(net)); }
void net_lrelu(Net *net, float slope)
{
    check(slope > 0 && slope < 1, "net %s: a leaky ReLU's slope lies between 0 and 1, not at %g", net->name,
          (double)slope);
    net_append(net, &lrelu_type, net_out(net))->slope = slope;
}
