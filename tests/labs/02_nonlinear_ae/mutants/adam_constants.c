/* expect: adam_apply | wrong | written in as a number */
#include "02_nonlinear_ae.h"
#include "version.h"

RIGHT(adam_apply);

void adam_apply(Param *p, const Adam *opt)
{
    Adam own = adam(opt->lr);
    own.t = opt->t;
    adam_apply_right(p, &own);
}
