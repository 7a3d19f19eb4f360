/* expect: downsample_mean | wrong | not the largest */
#include "12_progressive.h"
#include "version.h"
#include <math.h>

Mat downsample_mean(Mat x, Shape s, Arena *mem)
{
    Mat y = mat_new(mem, x.n, x.d / 4);
    for (int n = 0; n < x.n; n++)
        for (int i = 0; i < s.h / 2; i++)
            for (int j = 0; j < s.w / 2; j++) {
                const float *above = row(x, n) + (2 * i * s.w + 2 * j) * s.c;
                const float *below = above + s.w * s.c;
                float *to = row(y, n) + (i * (s.w / 2) + j) * s.c;
                for (int k = 0; k < s.c; k++)
                    to[k] = fmaxf(fmaxf(above[k], above[s.c + k]), fmaxf(below[k], below[s.c + k]));
            }
    return y;
}
