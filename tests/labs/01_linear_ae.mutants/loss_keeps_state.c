/* expect: tied_loss | wrong | different results */
#define tied_loss tied_loss_right
#include "../../../solutions/01_linear_ae.c"
#undef tied_loss

float tied_loss(Mat x, Mat xhat)
{
    static float sum;
    return sum += tied_loss_right(x, xhat);
}
