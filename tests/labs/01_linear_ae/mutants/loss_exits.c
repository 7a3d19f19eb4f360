/* expect: tied_loss | stopped | does not exit */
#include "01_linear_ae.h"
#include "version.h"

float tied_loss(Mat x, Mat xhat) { exit(0); }
