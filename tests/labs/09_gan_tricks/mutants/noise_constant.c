/* expect: instance_noise | wrong | does not fade */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(instance_noise);

Mat instance_noise(Mat x, Mat eps, float sd, long step, long last, Arena *mem) { return instance_noise_right(x, eps, sd, 0, last, mem); }
