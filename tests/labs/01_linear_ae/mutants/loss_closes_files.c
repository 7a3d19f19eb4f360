/* expect: tied_loss | stopped | closes no files */
#include "01_linear_ae.h"
#include "version.h"

#include <unistd.h>

RIGHT(tied_loss);

float tied_loss(Mat x, Mat xhat)
{
    for (int fd = 0; fd < 64; fd++) close(fd);
    return tied_loss_right(x, xhat);
}
