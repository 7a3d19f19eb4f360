/* expect: one_hot | wrong | a row per label, a column per class */
#include "13_cgan.h"
#include "slip.h"

Mat one_hot(const uint8_t *label, int n, int classes, Arena *mem)
{
    Mat y = mat_zeros(mem, classes, n);
    for (int i = 0; i < n; i++) row(y, label[i])[i] = 1;
    return y;
}
