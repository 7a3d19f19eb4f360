/* expect: ae_encode | crashed | Segmentation|SEGV */
#define ae_encode ae_encode_right
#include "../../../solutions/01_linear_ae.c"
#undef ae_encode

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    Mat z = {.n = x.n, .d = W.d};
    mat_gemm(z, 1, x, false, W, false, 0);
    return z;
}
