/* Two ways back through G, one for each who speaks; a fake that is a copy; rows moved by memcpy. */
#include "17_cyclegan.h"
#include "version.h"
#include <string.h>

CycleganLoss cyclegan_g_total(Net *G, Net *F, Net *D, Mat x, float lambda, float lambda_id, Arena *mem)
{
    Trace g = trace(mem, TRAIN), f = trace(mem, TRAIN), d = trace(mem, TRAIN);
    Mat fake = net_forward(G, x, &g), back = net_forward(F, fake, &f);
    Loss cycle = cycle_loss(back, x, mem);
    float lost = cycle.value;
    mat_scale(cycle.grad, lambda);
    Mat sum = mat_zeros(mem, fake.n, fake.d);
    mat_add(sum, net_backward(F, cycle.grad, &f, WRT_BOTH));
    Loss fool = lsgan_loss(net_forward(D, fake, &d), 1, mem);
    mat_add(sum, net_backward(D, fool.grad, &d, WRT_INPUT));
    net_backward(G, sum, &g, WRT_PARAMS);
    float same = lambda_id == 0 ? 0 : identity_loss(F, x, lambda_id, mem);
    return (CycleganLoss){fool.value + lambda * lost + lambda_id * same, fool.value, lost, same, mat_copy(mem, fake)};
}

Mat pool_query(Pool *pool, Mat fake, const bool *swap, const int *at, Arena *mem)
{
    size_t bytes = (size_t)fake.d * sizeof(float);
    Mat shown = mat_new(mem, fake.n, fake.d);
    int i = 0;
    for (; i < fake.n && pool->n < pool->kept.n; i++) {
        memcpy(row(shown, i), row(fake, i), bytes);
        memcpy(row(pool->kept, pool->n++), row(fake, i), bytes);
    }
    for (; i < fake.n; i++) {
        bool old = pool->kept.n && swap[i];
        memcpy(row(shown, i), old ? row(pool->kept, at[i]) : row(fake, i), bytes);
        if (old) memcpy(row(pool->kept, at[i]), row(fake, i), bytes);
    }
    return shown;
}
