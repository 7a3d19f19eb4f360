/* expect: logreg_step | wrong | the bias did not move */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(logreg_step);

float logreg_step(Param *W, Param *b, Mat x, const uint8_t *label, float decay, const Sgd *opt, Arena *mem)
{
    Mat before = mat_copy(mem, b->v);
    float loss = logreg_step_right(W, b, x, label, decay, opt, mem);
    mat_set(b->v, before);
    return loss;
}
