/* expect: logreg_step | wrong | + decay W */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(logreg_step);

float logreg_step(Param *W, Param *b, Mat x, const uint8_t *label, float decay, const Sgd *opt, Arena *mem)
{
    float extra = .5f * decay * (float)mat_dot(W->v, W->v);
    return extra + logreg_step_right(W, b, x, label, 0, opt, mem);
}
