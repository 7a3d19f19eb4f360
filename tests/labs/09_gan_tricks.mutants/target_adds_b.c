/* expect: smooth_target | wrong | nothing of b is left */
#include "09_gan_tricks.h"
#include "slip.h"

Mat smooth_target(Mat y, float a, float b, Arena *mem)
{
    Mat t = mat_new(mem, y.n, y.d);
    for (size_t i = 0; i < mat_size(y); i++) t.a[i] = y.a[i] * a + b;
    return t;
}
