/* expect: kmeans_assign | wrong | smaller k */
#include "00_unsupervised.h"
#include "version.h"

double kmeans_assign(Mat x, Mat c, int *which)
{
    double sum = 0;
    for (int i = 0; i < x.n; i++) {
        double nearest = INFINITY;
        for (int k = 0; k < c.n; k++) {
            double square = 0;
            for (int j = 0; j < x.d; j++) square += pow((double)(row(x, i)[j] - row(c, k)[j]), 2);
            if (square <= nearest) nearest = square, which[i] = k;
        }
        sum += nearest;
    }
    return sum / x.n;
}
