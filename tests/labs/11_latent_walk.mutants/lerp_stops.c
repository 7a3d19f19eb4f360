/* expect: lerp | wrong | the way goes on beyond b */
#include "11_latent_walk.h"
#include "slip.h"

Mat lerp(Mat a, Mat b, float t, Arena *mem)
{
    Mat x = mat_new(mem, a.n, a.d);
    t = fminf(1, t);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = (1 - t) * a.a[i] + t * b.a[i];
    return x;
}
