/* expect: not_compiled
 * takes the solution with #include */
#include "/solutions/01_linear_ae.c"
#include "../solutions/01_linear_ae.c"
#include "@ROOT@/solutions/01_linear_ae.c"

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    return ae_encode_right(x, W, mem);
}
