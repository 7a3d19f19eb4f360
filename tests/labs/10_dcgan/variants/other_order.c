/* The fakes first; targets as matrices; a loss and its gradient by hand; D's gradient for the input taken before G's is
 * zeroed. */
#include "10_dcgan.h"
#include "version.h"

float dcgan_d_step(Net *D, Mat real, Mat fake, const Adam *opt, Arena *mem)
{
    float sum = 0;
    net_zero_grad(D);
    for (int k = 0; k < 2; k++) {
        Trace t = trace(mem, TRAIN);
        Mat v = net_forward(D, k ? real : fake, &t), target = mat_new(mem, v.n, 1);
        mat_fill(target, (float)k);
        Loss L = bce_logits(v, target, mem);
        net_backward(D, L.grad, &t, WRT_BOTH); /* the input's gradient is computed in vain, and does no harm */
        sum += L.value;
    }
    adam_step(D, opt);
    return sum;
}

float dcgan_g_step(Net *G, Net *D, Mat fake, Trace *tg, const Adam *opt, Arena *mem)
{
    Trace td = trace(mem, TRAIN);
    Mat v = net_forward(D, fake, &td), dv = mat_new(mem, v.n, 1);
    double loss = 0;
    for (int i = 0; i < v.n; i++) {
        double s = 1 / (1 + exp(-(double)v.a[i]));
        loss -= log(s) / v.n;
        dv.a[i] = (float)((s - 1) / v.n);
    }
    net_zero_grad(G);
    net_backward(G, net_backward(D, dv, &td, WRT_INPUT), tg, WRT_PARAMS);
    adam_step(G, opt);
    return (float)loss;
}
