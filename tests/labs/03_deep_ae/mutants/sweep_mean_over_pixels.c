/* expect: encode_sweep | wrong | sum over them */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(encode_sweep);

Mat encode_sweep(Ae *ae, int n, Mat x, Arena *mem)
{
    Mat table = encode_sweep_right(ae, n, x, mem);
    for (int i = 0; i < n; i++) row(table, i)[2] /= (float)x.d;
    return table;
}
