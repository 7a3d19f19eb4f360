/* expect: ae_encode | wrong | never written */
#include "01_linear_ae.h"
#include "version.h"

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    Mat z = mat_new(mem, x.n, W.d);
    for (int i = 0; i < x.n - 1; i++) {             /* the last sample is forgotten */
        Mat one = mat_rows(z, i, 1);
        mat_gemm(one, 1, mat_rows(x, i, 1), false, W, false, 0);
    }
    return z;
}
