/* expect: bce_loss | wrong | cancels */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(bce_loss);

Loss bce_loss(Mat logits, Mat target, Arena *mem)
{
    Loss loss = bce_loss_right(logits, target, mem);
    for (size_t i = 0; i < mat_size(logits); i++) {
        float e = expf(-fabsf(logits.a[i]));
        loss.grad.a[i] *= (1 + e) * (1 + e) / e;
    }
    return loss;
}
