/* expect: denoise_corrupt | wrong | changed its input x */
#include "03_deep_ae.h"
#include "slip.h"

Mat denoise_corrupt(Mat x, Mat u, float share, Arena *mem)
{
    for (size_t i = 0; i < mat_size(x); i++)
        if (u.a[i] < share) x.a[i] = u.a[i] < share / 2 ? 0.f : 1.f;
    return x;
}
