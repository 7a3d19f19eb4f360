/* optim.c: stochastic gradient descent with momentum, Adam, and a learning rate that fades out. */
#include "gen.h"

#include <math.h>

Adam adam(float lr) { return (Adam){.lr = lr, .beta1 = .9f, .beta2 = .999f, .eps = 1e-8f}; }

void sgd_update(Param *p, const Sgd *opt)
{
    float *v = p->v.a, *m = p->m.a;
    const float *g = p->g.a;
    for (size_t i = 0; i < mat_size(p->v); i++) {
        m[i] = opt->momentum * m[i] + g[i];
        v[i] -= opt->lr * m[i];
    }
}

void adam_update(Param *p, const Adam *opt)
{
    check(opt->t >= 1, "adam_update: the step counter t is %d\n  hint: count it before the first update; adam_step does", opt->t);
    float *v = p->v.a, *m = p->m.a, *s = p->s.a;
    const float *g = p->g.a;
    float fix1 = (float)(1 - pow((double)opt->beta1, opt->t)), fix2 = (float)(1 - pow((double)opt->beta2, opt->t));
    for (size_t i = 0; i < mat_size(p->v); i++) {
        m[i] = opt->beta1 * m[i] + (1 - opt->beta1) * g[i];             /* mean of the gradient */
        s[i] = opt->beta2 * s[i] + (1 - opt->beta2) * g[i] * g[i];      /* mean of its square */
        v[i] -= opt->lr * (m[i] / fix1) / (sqrtf(s[i] / fix2) + opt->eps);
    }
}

void sgd_step(Net *net, const Sgd *opt)
{
    Param *p;
    for (int i = 0; (p = net_param(net, &i));) sgd_update(p, opt);
    net_touch(net);
}

void adam_step(Net *net, Adam *opt)
{
    Param *p;
    opt->t++;
    for (int i = 0; (p = net_param(net, &i));) adam_update(p, opt);
    net_touch(net);
}

float cosine_decay(float lr, long step, long steps)
{
    double t = steps > 0 ? (double)step / (double)steps : 1;
    return (float)(.5 * (double)lr * (1 + cos(3.141592653589793 * fmin(t, 1))));
}
