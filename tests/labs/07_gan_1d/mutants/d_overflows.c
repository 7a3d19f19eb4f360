/* expect: d_loss | wrong | softplus(v) never is */
#include "07_gan_1d.h"
#include "version.h"

RIGHT(d_loss);

DLoss d_loss(Mat real, Mat fake, Arena *mem)
{
    DLoss loss = d_loss_right(real, fake, mem);
    double sum = 0;
    for (int i = 0; i < real.n; i++) sum -= (double)logf(sigma(real.a[i])) / real.n;
    for (int i = 0; i < fake.n; i++) sum -= (double)logf(1 - sigma(fake.a[i])) / fake.n;
    loss.value = (float)sum;
    return loss;
}
