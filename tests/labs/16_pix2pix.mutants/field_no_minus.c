/* expect: patch_receptive_field | wrong |  */
#include "16_pix2pix.h"
#include "slip.h"

int patch_receptive_field(const PatchLayer *layer, int n)
{
    int reach = 1;
    for (int k = n - 1; k >= 0; k--) reach = reach * layer[k].stride + layer[k].kernel;
    return reach;
}
