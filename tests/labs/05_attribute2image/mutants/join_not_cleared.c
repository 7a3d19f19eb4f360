/* expect: cond_join | wrong | never set|differ|nan|want 0 */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(cond_join);

Mat cond_join(Mat x, Mat value, const int *values, Arena *mem)
{
    Mat right = cond_join_right(x, value, values, mem), y = mat_new(mem, right.n, right.d);
    for (int i = 0; i < y.n; i++)
        for (int j = 0; j < y.d; j++)
            if (j < x.d || row(right, i)[j] != 0) row(y, i)[j] = row(right, i)[j];
    return y;
}
