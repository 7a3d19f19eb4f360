/* expect: one_hot | wrong | classes have no order */
#include "13_cgan.h"
#include "slip.h"

Mat one_hot(const uint8_t *label, int n, int classes, Arena *mem)
{
    Mat y = mat_zeros(mem, n, classes);
    for (int i = 0; i < n; i++) for (int k = 0; k <= label[i]; k++) row(y, i)[k] = 1;
    return y;
}
