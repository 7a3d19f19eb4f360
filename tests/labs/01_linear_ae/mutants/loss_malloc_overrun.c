/* expect: tied_loss | wrong | outside of memory from malloc */
#include "01_linear_ae.h"
#include "version.h"

float tied_loss(Mat x, Mat xhat)
{
    double *sum = malloc((size_t)x.d * sizeof *sum), all = 0;
    for (int j = 0; j <= x.d; j++) sum[j] = 0;
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++) sum[j] += pow((double)row(x, i)[j] - (double)row(xhat, i)[j], 2);
    for (int j = 0; j < x.d; j++) all += sum[j];
    free(sum);
    return (float)(all / x.n);
}
