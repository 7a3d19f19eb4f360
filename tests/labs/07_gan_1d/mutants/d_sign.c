/* expect: d_loss | wrong | a larger logit of a real point lowers the loss */
#include "07_gan_1d.h"
#include "version.h"

RIGHT(d_loss);

DLoss d_loss(Mat real, Mat fake, Arena *mem)
{
    DLoss loss = d_loss_right(real, fake, mem);
    mat_scale(loss.dreal, -1);
    return loss;
}
