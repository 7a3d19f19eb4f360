/* Real and fake in one pass of D, as one batch with two targets; G's loss by hand on the logits; coverage mode by mode.
 */
#include "08_gan.h"
#include "version.h"

static double log_sigma(double v) { return v < 0 ? v - log1p(exp(v)) : -log1p(exp(-v)); }

float gan_value(Net *D, Mat real, Mat fake, Arena *mem)
{
    Trace t = trace(mem, TRAIN), u = trace(mem, TRAIN);
    Mat r = net_forward(D, real, &t), f = net_forward(D, fake, &u);
    double up = 0, down = 0;
    for (int i = r.n - 1; i >= 0; i--) up += log_sigma((double)r.a[i]);
    for (int i = f.n - 1; i >= 0; i--) down += log_sigma(-(double)f.a[i]);
    return (float)(up / r.n + down / f.n);
}

float d_step(Net *D, Mat real, Mat fake, const Adam *opt, Arena *mem)
{
    Mat both = mat_new(mem, real.n + fake.n, 2), target = mat_zeros(mem, both.n, 1);
    mat_set(mat_rows(both, 0, fake.n), fake), mat_set(mat_rows(both, fake.n, real.n), real);
    mat_fill(mat_rows(target, fake.n, real.n), 1);
    Trace t = trace(mem, TRAIN);
    Loss L = bce_logits(net_forward(D, both, &t), target, mem);
    mat_scale(L.grad, 2); /* two means, not one */
    net_zero_grad(D);
    net_backward(D, L.grad, &t, WRT_PARAMS);
    adam_step(D, opt);
    return 2 * L.value;
}

float g_step(Net *G, Net *D, Mat z, GLoss loss, const Adam *opt, Arena *mem)
{
    net_zero_grad(G);
    Trace tg = trace(mem, TRAIN), td = trace(mem, TRAIN);
    Mat v = net_forward(D, net_forward(G, z, &tg), &td), dv = mat_new(mem, v.n, 1);
    double sum = 0;
    for (int i = 0; i < v.n; i++) {
        double p = 1 / (1 + exp(-(double)v.a[i]));
        sum += loss == FOOLING ? -log_sigma((double)v.a[i]) : log_sigma(-(double)v.a[i]);
        dv.a[i] = (float)((loss == FOOLING ? p - 1 : -p) / v.n);
    }
    net_backward(G, net_backward(D, dv, &td, WRT_INPUT), &tg, WRT_PARAMS);
    adam_step(G, opt);
    return (float)(sum / v.n);
}

Coverage mode_coverage(const Mixture *m, Mat x)
{
    Coverage c = {0};
    Arena mem = arena_new("coverage", MB(4));
    Mat mean = mat_new(&mem, m->n, 2);
    int *near = arena_alloc(&mem, (size_t)x.n * sizeof *near), total = 0;
    for (int k = 0; k < m->n; k++) row(mean, k)[0] = m->mode[k].mean[0], row(mean, k)[1] = m->mode[k].mean[1];
    mat_nearest(x, mean, near);
    for (int k = 0; k < m->n; k++) {
        int held = 0;
        for (int i = 0; i < x.n; i++)
            held += near[i] == k && hypotf(row(x, i)[0] - row(mean, k)[0], row(x, i)[1] - row(mean, k)[1]) <=
                                        3 * sqrtf(m->mode[k].cov[0]);
        total += held, c.lax += held >= 1, c.strict += 2 * held >= m->mode[k].weight * (float)x.n;
    }
    c.quality = (float)((double)total / x.n);
    arena_free(&mem);
    return c;
}
