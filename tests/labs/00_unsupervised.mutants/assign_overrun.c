/* expect: kmeans_assign | wrong | outside of which */
#define kmeans_assign kmeans_assign_right
#include "../../../solutions/00_unsupervised.c"
#undef kmeans_assign

double kmeans_assign(Mat x, Mat c, int *which)
{
    double inertia = kmeans_assign_right(x, c, which);
    which[x.n] = 0;
    return inertia;
}
