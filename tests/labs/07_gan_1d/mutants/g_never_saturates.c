/* expect: g_loss | wrong | that is the loss that does not saturate */
#include "07_gan_1d.h"
#include "version.h"

RIGHT(g_loss);

Loss g_loss(Mat fake, bool saturating, Arena *mem) { return g_loss_right(fake, false, mem); }
