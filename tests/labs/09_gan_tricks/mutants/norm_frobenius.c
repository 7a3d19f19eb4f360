/* expect: spectral_norm | wrong | half a round|half round later|Frobenius|want */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(spectral_norm);

float spectral_norm(Mat W, Mat u, int rounds, Arena *mem)
{
    spectral_norm_right(W, u, rounds, mem);
    return mat_norm(W);
}
