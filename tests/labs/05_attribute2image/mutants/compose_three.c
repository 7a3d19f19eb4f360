/* expect: compose_layers | wrong | want|which bound, stride or constant fits only */
#include "05_attribute2image.h"
#include "version.h"

Mat compose_layers(Layers l, Arena *mem)
{
    Mat x = mat_copy(mem, l.back);
    for (int i = 0; i < (int)mat_size(x) && i / 3 < (int)mat_size(l.gate); i++) {
        float g = l.gate.a[i / 3];
        x.a[i] = g * l.fore.a[i] + (1 - g) * l.back.a[i];
    }
    return x;
}
