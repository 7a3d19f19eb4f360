/* The gradient as two steps, through z and through the KL, written straight into the joined matrix; the Gaussian by the
 * library's squared_error, the Bernoulli by its bce_logits. */
#include "04_vae.h"
#include "version.h"

Loss recon_nll(Mat y, Mat x, Likelihood p, Arena *mem)
{
    if (p.family == BERNOULLI) return bce_logits(y, x, mem);
    Loss loss = squared_error(y, x, mem);    // squared error, gradient 2/B (y - x)
    mat_scale(loss.grad, .5f / (p.sd * p.sd));
    loss.value = loss.value * .5f / (p.sd * p.sd) + (float)y.d * (logf(p.sd) + .5f * logf(6.28318531f));
    return loss;
}

Mat elbo_backward(Mat dz, Mat mu, Mat logvar, Mat eps, float beta, Arena *mem)
{
    Mat dh = mat_new(mem, mu.n, 2 * mu.d);
    for (int i = 0; i < mu.n; i++)
        for (int j = 0; j < mu.d; j++) {
            double v = exp((double)row(logvar, i)[j]), d = row(dz, i)[j], back = d * row(eps, i)[j];
            row(dh, i)[j] = (float)d, row(dh, i)[mu.d + j] = (float)(back * sqrt(v) / 2);
            row(dh, i)[j] += beta * row(mu, i)[j] / (float)mu.n,
                row(dh, i)[mu.d + j] += beta * (float)(v - 1) / (2.f * (float)mu.n);
        }
    return dh;
}
