/* expect: compose_layers | wrong | where the gate is 1 there is foreground */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(compose_layers);

Mat compose_layers(Layers l, Arena *mem)
{
    Layers other = {l.gate, l.back, l.fore};
    return compose_layers_right(other, mem);
}
