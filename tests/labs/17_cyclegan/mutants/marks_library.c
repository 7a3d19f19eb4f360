/* expect: lsgan_loss | wrong | the library's lsgan */
#include "17_cyclegan.h"
#include "version.h"

Loss lsgan_loss(Mat says, float target, Arena *mem) { return lsgan(says, target, mem); }
