/* expect: g_loss | wrong | by softplus it does not */
#include "07_gan_1d.h"
#include "version.h"

RIGHT(g_loss);

Loss g_loss(Mat fake, bool saturating, Arena *mem)
{
    Loss loss = g_loss_right(fake, saturating, mem);
    double sum = 0;
    for (int i = 0; i < fake.n; i++) sum += (double)logf(saturating ? 1 - sigma(fake.a[i]) : sigma(fake.a[i])) / fake.n;
    loss.value = (float)(saturating ? sum : -sum);
    return loss;
}
