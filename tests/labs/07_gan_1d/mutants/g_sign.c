/* expect: g_loss | wrong | a larger logit lowers G's loss */
#include "07_gan_1d.h"
#include "version.h"

RIGHT(g_loss);

Loss g_loss(Mat fake, bool saturating, Arena *mem)
{
    Loss loss = g_loss_right(fake, saturating, mem);
    mat_scale(loss.grad, -1);
    return loss;
}
