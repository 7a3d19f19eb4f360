/* Loops in place of the library's functions, and traces in another order. */
#include "17_cyclegan.h"
#include "version.h"
#include <math.h>
#include <string.h>

Loss cycle_loss(Mat back, Mat x, Arena *mem)
{
    Loss loss = l1(back, x, mem);
    double sum = 0;
    for (int i = 0; i < x.n; i++)
        for (int k = 0; k < x.d; k++) {
            double a = row(back, i)[k], b = row(x, i)[k];
            sum += a > b ? a - b : b - a;
        }
    loss.value = (float)(sum / x.n / x.d);
    return loss;
}

float identity_loss(Net *net, Mat y, float weight, Arena *mem)
{
    Trace t = trace(mem, TRAIN);
    Mat same = net_forward(net, y, &t), d = mat_new(mem, y.n, y.d);
    double sum = 0, n = (double)mat_size(y);
    for (size_t i = 0; i < mat_size(y); i++) {
        float off = same.a[i] - y.a[i];
        sum += fabs((double)off);
        d.a[i] = off == 0 ? 0 : copysignf(weight, off) / (float)n;
    }
    net_backward(net, d, &t, WRT_BOTH);
    return (float)(sum / n);
}

Loss lsgan_loss(Mat says, float target, Arena *mem)
{
    Mat d = mat_copy(mem, says);
    double sum = 0;
    for (size_t i = 0; i < mat_size(d); i++) {
        d.a[i] -= target;
        sum += pow((double)d.a[i], 2);
    }
    mat_scale(d, 2 / (float)mat_size(d));
    return (Loss){(float)(sum / (double)mat_size(d)), d};
}

CycleganLoss cyclegan_g_total(Net *G, Net *F, Net *D, Mat x, float lambda, float lambda_id, Arena *mem)
{
    CycleganLoss all = {0};
    if (lambda_id != 0) all.identity = identity_loss(F, x, lambda_id, mem);
    Trace g = trace(mem, TRAIN), f = trace(mem, TRAIN), d = trace(mem, TRAIN);
    all.fake = net_forward(G, x, &g);
    Mat back = net_forward(F, all.fake, &f);
    Loss lost = cycle_loss(back, x, mem), fool = lsgan_loss(net_forward(D, all.fake, &d), 1, mem);
    all.cycle = lost.value;
    all.gan = fool.value;
    mat_scale(lost.grad, lambda);
    Mat by_f = net_backward(F, lost.grad, &f, WRT_BOTH), by_d = net_backward(D, fool.grad, &d, WRT_INPUT);
    mat_add(by_f, by_d);
    net_backward(G, by_f, &g, WRT_BOTH);
    all.value = lambda_id * all.identity + lambda * all.cycle + all.gan;
    return all;
}

Mat pool_query(Pool *pool, Mat fake, const bool *swap, const int *at, Arena *mem)
{
    Mat shown = mat_new(mem, fake.n, fake.d);
    for (int i = 0; i < fake.n; i++) {
        bool room = pool->n < pool->kept.n;
        for (int k = 0; k < fake.d; k++) {
            float new = row(fake, i)[k];
            row(shown, i)[k] = new;
            if (room) row(pool->kept, pool->n)[k] = new;
            if (room || pool->n == 0 || !swap[i]) continue;
            row(shown, i)[k] = row(pool->kept, at[i])[k];
            row(pool->kept, at[i])[k] = new;
        }
        pool->n += room;
    }
    return shown;
}
