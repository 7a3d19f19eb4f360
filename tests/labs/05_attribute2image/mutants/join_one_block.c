/* expect: cond_join | wrong | a block of its own */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(cond_join);

Mat cond_join(Mat x, Mat value, const int *values, Arena *mem)
{
    Mat y = cond_join_right(x, value, values, mem);
    for (int i = 0; i < y.n; i++) {
        for (int j = x.d; j < y.d; j++) row(y, i)[j] = 0;
        for (int k = 0; k < value.d; k++) row(y, i)[x.d + (int)row(value, i)[k]] = 1;
    }
    return y;
}
