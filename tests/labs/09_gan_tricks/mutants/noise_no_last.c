/* expect: instance_noise | wrong | NaN|last */
#include "09_gan_tricks.h"
#include "version.h"

Mat instance_noise(Mat x, Mat eps, float sd, long step, long last, Arena *mem)
{
    Mat y = mat_copy(mem, x), noise = mat_copy(mem, eps);
    float share = 1 - (float)step / (float)last;
    mat_scale(noise, share < 0 ? 0 : sd * share);
    mat_add(y, noise);
    return y;
}
