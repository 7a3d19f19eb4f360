/* expect: upsample_nearest | wrong |  */
#include "12_progressive.h"
#include "slip.h"

Mat upsample_nearest(Mat x, Shape s, Arena *mem)
{
    Mat y = mat_new(mem, x.n, 4 * x.d);
    for (int n = 0; n < x.n; n++)
        for (int i = 0; i < 2 * s.h; i++)
            for (int j = 0; j < 2 * s.w; j++) {
                const float *from = row(x, n) + ((i / 2) * s.h + j / 2 % s.h) * s.c;
                float *to = row(y, n) + (i * 2 * s.w + j) * s.c;
                for (int k = 0; k < s.c; k++) to[k] = from[k];
            }
    return y;
}
