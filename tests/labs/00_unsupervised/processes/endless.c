/* A lab full of loops that find no end. */
#include "00_unsupervised.h"
#include "version.h"

static void forever(void)
{
    for (volatile int turning = 1; turning;) {}
}

double kmeans_assign(Mat x, Mat c, int *which)
{
    forever();
    return 0;
}

void kmeans_update(Mat x, const int *which, Mat c)
{
    forever();
}

Mat covariance(Mat x, Arena *mem)
{
    forever();
    return x;
}

Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem)
{
    Eig eig = {cov, cov};
    forever();
    return eig;
}

Mat kde_eval(Mat x, Mat q, float h, Arena *mem)
{
    forever();
    return q;
}

double em_step(Mat x, Gmm m, float floor, Arena *mem)
{
    forever();
    return 0;
}
