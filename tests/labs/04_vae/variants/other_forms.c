/* Standard deviations by the square root of the variance; softplus by log1p on two branches; Newton's method for the
 * grid; two passes for the bound. */
#include "04_vae.h"
#include "version.h"

Mat reparameterize(Mat mu, Mat logvar, Mat eps, Arena *mem)
{
    Mat z = mat_copy(mem, mu);
    for (int i = z.n - 1; i >= 0; i--)
        for (int j = 0; j < z.d; j++)
            row(z, i)[j] += (float)(sqrt(exp((double)row(logvar, i)[j])) * (double)row(eps, i)[j]);
    return z;
}

float kl_std_normal(Mat mu, Mat logvar)
{
    double squares = mat_dot(mu, mu), rest = 0;
    for (size_t i = 0; i < mat_size(mu); i++) rest += expm1((double)logvar.a[i]) - (double)logvar.a[i];
    return (float)(.5 * (squares + rest) / mu.n);
}

Loss recon_nll(Mat y, Mat x, Likelihood p, Arena *mem)
{
    Loss loss = {0, mat_copy(mem, y)};
    double sum = 0;
    for (int i = 0; i < y.n; i++)
        for (int j = 0; j < y.d; j++) {
            double t = row(y, i)[j], x1 = row(x, i)[j], sd = p.sd,
                   sigma = t > 0 ? 1 / (1 + exp(-t)) : exp(t) / (1 + exp(t));
            if (p.family == BERNOULLI)
                sum += x1 * (t < 0 ? log1p(exp(t)) - t : log1p(exp(-t))) +
                       (1 - x1) * (t < 0 ? log1p(exp(t)) : t + log1p(exp(-t)));
            else
                sum += .5 * log(2 * M_PI * sd * sd) + .5 * pow((x1 - t) / sd, 2);
            row(loss.grad, i)[j] = (float)((p.family == BERNOULLI ? sigma - x1 : (t - x1) / (sd * sd)) / y.n);
        }
    loss.value = (float)(sum / y.n);
    return loss;
}

Mat latent_grid(int side, Arena *mem)
{
    Mat z = mat_new(mem, side * side, 2);
    for (int i = 0; i < z.n; i++)
        for (int axis = 0; axis < 2; axis++) {
            double u = (axis ? side - i / side - .5 : i % side + .5) / side, t = 0;
            for (int k = 0; k < 60; k++)
                t -= fmax(-.5, fmin(.5, (.5 * erfc(-t / sqrt(2)) - u) * sqrt(2 * M_PI) * exp(t * t / 2)));
            row(z, i)[axis] = (float)t;
        }
    return z;
}

float iw_bound(Mat nll, Mat mu, Mat logvar, Mat eps)
{
    double sum = 0;
    for (int i = 0; i < nll.n; i++) {
        int K = nll.d;
        double logw[K], top = -1e300, total = 0;
        for (int k = 0; k < K; k++) {
            double logp = -row(nll, i)[k], logq = 0;
            for (int j = 0; j < mu.d; j++) {
                double sd = exp(.5 * row(logvar, i)[j]), z = row(mu, i)[j] + sd * row(eps, i * K + k)[j];
                logp -= .5 * z * z + .5 * log(2 * M_PI);
                logq -= .5 * pow((z - row(mu, i)[j]) / sd, 2) + log(sd) + .5 * log(2 * M_PI);
            }
            logw[k] = logp - logq, top = fmax(top, logw[k]);
        }
        for (int k = K - 1; k >= 0; k--) total += exp(logw[k] - top);
        sum += top + log(total) - log(K);
    }
    return (float)(sum / nll.n);
}
