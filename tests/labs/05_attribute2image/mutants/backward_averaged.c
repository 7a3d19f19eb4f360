/* expect: compose_backward | wrong | batch */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(compose_backward);

Layers compose_backward(Mat dx, Layers l, Arena *mem)
{
    Layers d = compose_backward_right(dx, l, mem);
    mat_scale(d.gate, 1 / (float)dx.n);
    mat_scale(d.fore, 1 / (float)dx.n);
    mat_scale(d.back, 1 / (float)dx.n);
    return d;
}
