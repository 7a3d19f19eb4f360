/* expect: adam_apply | wrong | eps stands outside of the root */
#include "02_nonlinear_ae.h"
#include "slip.h"

void adam_apply(Param *p, const Adam *opt)
{
    float fix_m = 1 - powf(opt->beta1, (float)opt->t), fix_s = 1 - powf(opt->beta2, (float)opt->t);
    for (size_t i = 0; i < mat_size(p->v); i++) {
        float g = p->g.a[i], *m = &p->m.a[i], *s = &p->s.a[i];
        *m = opt->beta1 * *m + (1 - opt->beta1) * g;
        *s = opt->beta2 * *s + (1 - opt->beta2) * g * g;
        p->v.a[i] -= opt->lr * (*m / fix_m) / sqrtf(*s / fix_s + opt->eps);
    }
}
