/* expect: minibatch_std | wrong | through the deviation */
#define minibatch_std_back minibatch_std_back_right
#include "../../../solutions/09_gan_tricks.c"
#undef minibatch_std_back

Mat minibatch_std_back(Mat x, Mat dy, Arena *mem) { return mat_cols(mem, dy, 0, x.d); }
