/* expect: d_loss | wrong | changed places */
#define d_loss d_loss_right
#include "../../../solutions/07_gan_1d.c"
#undef d_loss

DLoss d_loss(Mat real, Mat fake, Arena *mem)
{
    DLoss loss = d_loss_right(fake, real, mem);
    return (DLoss){loss.value, loss.dfake, loss.dreal};
}
