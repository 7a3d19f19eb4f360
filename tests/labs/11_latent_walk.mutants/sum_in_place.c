/* expect: latent_arithmetic | wrong | written over */
#include "11_latent_walk.h"
#include "slip.h"

Mat latent_arithmetic(Mat a, Mat b, Mat c, float t, Arena *mem)
{
    for (size_t i = 0; i < mat_size(c); i++) c.a[i] += t * (a.a[i] - b.a[i]);
    return c;
}
