/* expect: pca_power | wrong | are all `steps` made|multiply by C */
#include "00_unsupervised.h"
#include "version.h"

RIGHT(pca_power);

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem) { return pca_power_right(cov, k, 3, rng, mem); }
