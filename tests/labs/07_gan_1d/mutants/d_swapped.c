/* expect: d_loss | wrong | changed places */
#include "07_gan_1d.h"
#include "version.h"

RIGHT(d_loss);

DLoss d_loss(Mat real, Mat fake, Arena *mem)
{
    DLoss loss = d_loss_right(fake, real, mem);
    return (DLoss){loss.value, loss.dfake, loss.dreal};
}
