/* expect: kmeans_assign | wrong | average over it */
#include "00_unsupervised.h"
#include "version.h"

RIGHT(kmeans_assign);

double kmeans_assign(Mat x, Mat c, int *which) { return kmeans_assign_right(x, c, which) * x.n; }
