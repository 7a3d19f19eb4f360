/* expect: bce_loss | wrong | sum over pixels */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(bce_loss);

Loss bce_loss(Mat logits, Mat target, Arena *mem)
{
    Loss loss = bce_loss_right(logits, target, mem);
    loss.value /= (float)logits.d;
    mat_scale(loss.grad, 1 / (float)logits.d);
    return loss;
}
