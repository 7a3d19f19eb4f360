/* expect: elbo_backward | wrong | averaged over the batch */
#include "04_vae.h"
#include "version.h"

RIGHT(elbo_backward);

Mat elbo_backward(Mat dz, Mat mu, Mat logvar, Mat eps, float beta, Arena *mem)
{
    return elbo_backward_right(dz, mu, logvar, eps, beta * (float)mu.n, mem);
}
