/* expect: tied_loss | wrong | sum over features */
#include "01_linear_ae.h"
#include "version.h"

RIGHT(tied_loss);

float tied_loss(Mat x, Mat xhat) { return tied_loss_right(x, xhat) / (float)x.d; }
