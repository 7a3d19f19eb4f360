/* expect: kmeans_assign | wrong | outside of which */
#include "00_unsupervised.h"
#include "version.h"

RIGHT(kmeans_assign);

double kmeans_assign(Mat x, Mat c, int *which)
{
    double inertia = kmeans_assign_right(x, c, which);
    which[x.n] = 0;
    return inertia;
}
