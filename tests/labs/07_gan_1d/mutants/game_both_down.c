/* expect: game_step | wrong | y went down */
#include "07_gan_1d.h"
#include "version.h"

void game_step(float *x, float *y, float eta, bool alternating)
{
    float old_y = *y;
    *y -= eta * *x;
    *x -= eta * (alternating ? old_y + eta * *x : old_y);
}
