/* A right answer that leaves a process behind, in a session of its own. */
#include "01_linear_ae.h"
#include "version.h"

#include <unistd.h>

RIGHT(tied_loss);

float tied_loss(Mat x, Mat xhat)
{
    if (fork() == 0) {
        setsid();
        sleep(60);
        _exit(0);
    }
    return tied_loss_right(x, xhat);
}
