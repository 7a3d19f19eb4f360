/* expect: d_loss | wrong | those are sums */
#include "07_gan_1d.h"
#include "version.h"

RIGHT(d_loss);

DLoss d_loss(Mat real, Mat fake, Arena *mem)
{
    DLoss loss = d_loss_right(real, fake, mem);
    double sum = 0;
    for (int i = 0; i < real.n; i++) sum += (double)softplus(-real.a[i]);
    for (int i = 0; i < fake.n; i++) sum += (double)softplus(fake.a[i]);
    loss.value = (float)sum;
    return loss;
}
