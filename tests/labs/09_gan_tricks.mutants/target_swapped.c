/* expect: smooth_target | wrong | swapped */
#define smooth_target smooth_target_right
#include "../../../solutions/09_gan_tricks.c"
#undef smooth_target

Mat smooth_target(Mat y, float a, float b, Arena *mem) { return smooth_target_right(y, b, a, mem); }
