/* expect: game_step | wrong | x has seen the new y */
#include "07_gan_1d.h"
#include "version.h"

RIGHT(game_step);

void game_step(float *x, float *y, float eta, bool alternating) { game_step_right(x, y, eta, true); }
