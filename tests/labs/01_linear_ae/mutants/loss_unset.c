/* expect: tied_loss | wrong | never set */
#include "01_linear_ae.h"
#include "version.h"
#pragma GCC diagnostic ignored "-Wuninitialized"
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

float tied_loss(Mat x, Mat xhat)
{
    float sum;
    for (size_t i = 0; i < mat_size(x); i++) sum += (x.a[i] - xhat.a[i]) * (x.a[i] - xhat.a[i]);
    return sum / (float)x.n;
}
