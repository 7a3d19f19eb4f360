/* expect: g_loss | wrong | that is the slope of the other loss */
#include "07_gan_1d.h"
#include "version.h"

RIGHT(g_loss);

Loss g_loss(Mat fake, bool saturating, Arena *mem)
{
    Loss loss = g_loss_right(fake, saturating, mem);
    loss.grad = g_loss_right(fake, !saturating, mem).grad;
    return loss;
}
