/* expect: kmeans_assign | wrong | mean over features too */
#include "00_unsupervised.h"
#include "version.h"

RIGHT(kmeans_assign);

double kmeans_assign(Mat x, Mat c, int *which) { return kmeans_assign_right(x, c, which) / x.d; }
