/* expect: bce_loss | wrong | average over it */
#define bce_loss bce_loss_right
#include "../../../solutions/03_deep_ae.c"
#undef bce_loss

Loss bce_loss(Mat logits, Mat target, Arena *mem)
{
    Loss loss = bce_loss_right(logits, target, mem);
    mat_scale(loss.grad, (float)logits.n);
    return loss;
}
