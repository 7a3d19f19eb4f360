/* expect: d_loss | wrong | a larger logit of a real point lowers the loss */
#define d_loss d_loss_right
#include "../../../solutions/07_gan_1d.c"
#undef d_loss

DLoss d_loss(Mat real, Mat fake, Arena *mem)
{
    DLoss loss = d_loss_right(real, fake, mem);
    mat_scale(loss.dreal, -1);
    return loss;
}
