/* expect: game_step | wrong | x has used the old y */
#define game_step game_step_right
#include "../../../solutions/07_gan_1d.c"
#undef game_step

void game_step(float *x, float *y, float eta, bool alternating) { game_step_right(x, y, eta, false); }
