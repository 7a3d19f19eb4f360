/* expect: cycle_loss | wrong | both sides counts */
#include "17_cyclegan.h"
#include "slip.h"

Loss cycle_loss(Mat back, Mat x, Arena *mem)
{
    Loss cycle = {.grad = mat_new(mem, x.n, x.d)};
    size_t numbers = mat_size(x);
    double far = 0;
    for (size_t i = 0; i < numbers; i++) {
        float lost = back.a[i] - x.a[i];
        far += (double)lost;
        float sign = (float)((lost > 0) - (lost < 0));
        cycle.grad.a[i] = sign / (float)numbers;
    }
    cycle.value = (float)(far / (double)numbers);
    return cycle;
}
