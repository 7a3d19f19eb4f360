/* expect: cond_join | wrong | which bound, stride or constant fits only */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(cond_join);

Mat cond_join(Mat x, Mat value, const int *values, Arena *mem)
{
    Mat few = mat_cols(mem, value, 0, value.d < 7 ? value.d : 7), y = cond_join_right(x, few, values, mem);
    int V = 0;
    for (int k = few.d; k < value.d; k++) V += values[k];
    return mat_join(mem, y, mat_zeros(mem, y.n, V));
}
