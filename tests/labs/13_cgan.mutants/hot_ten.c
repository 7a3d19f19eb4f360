/* expect: one_hot | wrong | as many columns as classes */
#include "13_cgan.h"
#include "slip.h"

Mat one_hot(const uint8_t *label, int n, int classes, Arena *mem)
{
    Mat y = mat_zeros(mem, n, 10 > classes ? classes : 10);
    for (int i = 0; i < n; i++) row(y, i)[label[i] % y.d] = 1;
    return y;
}
