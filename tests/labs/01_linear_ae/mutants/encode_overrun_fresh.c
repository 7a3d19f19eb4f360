/* expect: ae_encode | wrong | outside of memory from mat_new */
#include "01_linear_ae.h"
#include "version.h"

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    Mat z = mat_new(mem, x.n, W.d);
    for (int i = 0; i < x.n; i++)
        for (int b = W.d; b >= 0; b--) {            /* one column too many; the next row puts it right, but nothing comes after the last */
            z.a[i * W.d + b] = 0;
            for (int j = 0; j < x.d && b < W.d; j++) z.a[i * W.d + b] += row(x, i)[j] * row(W, j)[b];
        }
    return z;
}
