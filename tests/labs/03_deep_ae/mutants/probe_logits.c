/* expect: hole_probe | wrong | these are logits */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(hole_probe);

Probe hole_probe(Net *dec, Mat codes, Mat eps, Arena *mem)
{
    Probe p = hole_probe_right(dec, codes, eps, mem);
    p.picture = net_eval(dec, p.z, mem);
    return p;
}
