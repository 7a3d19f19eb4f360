/* expect: upsample_nearest | wrong | with all of its channels */
#include "12_progressive.h"
#include "version.h"

Mat upsample_nearest(Mat x, Shape s, Arena *mem)
{
    Mat y = mat_new(mem, x.n, 4 * x.d);
    int line = s.w * s.c;
    for (int n = 0; n < x.n; n++)
        for (int i = 0; i < 2 * s.h; i++)
            for (int j = 0; j < 2 * line; j++) row(y, n)[i * 2 * line + j] = row(x, n)[i / 2 * line + j / 2];
    return y;
}
