/* expect: adam_apply | wrong | p->m is still 0 */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(adam_apply);

void adam_apply(Param *p, const Adam *opt)
{
    Mat m = {p->m.n, p->m.d, (float[64]){0}}, s = {p->s.n, p->s.d, (float[64]){0}};      /* every call starts from 0 again */
    Param fresh = {p->v, p->g, m, s};
    Adam first = *opt;
    first.t = 1;
    adam_apply_right(&fresh, &first);
}
