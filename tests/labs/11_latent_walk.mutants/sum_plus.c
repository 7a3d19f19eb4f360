/* expect: latent_arithmetic | wrong | taken away */
#include "11_latent_walk.h"
#include "slip.h"

Mat latent_arithmetic(Mat a, Mat b, Mat c, float t, Arena *mem)
{
    Mat x = mat_new(mem, c.n, c.d);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = c.a[i] + t * (a.a[i] + b.a[i]);
    return x;
}
