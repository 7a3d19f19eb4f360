/* expect: game_step | wrong | x moved first */
#include "07_gan_1d.h"
#include "version.h"

RIGHT(game_step);

void game_step(float *x, float *y, float eta, bool alternating)
{
    if (!alternating) { game_step_right(x, y, eta, false); return; }
    *x -= eta * *y;
    *y += eta * *x;
}
