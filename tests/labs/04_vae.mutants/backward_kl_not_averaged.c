/* expect: elbo_backward | wrong | averaged over the batch */
#define elbo_backward elbo_backward_right
#include "../../../solutions/04_vae.c"
#undef elbo_backward

Mat elbo_backward(Mat dz, Mat mu, Mat logvar, Mat eps, float beta, Arena *mem)
{
    return elbo_backward_right(dz, mu, logvar, eps, beta * (float)mu.n, mem);
}
