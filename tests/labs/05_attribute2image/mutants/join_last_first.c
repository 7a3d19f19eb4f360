/* expect: cond_join | wrong | the attributes' order */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(cond_join);

Mat cond_join(Mat x, Mat value, const int *values, Arena *mem)
{
    Mat y = cond_join_right(x, value, values, mem);
    for (int i = 0; i < y.n; i++) {
        for (int j = x.d; j < y.d; j++) row(y, i)[j] = 0;
        for (int k = value.d - 1, at = x.d; k >= 0; at += values[k--]) row(y, i)[at + (int)row(value, i)[k]] = 1;
    }
    return y;
}
