/* In floats wherever the contract allows it. */
#include "11_latent_walk.h"
#include "version.h"

Mat lerp(Mat a, Mat b, float t, Arena *mem)
{
    Mat x = mat_new(mem, a.n, a.d);
    for (int i = a.n - 1; i >= 0; i--)
        for (int j = 0; j < a.d; j++) row(x, i)[j] = row(a, i)[j] - t * row(a, i)[j] + t * row(b, i)[j];
    return x;
}

Mat latent_arithmetic(Mat a, Mat b, Mat c, float t, Arena *mem)
{
    Mat x = mat_new(mem, a.n, a.d);
    for (int i = 0; i < a.n; i++)
        for (int j = 0; j < a.d; j++) row(x, i)[j] = t * row(a, i)[j] + row(c, i)[j] - t * row(b, i)[j];
    return x;
}
