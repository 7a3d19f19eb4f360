/* expect: iw_bound | wrong | log q(z|x) is missing */
#include "04_vae.h"
#include "version.h"

RIGHT(iw_bound);

float iw_bound(Mat nll, Mat mu, Mat logvar, Mat eps)
{
    Mat more = {nll.n, nll.d, (float[1 << 16]){0}}; /* nll + log q takes log q out of log w */
    for (int i = 0; i < (int)mat_size(nll); i++) {
        more.a[i] = nll.a[i];
        for (int j = 0; j < mu.d; j++) more.a[i] += .5f * (row(eps, i)[j] * row(eps, i)[j] + row(logvar, i / nll.d)[j]);
    }
    return iw_bound_right(more, mu, logvar, eps);
}
