/* The gradients in floats, just as the contract prints them. */
#include "07_gan_1d.h"
#include "version.h"

DLoss d_loss(Mat real, Mat fake, Arena *mem)
{
    DLoss L = {0, mat_new(mem, real.n, 1), mat_new(mem, fake.n, 1)};
    double up = 0, down = 0;
    for (int i = 0; i < real.n; i++) {
        L.dreal.a[i] = -(1 - sigma(real.a[i])) / (float)real.n;
        up += (double)softplus(-real.a[i]);
    }
    for (int i = 0; i < fake.n; i++) {
        L.dfake.a[i] = sigma(fake.a[i]) / (float)fake.n;
        down += (double)softplus(fake.a[i]);
    }
    L.value = (float)(up / real.n + down / fake.n);
    return L;
}
