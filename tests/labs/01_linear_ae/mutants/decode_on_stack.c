/* expect: ae_decode | wrong | local array */
#include "01_linear_ae.h"
#include "version.h"

static Mat local(Mat z, Mat W, Arena *mem, float *a)
{
    Mat xhat = {z.n, W.n, a};
    mat_set(xhat, mat_mul_nt(mem, z, W));
    return xhat;
}

__attribute__((noinline)) Mat ae_decode(Mat z, Mat W, Arena *mem)
{
    float a[20000];
    return local(z, W, mem, a);
}
