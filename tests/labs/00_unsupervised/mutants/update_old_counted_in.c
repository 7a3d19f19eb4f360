/* expect: kmeans_update | wrong | start each sum at 0 */
#include "00_unsupervised.h"
#include "version.h"

void kmeans_update(Mat x, const int *which, Mat c)
{
    for (int k = 0; k < c.n; k++) {
        Mat m = mat_rows(c, k, 1);
        int members = 0;
        for (int i = 0; i < x.n; i++)
            if (which[i] == k) mat_add(m, mat_rows(x, i, 1)), members++;
        if (members > 0) mat_scale(m, 1.f / (float)members);
    }
}
