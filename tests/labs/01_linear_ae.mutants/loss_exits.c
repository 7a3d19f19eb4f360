/* expect: tied_loss | stopped | does not exit */
#include "01_linear_ae.h"
#include "slip.h"

float tied_loss(Mat x, Mat xhat) { exit(0); }
