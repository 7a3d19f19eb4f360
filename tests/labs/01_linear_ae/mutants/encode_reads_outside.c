/* expect: ae_encode | wrong | read outside|never written */
#include "01_linear_ae.h"
#include "version.h"

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    Mat z = mat_zeros(mem, x.n, W.d);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j <= x.d; j++)
            for (int b = 0; b < W.d; b++) row(z, i)[b] += row(x, i)[j] * W.a[j * W.d + b];
    return z;
}
