/* expect: lerp | wrong | at t = 0 one is at a */
#include "11_latent_walk.h"
#include "slip.h"

Mat lerp(Mat a, Mat b, float t, Arena *mem)
{
    Mat x = mat_new(mem, a.n, a.d);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = t * a.a[i] + (1 - t) * b.a[i];
    return x;
}
