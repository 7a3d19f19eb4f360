/* expect: wrong
 * not a number */
#include <math.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    Mat z = mat_new(mem, x.n, W.d);
    mat_fill(z, NAN);
    return z;
}
