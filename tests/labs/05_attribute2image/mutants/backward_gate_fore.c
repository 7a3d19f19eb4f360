/* expect: compose_backward | wrong | takes the background away */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(compose_backward);

Layers compose_backward(Mat dx, Layers l, Arena *mem)
{
    Layers d = compose_backward_right(dx, l, mem);
    int c = dx.d / l.gate.d;
    mat_fill(d.gate, 0);
    for (int i = 0; i < (int)mat_size(dx); i++) d.gate.a[i / c] += l.fore.a[i] * dx.a[i];
    return d;
}
