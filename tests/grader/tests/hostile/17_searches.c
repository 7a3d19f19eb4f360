/* expect: wrong|crash
 * looks for the right answer in memory and in files */
#include <stdio.h>
#include <string.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    Mat z = mat_new(mem, x.n, W.d);
    FILE *maps = fopen("/proc/self/maps", "r"), *golden = fopen("tests/labs/01_linear_ae/reference.txt", "r");
    if (maps || golden) memset(z.a, 0, sizeof(float) * (size_t)(z.n * z.d));
    const float *at = x.a + x.n * x.d;
    for (int i = 0; i < z.n * z.d; i++) z.a[i] = at[i % 32];
    return z;
}
