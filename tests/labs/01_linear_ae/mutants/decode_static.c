/* expect: ae_decode | wrong | static variable */
#include "01_linear_ae.h"
#include "version.h"

Mat ae_decode(Mat z, Mat W, Arena *mem)
{
    static float a[20000];
    Mat xhat = {z.n, W.n, a};
    mat_set(xhat, mat_mul_nt(mem, z, W));
    return xhat;
}
