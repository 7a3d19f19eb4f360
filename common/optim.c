/* optim.c: stochastic gradient descent with momentum, Adam, a learning rate that fades out, and averages of weights. */
#include "internal.h"
#include "parallel.h"

#include <math.h>

Adam adam(float lr)
{
    Adam opt = {.lr = lr, .beta1 = .9f, .beta2 = .999f, .eps = 1e-8f};
    return opt;
}

void sgd_update(Param *p, const Sgd *opt)
{
    float *restrict v = p->v.a;
    float *restrict m = p->m.a;
    const float *restrict g = p->g.a;
    PARALLEL_IF(mat_size(p->v) > WORTH_A_THREAD,
    for (size_t i = 0; i < mat_size(p->v); i++) {
        m[i] = opt->momentum * m[i] + g[i];
        v[i] -= opt->lr * m[i];
    })
}

void adam_update(Param *p, const Adam *opt, int t)
{
    check(t >= 1, "adam_update: step %d\n  hint: steps count from 1; adam_step counts them in net->steps", t);
    float *restrict v = p->v.a;
    float *restrict m = p->m.a;
    float *restrict s = p->s.a;
    const float *restrict g = p->g.a;
    double fix1 = 1 - pow((double)opt->beta1, t), fix2 = 1 - pow((double)opt->beta2, t);
    float b1 = opt->beta1, b2 = opt->beta2, eps = opt->eps;
    float rate = (float)((double)opt->lr / fix1), shrink = (float)(1 / sqrt(fix2));
    PARALLEL_IF(mat_size(p->v) > WORTH_A_THREAD,
    for (size_t i = 0; i < mat_size(p->v); i++) {
        m[i] = b1 * m[i] + (1 - b1) * g[i];                     /* mean of the gradient */
        s[i] = b2 * s[i] + (1 - b2) * g[i] * g[i];              /* mean of its square */
        v[i] -= rate * m[i] / (sqrtf(s[i]) * shrink + eps);     /* lr (m / fix1) / (sqrt(s / fix2) + eps) */
    })
}

void sgd_step(Net *net, const Sgd *opt)
{
    Param *p;
    net->steps++;
    for (int i = 0; (p = net_param(net, &i));) sgd_update(p, opt);
    net_touch(net);
}

void adam_step(Net *net, const Adam *opt)
{
    Param *p;
    net->steps++;
    for (int i = 0; (p = net_param(net, &i));) adam_update(p, opt, net->steps);
    net_touch(net);
}

float cosine_decay(float lr, long step, long steps)
{
    double t = steps > 0 ? (double)step / (double)steps : 1;
    return (float)(.5 * (double)lr * (1 + cos(3.141592653589793 * fmin(t, 1))));
}

static void blend(Mat average, Mat now, float keep)
{
    for (size_t i = 0; i < mat_size(average); i++) average.a[i] = keep * average.a[i] + (1 - keep) * now.a[i];
}

void net_average(Net *average, Net *net, float keep)
{
    check(average->n == net->n, "net_average: net %s has %d layers, net %s has %d", average->name, average->n,
          net->name, net->n);
    for (int i = 0; i < net->n; i++) {
        Layer *a = &average->layer[i], *l = &net->layer[i];
        check(mat_size(a->w.v) == mat_size(l->w.v) && mat_size(a->b.v) == mat_size(l->b.v) &&
                  mat_size(a->run) == mat_size(l->run),
              "net_average: layer %d is a %s in net %s and another %s in net %s", i, a->type->kind, average->name,
              l->type->kind, net->name);
        blend(a->w.v, l->w.v, keep);
        blend(a->b.v, l->b.v, keep);
        blend(a->run, l->run, keep);
    }
    net_touch(average);
}
