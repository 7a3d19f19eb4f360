/* expect: instance_noise | wrong | changed its input x */
#include "09_gan_tricks.h"
#include "version.h"

RIGHT(instance_noise);

Mat instance_noise(Mat x, Mat eps, float sd, long step, long last, Arena *mem)
{
    Mat noisy = instance_noise_right(x, eps, sd, step, last, mem);
    mat_set(x, noisy);
    return noisy;
}
