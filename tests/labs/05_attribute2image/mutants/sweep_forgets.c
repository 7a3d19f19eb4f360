/* expect: attribute_sweep | wrong | the other attributes stay */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(attribute_sweep);

Mat attribute_sweep(Mat value, int which, int values, Arena *mem)
{
    Mat s = attribute_sweep_right(value, which, values, mem);
    for (int v = 0; v < values; v++)
        for (int k = 0; k < value.d; k++)
            if (k != which) row(s, v)[k] = 0;
    return s;
}
