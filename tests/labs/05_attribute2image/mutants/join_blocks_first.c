/* expect: cond_join | wrong | the columns of x come first */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(cond_join);

Mat cond_join(Mat x, Mat value, const int *values, Arena *mem)
{
    Mat y = cond_join_right(x, value, values, mem), x_part = mat_cols(mem, y, 0, x.d);
    return mat_join(mem, mat_cols(mem, y, x.d, y.d - x.d), x_part);
}
