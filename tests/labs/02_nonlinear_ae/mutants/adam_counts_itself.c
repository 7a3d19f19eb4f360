/* expect: adam_apply | wrong | two calls|which of lr */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(adam_apply);

void adam_apply(Param *p, const Adam *opt)
{
    static const Param *last;
    static int t;
    t = last == p ? t + 1 : 1;
    last = p;
    Adam own = *opt;
    own.t = t;
    adam_apply_right(p, &own);
}
