/* expect: gan_value | wrong | exchanged */
#define gan_value gan_value_right
#include "../../../solutions/08_gan.c"
#undef gan_value

float gan_value(Net *D, Mat real, Mat fake, Arena *mem)
{
    return gan_value_right(D, fake, real, mem);
}
