/* expect: compose_layers | wrong | is its input fore */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(compose_layers);

Mat compose_layers(Layers l, Arena *mem)
{
    mat_set(l.fore, compose_layers_right(l, mem));
    return l.fore;
}
