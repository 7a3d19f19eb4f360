/* expect: kmeans_assign | wrong | start anew for each sample */
#include "00_unsupervised.h"
#include "version.h"

double kmeans_assign(Mat x, Mat c, int *which)
{
    double sum = 0;
    for (int i = 0; i < x.n; i++) {
        int near = 0;
        for (int k = 1; k < c.n; k++)
            if (fabsf(row(x, i)[0] - row(c, k)[0]) < fabsf(row(x, i)[0] - row(c, near)[0])) near = k;
        which[i] = near;
        for (int j = 0; j < x.d; j++) sum += pow((double)(row(x, i)[j] - row(c, near)[j]), 2);
    }
    return sum / x.n;
}
