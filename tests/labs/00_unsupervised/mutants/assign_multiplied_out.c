/* expect: kmeans_assign | wrong | square the differences */
#include "00_unsupervised.h"
#include "version.h"

double kmeans_assign(Mat x, Mat c, int *which)
{
    double sum = 0;
    for (int i = 0; i < x.n; i++) {
        float nearest = INFINITY;
        for (int k = 0; k < c.n; k++) {
            float xx = 0, xc = 0, cc = 0;
            for (int j = 0; j < x.d; j++) {
                float a = row(x, i)[j], b = row(c, k)[j];
                xx += a * a, xc += a * b, cc += b * b;
            }
            float square = xx - 2 * xc + cc;
            if (square < nearest) nearest = square, which[i] = k;
        }
        sum += (double)nearest;
    }
    return sum / x.n;
}
