/* expect: compose_backward | wrong | only as far as the gate is open */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(compose_backward);

Layers compose_backward(Mat dx, Layers l, Arena *mem)
{
    Layers d = compose_backward_right(dx, l, mem);
    mat_set(d.fore, dx);
    return d;
}
