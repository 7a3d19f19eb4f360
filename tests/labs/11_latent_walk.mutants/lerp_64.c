/* expect: lerp | wrong | fits only the sizes */
#include "11_latent_walk.h"
#include "slip.h"

Mat lerp(Mat a, Mat b, float t, Arena *mem)
{
    Mat x = mat_zeros(mem, a.n, a.d);
    for (int i = 0; i < a.n && i < 64; i++)
        for (int j = 0; j < a.d; j++) row(x, i)[j] = (1 - t) * row(a, i)[j] + t * row(b, i)[j];
    return x;
}
