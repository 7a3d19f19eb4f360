/* expect: ae_encode | crashed | Segmentation|SEGV */
#include "01_linear_ae.h"
#include "slip.h"

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    Mat z = {.n = x.n, .d = W.d};
    mat_gemm(z, 1, x, false, W, false, 0);
    return z;
}
