/* expect: tied_loss | crashed | Assertion|assertion */
#include "01_linear_ae.h"
#include "version.h"

#include <assert.h>

RIGHT(tied_loss);

float tied_loss(Mat x, Mat xhat)
{
    assert(x.n == 1000);
    return tied_loss_right(x, xhat);
}
