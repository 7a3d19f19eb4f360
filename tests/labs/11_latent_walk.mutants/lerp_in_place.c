/* expect: lerp | wrong | written over */
#include "11_latent_walk.h"
#include "slip.h"

Mat lerp(Mat a, Mat b, float t, Arena *mem)
{
    for (size_t i = 0; i < mat_size(a); i++) a.a[i] += t * (b.a[i] - a.a[i]);
    return a;
}
