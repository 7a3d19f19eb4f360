/* expect: tied_loss | stopped | does not exit */
#define tied_loss tied_loss_right
#include "../../../solutions/01_linear_ae.c"
#undef tied_loss

#include <stdlib.h>
float tied_loss(Mat x, Mat xhat) { exit(0); }
