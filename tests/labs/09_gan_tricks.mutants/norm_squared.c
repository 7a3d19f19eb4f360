/* expect: spectral_norm | wrong | root is missing */
#define spectral_norm spectral_norm_right
#include "../../../solutions/09_gan_tricks.c"
#undef spectral_norm

float spectral_norm(Mat W, Mat u, int rounds, Arena *mem)
{

    float sigma = spectral_norm_right(W, u, rounds, mem);
    return sigma * sigma;
}
