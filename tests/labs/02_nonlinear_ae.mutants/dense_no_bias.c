/* expect: dense_forward | wrong | the bias is missing */
#define dense_forward dense_forward_right
#include "../../../solutions/02_nonlinear_ae.c"
#undef dense_forward

Mat dense_forward(Mat x, Mat W, Mat b, Arena *mem)
{ return mat_mul(mem, x, W); }
