/* expect: tied_loss | wrong | sum over features */
#define tied_loss tied_loss_right
#include "../../../solutions/01_linear_ae.c"
#undef tied_loss

float tied_loss(Mat x, Mat xhat) { return tied_loss_right(x, xhat) / (float)x.d; }
