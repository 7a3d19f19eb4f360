/* expect: kmeans_update | wrong | 0/0 is NaN */
#include "00_unsupervised.h"
#include "version.h"

void kmeans_update(Mat x, const int *which, Mat c)
{
    for (int k = 0; k < c.n; k++)
        for (int j = 0; j < x.d; j++) {
            double sum = 0, members = 0;
            for (int i = 0; i < x.n; i++)
                if (which[i] == k) sum += (double)row(x, i)[j], members++;
            row(c, k)[j] = (float)(sum / members);
        }
}
