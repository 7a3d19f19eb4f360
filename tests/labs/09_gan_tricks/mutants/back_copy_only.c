/* expect: minibatch_std | wrong | through the deviation */
#include "09_gan_tricks.h"
#include "version.h"

Mat minibatch_std_back(Mat x, Mat dy, Arena *mem) { return mat_cols(mem, dy, 0, x.d); }
