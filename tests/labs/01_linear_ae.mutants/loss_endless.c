/* expect: tied_loss | timed out | loop */
#define tied_loss tied_loss_right
#include "../../../solutions/01_linear_ae.c"
#undef tied_loss

float tied_loss(Mat x, Mat xhat)
{
    volatile float sum = 0;
    for (unsigned i = 0; i < 10; i = (i + 1) % 10) sum += 1;
    return sum;
}
