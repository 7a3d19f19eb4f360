/* expect: game_step | wrong | y went down */
#define game_step game_step_right
#include "../../../solutions/07_gan_1d.c"
#undef game_step

void game_step(float *x, float *y, float eta, bool alternating)
{
    float old_y = *y;
    *y -= eta * *x;
    *x -= eta * (alternating ? old_y + eta * *x : old_y);
}
