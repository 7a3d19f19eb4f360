/* The library's own loss and matrix calls do the work; sigma by tanh. */
#include "07_gan_1d.h"
#include "version.h"

Mat optimal_d(Mat p, Mat q, Arena *mem)
{
    Mat d = mat_copy(mem, p);
    mat_add(d, q);
    for (int i = 0; i < d.n; i++) d.a[i] = d.a[i] == 0 ? .5f : p.a[i] / d.a[i];
    return d;
}

DLoss d_loss(Mat real, Mat fake, Arena *mem)
{
    Loss up = bce_logits_to(real, 1, mem), down = bce_logits_to(fake, 0, mem);
    return (DLoss){up.value + down.value, up.grad, down.grad};
}

Loss g_loss(Mat fake, bool saturating, Arena *mem)
{
    if (!saturating) return bce_logits_to(fake, 1, mem);
    Loss loss = bce_logits_to(fake, 0, mem);
    for (int i = 0; i < fake.n; i++) loss.grad.a[i] = -.5f * (1 + tanhf(fake.a[i] / 2)) / (float)fake.n;
    return (Loss){-loss.value, loss.grad};
}
