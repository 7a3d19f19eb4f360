/* expect: attribute_sweep | wrong | values are counted from 0 */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(attribute_sweep);

Mat attribute_sweep(Mat value, int which, int values, Arena *mem)
{
    Mat s = attribute_sweep_right(value, which, values, mem);
    for (int v = 0; v < values; v++) row(s, v)[which] += 1;
    return s;
}
