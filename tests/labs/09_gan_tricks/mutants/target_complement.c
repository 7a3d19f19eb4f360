/* expect: smooth_target | wrong | not 1 - a */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(smooth_target);

Mat smooth_target(Mat y, float a, float b, Arena *mem) { return smooth_target_right(y, a, 1 - a, mem); }
