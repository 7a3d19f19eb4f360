/* expect: l1_loss | wrong | over the batch, too */
#include "16_pix2pix.h"
#include "slip.h"

Loss l1_loss(Mat y, Mat truth, Arena *mem)
{
    Loss loss = {.grad = mat_new(mem, y.n, y.d)};
    float one = 1 / (float)mat_size(y);
    double sum = 0;
    for (size_t i = 0; i < mat_size(y); i++) {
        float off = y.a[i] - truth.a[i];
        sum += fabs((double)off);
        loss.grad.a[i] = off == 0 ? 0 : copysignf(one, off);
    }
    loss.value = (float)(sum / y.d);
    return loss;
}
