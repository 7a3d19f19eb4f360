/* expect: tied_loss | timed out | loop */
#include "01_linear_ae.h"
#include "version.h"

float tied_loss(Mat x, Mat xhat)
{
    volatile float sum = 0;
    for (unsigned i = 0; i < 10; i = (i + 1) % 10) sum += 1;
    return sum;
}
