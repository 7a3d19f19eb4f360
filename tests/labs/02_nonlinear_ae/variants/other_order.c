/* The gradient by way of one product and an addition; the bias as one more input that is always 1; two passes of
 * updates, last layer first. */
#include "02_nonlinear_ae.h"
#include "version.h"

static Mat ones(int n, Arena *mem)
{
    Mat one = mat_new(mem, n, 1);
    mat_fill(one, 1);
    return one;
}

Mat dense_forward(Mat x, Mat W, Mat b, Arena *mem)
{
    Mat a = mat_mul(mem, ones(x.n, mem), b);    // (B,1) (1,e): the bias, B times
    mat_gemm(a, 1, x, false, W, false, 1);
    return a;
}

Mat dense_backward(Mat da, Mat x, Param *W, Param *b, Arena *mem)
{
    Mat dx = mat_mul_nt(mem, da, W->v);
    mat_add(b->g, mat_mul_tn(mem, ones(da.n, mem), da));
    mat_add(W->g, mat_mul_tn(mem, x, da));
    return dx;
}

/* By squares of the whole: v -= lr m / (1 - b1^t) / ... in double, the powers by repeated products. */
void adam_apply(Param *p, const Adam *opt, int t)
{
    double b1 = 1, b2 = 1;
    for (int k = 0; k < t; k++) b1 *= (double)opt->beta1, b2 *= (double)opt->beta2;
    for (size_t i = 0; i < mat_size(p->v); i++) {
        p->m.a[i] = opt->beta1 * p->m.a[i] + (1 - opt->beta1) * p->g.a[i];
        p->s.a[i] = opt->beta2 * p->s.a[i] + (1 - opt->beta2) * powf(p->g.a[i], 2);
        p->v.a[i] -= (float)((double)opt->lr * ((double)p->m.a[i] / (1 - b1)) /
                             (sqrt((double)p->s.a[i] / (1 - b2)) + (double)opt->eps));
    }
}

float ae_step(Mlp *net, Mat x, const Parts *use, const Adam *opt, Arena *mem)
{
    for (int l = 0; l < net->n; l++) mat_fill(net->layer[l].w.g, 0), mat_fill(net->layer[l].b.g, 0);
    Mat h[LAYERS + 1], dh[LAYERS + 1];
    h[0] = x;
    for (int l = 0; l < net->n; l++) h[l + 1] = use->forward(net->layer + l, h[l], mem);
    dh[net->n] = mat_copy(mem, h[net->n]);
    mat_sub(dh[net->n], x);
    double loss = 0;
    for (size_t i = 0; i < mat_size(x); i++) loss += pow((double)dh[net->n].a[i], 2);
    mat_scale(dh[net->n], 2.f / (float)x.n);
    for (int l = net->n; l > 0; l--) dh[l - 1] = use->backward(net->layer + l - 1, dh[l], h[l - 1], h[l], mem);
    ++net->steps;
    for (int l = net->n; l > 0; l--) use->update(&net->layer[l - 1].w, opt, net->steps);
    for (int l = net->n; l > 0; l--) use->update(&net->layer[l - 1].b, opt, net->steps);
    return (float)(loss / x.n);
}
