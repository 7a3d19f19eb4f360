/* expect: compose_layers | wrong | number i belongs to the pixel */
#include "05_attribute2image.h"
#include "version.h"

Mat compose_layers(Layers l, Arena *mem)
{
    Mat x = mat_new(mem, l.fore.n, l.fore.d);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++) {
            float g = row(l.gate, i)[j % l.gate.d];
            row(x, i)[j] = g * row(l.fore, i)[j] + (1 - g) * row(l.back, i)[j];
        }
    return x;
}
