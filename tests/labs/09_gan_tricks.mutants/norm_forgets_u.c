/* expect: spectral_norm | wrong | mat_set */
#define spectral_norm spectral_norm_right
#include "../../../solutions/09_gan_tricks.c"
#undef spectral_norm

float spectral_norm(Mat W, Mat u, int rounds, Arena *mem) { return spectral_norm_right(W, mat_copy(mem, u), rounds, mem); }
