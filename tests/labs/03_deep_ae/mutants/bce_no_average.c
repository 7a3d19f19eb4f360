/* expect: bce_loss | wrong | average over it */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(bce_loss);

Loss bce_loss(Mat logits, Mat target, Arena *mem)
{
    Loss loss = bce_loss_right(logits, target, mem);
    mat_scale(loss.grad, (float)logits.n);
    return loss;
}
