/* expect: lsgan_loss | wrong | add up in a double */
#include "17_cyclegan.h"
#include "version.h"

Loss lsgan_loss(Mat says, float target, Arena *mem)
{
    Loss loss = {.grad = mat_new(mem, says.n, says.d)};
    size_t marks = mat_size(says);
    float sum = 0;
    for (size_t i = 0; i < marks; i++) {
        float off = says.a[i] - target;
        sum += off * off;
        loss.grad.a[i] = 2 * off / (float)marks;
    }
    loss.value = (float)(sum / (float)marks);
    return loss;
}
