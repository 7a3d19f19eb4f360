/* expect: tied_grad | wrong | sign */
#include "01_linear_ae.h"
#include "version.h"

RIGHT(tied_grad);

Mat tied_grad(Mat x, Mat z, Mat xhat, Mat W, Arena *mem)
{
    Mat dW = tied_grad_right(x, z, xhat, W, mem);
    mat_scale(dW, -1);
    return dW;
}
