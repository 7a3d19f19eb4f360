/* expect: elbo_backward | wrong | is the variance; z has the sd | not factor */
#include "04_vae.h"
#include "version.h"

RIGHT(elbo_backward);

Mat elbo_backward(Mat dz, Mat mu, Mat logvar, Mat eps, float beta, Arena *mem)
{
    Mat dh = elbo_backward_right(dz, mu, logvar, eps, beta, mem);
    for (int i = 0; i < dz.n; i++)
        for (int j = 0; j < dz.d; j++) {
            float v = row(logvar, i)[j], into = row(dz, i)[j] * row(eps, i)[j] / 2;
            row(dh, i)[dz.d + j] += into * (expf(v) - expf(v / 2));
        }
    return dh;
}
