/* expect: pca_power | wrong | are all `steps` made|multiply by C */
#define pca_power pca_power_right
#include "../../../solutions/00_unsupervised.c"
#undef pca_power

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem) { return pca_power_right(cov, k, 3, rng, mem); }
