/* expect: patch_receptive_field | wrong | sizes */
#include "16_pix2pix.h"
#include "slip.h"

int patch_receptive_field(const PatchLayer *layer, int n)
{
    int reach = 1;
    for (int k = n > 5 ? 4 : n - 1; k >= 0; k--) reach = (reach - 1) * layer[k].stride + layer[k].kernel;
    return reach;
}
