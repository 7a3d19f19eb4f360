/* expect: instance_noise | wrong | no noise yet */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(instance_noise);

Mat instance_noise(Mat x, Mat eps, float sd, long step, long last, Arena *mem) { return instance_noise_right(x, eps, sd, last - step, last, mem); }
