/* expect: spectral_norm | wrong | before dividing */
#include "09_gan_tricks.h"
#include "version.h"

float spectral_norm(Mat W, Mat u, int rounds, Arena *mem)
{
    float sigma = 0;
    for (int r = 0; r < rounds; r++) {
        Mat v = mat_mul(mem, u, W);
        mat_scale(v, 1 / mat_norm(v));
        mat_set(u, mat_mul_nt(mem, v, W));
        sigma = mat_norm(u);
        mat_scale(u, 1 / sigma);
    }
    return sigma;
}
