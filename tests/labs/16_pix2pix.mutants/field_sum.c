/* expect: patch_receptive_field | wrong | kernels do not add up */
#include "16_pix2pix.h"
#include "slip.h"

int patch_receptive_field(const PatchLayer *layer, int n)
{
    int reach = 0;
    for (int k = n - 1; k >= 0; k--) reach += layer[k].kernel;
    return reach;
}
