/* expect: kmeans_assign | wrong | average over it */
#define kmeans_assign kmeans_assign_right
#include "../../../solutions/00_unsupervised.c"
#undef kmeans_assign

double kmeans_assign(Mat x, Mat c, int *which) { return kmeans_assign_right(x, c, which) * x.n; }
