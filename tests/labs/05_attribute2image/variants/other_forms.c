/* One row after the other with running pointers, one colour of the pixel at a time; the loss by the library; sums in
 * double throughout. */
#include "05_attribute2image.h"
#include "version.h"

Mat cond_join(Mat x, Mat value, const int *values, Arena *mem)
{
    Mat y = mat_copy(mem, x);
    for (int k = 0; k < value.d; k++) {
        Mat block = mat_zeros(mem, x.n, values[k]);
        for (int i = 0; i < x.n; i++) row(block, i)[(int)row(value, i)[k]] = 1;
        y = mat_join(mem, y, block);
    }
    return y;
}

Mat compose_layers(Layers l, Arena *mem)
{
    Mat x = mat_new(mem, l.fore.n, l.fore.d);
    int c = l.fore.d / l.gate.d;
    for (int i = 0; i < x.n; i++)
        for (int k = 0; k < c; k++)
            for (int p = 0; p < l.gate.d; p++) {
                double f = row(l.fore, i)[p * c + k], b = row(l.back, i)[p * c + k];
                row(x, i)[p * c + k] = (float)(b + row(l.gate, i)[p] * (f - b));
            }
    return x;
}

Layers compose_backward(Mat dx, Layers l, Arena *mem)
{
    Layers d = {mat_new(mem, l.gate.n, l.gate.d), mat_copy(mem, dx), mat_copy(mem, dx)};
    int c = dx.d / l.gate.d;
    for (int i = 0; i < dx.n; i++)
        for (int p = 0; p < l.gate.d; p++) {
            double g = row(l.gate, i)[p], sum = 0;
            for (int k = 0; k < c; k++) {
                float *f = row(d.fore, i) + p * c + k, *b = row(d.back, i) + p * c + k;
                sum += (double)(row(l.fore, i)[p * c + k] - row(l.back, i)[p * c + k]) * (double)*f;
                *f = (float)(g * *f), *b = (float)((1 - g) * *b);
            }
            row(d.gate, i)[p] = (float)sum;
        }
    return d;
}

Bound cvae_loss(Mat y, Mat x, Code q, Code p, float sd, float beta, Arena *mem)
{
    Loss squares = squared_error(y, x, mem);
    int n = q.mu.n, Z = q.mu.d;
    Bound b = {.dy = squares.grad,
               .dq = {mat_new(mem, n, Z), mat_new(mem, n, Z)},
               .dp = {mat_new(mem, n, Z), mat_new(mem, n, Z)}};
    mat_scale(b.dy, .5f / (sd * sd));
    double rec = 0, kl = 0;
    for (int i = 0; i < y.n; i++)
        for (int j = 0; j < y.d; j++) {
            double t = ((double)row(y, i)[j] - (double)row(x, i)[j]) / (double)sd;
            rec += .5 * (t * t + log(2 * M_PI * sd * sd));
        }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < Z; j++) {
            double t = ((double)row(q.mu, i)[j] - (double)row(p.mu, i)[j]) * exp(-.5 * (double)row(p.logvar, i)[j]);
            double wider = (double)row(q.logvar, i)[j] - (double)row(p.logvar, i)[j], ratio = exp(wider),
                   each = (double)beta / n;
            kl += (ratio - wider - 1 + t * t) / 2;
            row(b.dq.mu, i)[j] = (float)(each * t * exp(-.5 * (double)row(p.logvar, i)[j]));
            row(b.dp.mu, i)[j] = -row(b.dq.mu, i)[j];
            row(b.dq.logvar, i)[j] = (float)(each * (ratio - 1) / 2);
            row(b.dp.logvar, i)[j] = (float)(each * (1 - ratio - t * t) / 2);
        }
    b.rec = (float)(rec / n), b.kl = (float)(kl / n);
    return b;
}

Mat attribute_sweep(Mat value, int which, int values, Arena *mem)
{
    Mat s = mat_new(mem, values, value.d);
    for (int i = 0; i < values * value.d; i++)
        s.a[i] = i % value.d == which ? (float)(i / value.d) : value.a[i % value.d];
    return s;
}
