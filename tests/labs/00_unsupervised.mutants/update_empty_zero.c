/* expect: kmeans_update | wrong | keeps its centroid */
#define kmeans_update kmeans_update_right
#include "../../../solutions/00_unsupervised.c"
#undef kmeans_update

void kmeans_update(Mat x, const int *which, Mat c)
{
    mat_fill(c, 0);
    kmeans_update_right(x, which, c);
}
