/* expect: encode_sweep | wrong | has the sigmoid */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(encode_sweep);

Mat encode_sweep(Ae *ae, int n, Mat x, Arena *mem)
{
    Mat table = encode_sweep_right(ae, n, x, mem);
    for (int i = 0; i < n; i++) {
        Mat xhat = net_eval(&ae[i].dec, net_eval(&ae[i].enc, x, mem), mem);
        mat_sub(xhat, x);
        row(table, i)[2] = (float)(mat_dot(xhat, xhat) / x.n);
    }
    return table;
}
