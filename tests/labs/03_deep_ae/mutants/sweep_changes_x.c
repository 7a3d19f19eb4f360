/* expect: encode_sweep | wrong | changed its input x */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(encode_sweep);

Mat encode_sweep(Ae *ae, int n, Mat x, Arena *mem)
{
    Mat table = encode_sweep_right(ae, n, x, mem);
    for (int i = 0; i < n; i++) mat_sub(x, ae_picture(&ae[i].dec, net_eval(&ae[i].enc, x, mem), mem));
    return table;
}
