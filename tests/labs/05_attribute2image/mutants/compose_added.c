/* expect: compose_layers | wrong | only as far as the gate is shut */
#include "05_attribute2image.h"
#include "version.h"

Mat compose_layers(Layers l, Arena *mem)
{
    Mat x = mat_copy(mem, l.back);
    int c = x.d / l.gate.d;
    for (int i = 0; i < (int)mat_size(x); i++) x.a[i] += l.gate.a[i / c] * l.fore.a[i];
    return x;
}
