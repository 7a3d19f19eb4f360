/* expect: dcgan_d_step | wrong | go through D separately */
#include "10_dcgan.h"
#include "version.h"

float dcgan_d_step(Net *D, Mat real, Mat fake, const Adam *opt, Arena *mem)
{
    Mat both = mat_new(mem, real.n + fake.n, real.d), target = mat_zeros(mem, both.n, 1);
    mat_set(mat_rows(both, 0, real.n), real), mat_set(mat_rows(both, real.n, fake.n), fake);
    mat_fill(mat_rows(target, 0, real.n), 1);
    Trace t = trace(mem, TRAIN);
    Loss L = bce_logits(net_forward(D, both, &t), target, mem);
    mat_scale(L.grad, 2); /* two means, not one */
    net_zero_grad(D);
    net_backward(D, L.grad, &t, WRT_PARAMS);
    adam_step(D, opt);
    return 2 * L.value;
}
