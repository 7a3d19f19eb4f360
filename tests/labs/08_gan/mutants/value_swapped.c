/* expect: gan_value | wrong | exchanged */
#include "08_gan.h"
#include "version.h"

RIGHT(gan_value);

float gan_value(Net *D, Mat real, Mat fake, Arena *mem)
{
    return gan_value_right(D, fake, real, mem);
}
