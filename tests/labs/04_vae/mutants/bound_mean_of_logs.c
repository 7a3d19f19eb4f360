/* expect: iw_bound | wrong | the mean comes first */
#include "04_vae.h"
#include "version.h"

float iw_bound(Mat nll, Mat mu, Mat logvar, Mat eps)
{
    double sum = 0;
    for (int i = 0; i < nll.n; i++) {
        double total = 0;
        for (int k = 0; k < nll.d; k++) {
            double logw = -row(nll, i)[k];
            for (int j = 0; j < mu.d; j++) {
                double e = row(eps, i * nll.d + k)[j], l = row(logvar, i)[j], z = row(mu, i)[j] + exp(.5 * l) * e;
                logw += .5 * (e * e + l - z * z);
            }
            total += logw;
        }
        sum += total / nll.d;
    }
    return (float)(sum / nll.n);
}
