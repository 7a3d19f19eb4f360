/* expect: wrong|crash
 * writes over the driver's memory around it, so that zero would be right */
#include <string.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    memset(x.a, 0, sizeof(float) * (size_t)(x.n * x.d));
    memset(W.a, 0, sizeof(float) * (size_t)(W.n * W.d));
    return mat_new(mem, x.n, W.d);
}
