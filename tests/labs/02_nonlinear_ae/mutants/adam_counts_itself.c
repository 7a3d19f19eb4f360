/* expect: adam_apply | wrong | two calls|which of lr */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(adam_apply);

void adam_apply(Param *p, const Adam *opt, int t)
{
    static const Param *last;
    static int own;
    own = last == p ? own + 1 : 1;
    last = p;
    adam_apply_right(p, opt, own);
}
