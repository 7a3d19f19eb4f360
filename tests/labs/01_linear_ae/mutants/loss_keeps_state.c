/* expect: tied_loss | wrong | different results */
#include "01_linear_ae.h"
#include "version.h"

RIGHT(tied_loss);

float tied_loss(Mat x, Mat xhat)
{
    static float sum;
    return sum += tied_loss_right(x, xhat);
}
