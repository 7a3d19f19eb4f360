/* expect: dense_forward | wrong | the bias is missing */
#include "02_nonlinear_ae.h"
#include "version.h"

Mat dense_forward(Mat x, Mat W, Mat b, Arena *mem)
{ return mat_mul(mem, x, W); }
