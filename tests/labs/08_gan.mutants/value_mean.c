/* expect: gan_value | wrong | they add up|for the real points */
#define gan_value gan_value_right
#include "../../../solutions/08_gan.c"
#undef gan_value

float gan_value(Net *D, Mat real, Mat fake, Arena *mem)
{
    return .5f * gan_value_right(D, real, fake, mem);
}
