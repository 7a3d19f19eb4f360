/* expect: spectral_norm | wrong | divided by its length */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(spectral_norm);

float spectral_norm(Mat W, Mat u, int rounds, Arena *mem)
{
    float sigma = spectral_norm_right(W, u, rounds, mem);
    mat_scale(u, sigma);
    return sigma;
}
