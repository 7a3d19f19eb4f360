/* expect: smooth_target | wrong | only one side */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(smooth_target);

Mat smooth_target(Mat y, float a, float b, Arena *mem) { return smooth_target_right(y, a, 0, mem); }
