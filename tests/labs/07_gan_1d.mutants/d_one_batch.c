/* expect: d_loss | wrong | a batch of their own */
#define d_loss d_loss_right
#include "../../../solutions/07_gan_1d.c"
#undef d_loss

DLoss d_loss(Mat real, Mat fake, Arena *mem)
{
    DLoss loss = d_loss_right(real, fake, mem);
    mat_scale(loss.dfake, (float)fake.n / (float)real.n);
    return loss;
}
