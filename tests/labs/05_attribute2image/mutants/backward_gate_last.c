/* expect: compose_backward | wrong | (+=) */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(compose_backward);

Layers compose_backward(Mat dx, Layers l, Arena *mem)
{
    Layers d = compose_backward_right(dx, l, mem);
    int c = dx.d / l.gate.d;
    for (int i = 0; i < (int)mat_size(dx); i++) d.gate.a[i / c] = (l.fore.a[i] - l.back.a[i]) * dx.a[i];
    return d;
}
