/* Every product a loop over doubles, samples last to first; tanh from the sigmoid; layers updated as soon as backward
 * has left them. */
#include "02_nonlinear_ae.h"
#include "version.h"

static float logistic(float a) { return a >= 0 ? 1 / (1 + expf(-a)) : expf(a) / (1 + expf(a)); }

Mat act_forward(Act act, Mat a, Arena *mem)
{
    Mat h = mat_copy(mem, a);
    for (int i = a.n - 1; i >= 0; i--)
        for (int j = 0; j < a.d; j++) {
            float *v = &row(h, i)[j];
            switch (act) {
            case TANH: *v = 2 * logistic(2 * *v) - 1; break;
            case SIGMOID: *v = logistic(*v); break;
            case LRELU: *v = fmaxf(*v, SLOPE * *v); break;
            default: break;
            }
        }
    return h;
}

Mat act_backward(Act act, Mat dh, Mat h, Arena *mem)
{
    Mat da = mat_copy(mem, dh);
    for (size_t i = 0; i < mat_size(da); i++) {
        double y = (double)h.a[i];
        if (act == TANH) da.a[i] *= (float)((1 - y) * (1 + y));
        if (act == SIGMOID) da.a[i] *= (float)(y - y * y);
        if (act == LRELU && !(y > 0)) da.a[i] *= SLOPE;
    }
    return da;
}

Mat dense_forward(Mat x, Mat W, Mat b, Arena *mem)
{
    Mat a = mat_new(mem, x.n, W.d);
    for (int i = 0; i < x.n; i++)
        for (int k = 0; k < W.d; k++) {
            double sum = (double)b.a[k];
            for (int j = x.d - 1; j >= 0; j--) sum += (double)row(x, i)[j] * (double)row(W, j)[k];
            row(a, i)[k] = (float)sum;
        }
    return a;
}

Mat dense_backward(Mat da, Mat x, Param *W, Param *b, Arena *mem)
{
    Mat dx = mat_zeros(mem, x.n, x.d);
    for (int i = da.n - 1; i >= 0; i--)
        for (int k = 0; k < da.d; k++) {
            b->g.a[k] += row(da, i)[k];
            for (int j = 0; j < x.d; j++) {
                row(W->g, j)[k] += row(x, i)[j] * row(da, i)[k];
                row(dx, i)[j] += row(da, i)[k] * row(W->v, j)[k];
            }
        }
    return dx;
}

/* The corrections folded into the rate, as the paper's section 2 suggests. */
void adam_apply(Param *p, const Adam *opt, int t)
{
    double fix_m = 1 - pow((double)opt->beta1, t), fix_s = 1 - pow((double)opt->beta2, t),
           rate = (double)opt->lr * sqrt(fix_s) / fix_m;
    for (size_t i = 0; i < mat_size(p->v); i++) {
        double g = (double)p->g.a[i], m = (double)p->m.a[i], s = (double)p->s.a[i];
        m += (1 - (double)opt->beta1) * (g - m);
        s += (1 - (double)opt->beta2) * (g * g - s);
        p->m.a[i] = (float)m, p->s.a[i] = (float)s;
        p->v.a[i] -= (float)(rate * m / (sqrt(s) + (double)opt->eps * sqrt(fix_s)));
    }
}

float ae_step(Mlp *net, Mat x, const Parts *use, const Adam *opt, Arena *mem)
{
    Mat in[LAYERS], h = x;
    for (int l = 0; l < net->n; l++) in[l] = h, h = use->forward(&net->layer[l], h, mem);
    Mat dh = mat_new(mem, x.n, x.d);
    double loss = 0;
    for (size_t i = 0; i < mat_size(x); i++) {
        double e = (double)h.a[i] - (double)x.a[i];
        loss += e * e / x.n;
        dh.a[i] = (float)(2 * e / x.n);
    }
    net->steps += 1;
    for (int l = net->n - 1; l >= 0; l--) {
        DenseLayer *layer = &net->layer[l];
        mat_scale(layer->w.g, 0), mat_scale(layer->b.g, 0);
        dh = use->backward(layer, dh, in[l], h, mem);
        h = in[l];
        use->update(&layer->b, opt, net->steps), use->update(&layer->w, opt, net->steps);
    }
    return (float)loss;
}
