/* expect: gan_value | wrong | they add up|for the real points */
#include "08_gan.h"
#include "version.h"

RIGHT(gan_value);

float gan_value(Net *D, Mat real, Mat fake, Arena *mem)
{
    return .5f * gan_value_right(D, real, fake, mem);
}
