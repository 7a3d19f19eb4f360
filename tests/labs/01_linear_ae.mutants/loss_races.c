/* expect: tied_loss | wrong | two threads */
#include "01_linear_ae.h"
#include "slip.h"

float tied_loss(Mat x, Mat xhat)
{
    double sum = 0;
#pragma omp parallel for
    for (size_t i = 0; i < mat_size(x); i++) {
        double off = (double)x.a[i] - (double)xhat.a[i];
        sum += off * off;
    }
    return (float)(sum / x.n);
}
