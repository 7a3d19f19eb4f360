/* expect: spectral_norm | wrong | mat_set */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(spectral_norm);

float spectral_norm(Mat W, Mat u, int rounds, Arena *mem) { return spectral_norm_right(W, mat_copy(mem, u), rounds, mem); }
