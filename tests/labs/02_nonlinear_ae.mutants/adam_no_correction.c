/* expect: adam_apply | wrong | the means start at 0 */
#include "02_nonlinear_ae.h"
#include "slip.h"

void adam_apply(Param *p, const Adam *opt)
{
    for (size_t i = 0; i < mat_size(p->v); i++) {
        float g = p->g.a[i], *m = &p->m.a[i], *s = &p->s.a[i];
        *m = opt->beta1 * *m + (1 - opt->beta1) * g;
        *s = opt->beta2 * *s + (1 - opt->beta2) * g * g;
        p->v.a[i] -= opt->lr * *m / (sqrtf(*s) + opt->eps);
    }
}
