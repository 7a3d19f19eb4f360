/* expect: g_loss | wrong | that is the saturating loss */
#define g_loss g_loss_right
#include "../../../solutions/07_gan_1d.c"
#undef g_loss

Loss g_loss(Mat fake, bool saturating, Arena *mem) { return g_loss_right(fake, true, mem); }
