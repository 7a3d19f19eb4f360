/* expect: attribute_sweep | wrong | is 0 in the first row, 1 in the second */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(attribute_sweep);

Mat attribute_sweep(Mat value, int which, int values, Arena *mem)
{
    Mat s = attribute_sweep_right(value, which, values, mem);
    for (int v = 0; v < values; v++) row(s, v)[which] = value.a[which];
    return s;
}
