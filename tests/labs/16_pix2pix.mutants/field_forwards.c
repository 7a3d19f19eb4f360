/* expect: patch_receptive_field | wrong | from the last layer to the first */
#include "16_pix2pix.h"
#include "slip.h"

int patch_receptive_field(const PatchLayer *layer, int n)
{
    int reach = 1;
    for (int k = 0; k < n; k++) reach = (reach - 1) * layer[k].stride + layer[k].kernel;
    return reach;
}
