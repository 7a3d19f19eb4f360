/* expect: ae_decode | wrong | memory that was given back */
#include "01_linear_ae.h"
#include "version.h"

Mat ae_decode(Mat z, Mat W, Arena *mem)
{
    size_t mark = mem->used;
    Mat xhat = mat_mul_nt(mem, z, W);
    arena_rewind(mem, mark);
    return xhat;
}
