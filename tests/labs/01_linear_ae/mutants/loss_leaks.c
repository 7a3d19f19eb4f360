/* expect: tied_loss | wrong | not freed */
#include "01_linear_ae.h"
#include "version.h"

float tied_loss(Mat x, Mat xhat)
{
    float *square = malloc(mat_size(x) * sizeof *square);
    double sum = 0;
    for (size_t i = 0; i < mat_size(x); i++) square[i] = (x.a[i] - xhat.a[i]) * (x.a[i] - xhat.a[i]);
    for (size_t i = 0; i < mat_size(x); i++) sum += (double)square[i];
    return (float)(sum / x.n);
}
