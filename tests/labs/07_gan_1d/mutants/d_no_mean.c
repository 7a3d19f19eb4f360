/* expect: d_loss | wrong | the mean's 1/B is missing */
#include "07_gan_1d.h"
#include "version.h"

RIGHT(d_loss);

DLoss d_loss(Mat real, Mat fake, Arena *mem)
{
    DLoss loss = d_loss_right(real, fake, mem);
    mat_scale(loss.dreal, (float)real.n), mat_scale(loss.dfake, (float)fake.n);
    return loss;
}
