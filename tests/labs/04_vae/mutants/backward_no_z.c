/* expect: elbo_backward | wrong | only the KL's gradient */
#include "04_vae.h"
#include "version.h"

RIGHT(elbo_backward);

Mat elbo_backward(Mat dz, Mat mu, Mat logvar, Mat eps, float beta, Arena *mem)
{
    return elbo_backward_right(mat_zeros(mem, mu.n, mu.d), mu, logvar, eps, beta, mem);
}
