/* expect: bce_loss | wrong | not finite */
#include "03_deep_ae.h"
#include "version.h"

Loss bce_loss(Mat logits, Mat target, Arena *mem)
{
    Loss loss = {.grad = mat_new(mem, logits.n, logits.d)};
    double sum = 0;
    for (size_t i = 0; i < mat_size(logits); i++) {
        float p = 1 / (1 + expf(-logits.a[i])), t = target.a[i];
        sum -= (double)(t * logf(p) + (1 - t) * logf(1 - p));
        loss.grad.a[i] = (p - t) / (float)logits.n;
    }
    loss.value = (float)(sum / logits.n);
    return loss;
}
