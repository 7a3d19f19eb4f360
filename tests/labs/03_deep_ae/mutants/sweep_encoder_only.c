/* expect: encode_sweep | wrong | count the decoder's too */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(encode_sweep);

Mat encode_sweep(Ae *ae, int n, Mat x, Arena *mem)
{
    Mat table = encode_sweep_right(ae, n, x, mem);
    for (int i = 0; i < n; i++) row(table, i)[1] = (float)net_weights(&ae[i].enc);
    return table;
}
