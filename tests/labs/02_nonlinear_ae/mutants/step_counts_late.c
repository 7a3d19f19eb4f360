/* expect: ae_step | wrong | count the step before */
#include "02_nonlinear_ae.h"
#include "version.h"

float ae_step(Mlp *net, Mat x, const Parts *use, Adam *opt, Arena *mem)
{
    Mat h[LAYERS + 1] = {x};
    for (int l = 0; l < net->n; l++) h[l + 1] = use->forward(&net->layer[l], h[l], mem);
    Loss L = squared_error(h[net->n], x, mem);
    for (int l = 0; l < net->n; l++) mat_fill(net->layer[l].w.g, 0), mat_fill(net->layer[l].b.g, 0);
    Mat dh = L.grad;
    for (int l = net->n - 1; l >= 0; l--) dh = use->backward(&net->layer[l], dh, h[l], h[l + 1], mem);
    for (int l = 0; l < net->n; l++) use->update(&net->layer[l].w, opt), use->update(&net->layer[l].b, opt);
    opt->t++;
    return L.value;
}
