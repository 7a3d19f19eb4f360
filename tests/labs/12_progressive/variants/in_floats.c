/* In floats wherever the contract allows it. */
#include "12_progressive.h"
#include "version.h"

Mat downsample_mean(Mat x, Shape s, Arena *mem)
{
    Mat y = mat_new(mem, x.n, x.d / 4);
    int line = s.w * s.c;
    for (int n = 0; n < x.n; n++)
        for (int i = 0; i < s.h; i += 2)
            for (int j = 0; j < s.w; j += 2)
                for (int k = 0; k < s.c; k++) {
                    const float *a = row(x, n) + i * line + j * s.c + k;
                    row(y, n)[(i / 2 * (s.w / 2) + j / 2) * s.c + k] =
                        .5f * (.5f * (a[0] + a[line]) + .5f * (a[s.c] + a[line + s.c]));
                }
    return y;
}

Mat fade_in(Mat small, Mat big, Shape s, float alpha, Arena *mem)
{
    Mat y = mat_copy(mem, big), old = upsample_nearest(small, s, mem);
    mat_scale(y, alpha);
    mat_scale(old, 1 - alpha);
    mat_add(y, old);
    return y;
}
