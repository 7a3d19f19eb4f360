/* expect: d_step | wrong | opt */
#include "08_gan.h"
#include "version.h"

RIGHT(d_step);

float d_step(Net *D, Mat real, Mat fake, Adam *opt, Arena *mem)
{
    Adam own = {.lr = .01f, .beta1 = .5f, .beta2 = .999f, .eps = 1e-8f, .t = opt->t};
    float loss = d_step_right(D, real, fake, &own, mem);
    opt->t = own.t;
    return loss;
}
