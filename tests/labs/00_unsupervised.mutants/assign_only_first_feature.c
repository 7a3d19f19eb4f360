/* expect: kmeans_assign | wrong | start anew for each sample */
#define kmeans_assign kmeans_assign_right
#include "../../../solutions/00_unsupervised.c"
#undef kmeans_assign

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
