/* expect: cycle_loss | wrong | add up in a double */
#include "17_cyclegan.h"
#include "version.h"

Loss cycle_loss(Mat back, Mat x, Arena *mem)
{
    Loss cycle = {.grad = mat_new(mem, x.n, x.d)};
    size_t numbers = mat_size(x);
    float far = 0;
    for (size_t i = 0; i < numbers; i++) {
        float lost = back.a[i] - x.a[i];
        far += fabsf(lost);
        float sign = (float)((lost > 0) - (lost < 0));
        cycle.grad.a[i] = sign / (float)numbers;
    }
    cycle.value = (float)(far / (float)numbers);
    return cycle;
}
