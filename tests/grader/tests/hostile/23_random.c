/* expect: wrong
 * another answer each time */
#include <stdlib.h>
#include <time.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    Mat z = ae_encode_right(x, W, mem);
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    z.a[0] += (float)(t.tv_nsec % 1000);
    return z;
}
