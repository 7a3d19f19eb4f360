/* expect: compose_backward | wrong | never set|nan|differ|want */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(compose_backward);

Layers compose_backward(Mat dx, Layers l, Arena *mem)
{
    Layers d = compose_backward_right(dx, l, mem);
    Mat gate = mat_new(mem, d.gate.n, d.gate.d);
    mat_add(gate, d.gate);
    d.gate = gate;
    return d;
}
