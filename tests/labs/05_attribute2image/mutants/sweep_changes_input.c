/* expect: attribute_sweep | wrong | changed */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(attribute_sweep);

Mat attribute_sweep(Mat value, int which, int values, Arena *mem)
{
    Mat s = attribute_sweep_right(value, which, values, mem);
    value.a[which] = (float)(values - 1);
    return s;
}
