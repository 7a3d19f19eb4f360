/* expect: one_hot | wrong | begin with 0 */
#include "13_cgan.h"
#include "slip.h"

Mat one_hot(const uint8_t *label, int n, int classes, Arena *mem)
{
    Mat y = mat_zeros(mem, n, classes);
    for (int i = 0; i < n; i++) row(y, i)[(label[i] + classes - 1) % classes] = 1;
    return y;
}
