/* expect: cond_join | wrong | not a number but one of several columns */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(cond_join);

Mat cond_join(Mat x, Mat value, const int *values, Arena *mem)
{
    Mat y = cond_join_right(x, value, values, mem);
    for (int i = 0; i < y.n; i++)
        for (int k = 0, at = x.d; k < value.d; at += values[k++])
            row(y, i)[at + (int)row(value, i)[k]] = row(value, i)[k];
    return y;
}
