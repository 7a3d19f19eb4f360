/* expect: instance_noise | wrong | standard deviation */
#define instance_noise instance_noise_right
#include "../../../solutions/09_gan_tricks.c"
#undef instance_noise

Mat instance_noise(Mat x, Mat eps, float sd, long step, long last, Arena *mem) { return instance_noise_right(x, eps, sqrtf(sd * fmaxf(0, 1 - (float)step / (float)last)), 0, 1, mem); }
