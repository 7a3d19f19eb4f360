/* expect: hole_probe | wrong | these are logits */
#define hole_probe hole_probe_right
#include "../../../solutions/03_deep_ae.c"
#undef hole_probe

Probe hole_probe(Net *dec, Mat codes, Mat eps, Arena *mem)
{
    Probe p = hole_probe_right(dec, codes, eps, mem);
    p.picture = net_eval(dec, p.z, mem);
    return p;
}
