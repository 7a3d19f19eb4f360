/* expect: kmeans_update | wrong | keeps its centroid */
#include "00_unsupervised.h"
#include "version.h"

RIGHT(kmeans_update);

void kmeans_update(Mat x, const int *which, Mat c)
{
    mat_fill(c, 0);
    kmeans_update_right(x, which, c);
}
