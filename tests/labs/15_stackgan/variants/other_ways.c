/* The cloud by whole columns, and edges from the right and from below. */
#include "15_stackgan.h"
#include "version.h"

Augmented cond_augment(Mat h, Mat eps, Arena *mem)
{
    int C = eps.d;
    Mat mu = mat_cols(mem, h, 0, C), logvar = mat_cols(mem, h, C, C), dmu = mat_copy(mem, mu),
        dlogvar = mat_copy(mem, logvar);
    Augmented a = {.c = mat_copy(mem, eps)};
    double kl = 0;
    for (size_t i = 0; i < mat_size(eps); i++) {
        double variance = exp((double)logvar.a[i]);
        a.c.a[i] *= (float)sqrt(variance);
        kl += (double)mu.a[i] * (double)mu.a[i] + variance - (double)logvar.a[i] - 1;
        dlogvar.a[i] = (float)((variance - 1) / 2);
    }
    mat_add(a.c, mu);
    a.dkl = mat_join(mem, dmu, dlogvar);
    mat_scale(a.dkl, 1.f / (float)h.n);
    a.kl = (float)(kl / 2 / h.n);
    return a;
}

double edge_energy(Mat x, int h, int w)
{
    int c = x.d / (h * w);
    double sum = 0;
    for (int i = x.n - 1; i >= 0; i--)
        for (int k = 0; k < c; k++)
            for (int r = 0; r < h; r++)
                for (int q = 0; q < w; q++) {
                    const float *here = row(x, i) + (r * w + q) * c + k;
                    if (q > 0) sum += pow((double)here[0] - (double)here[-c], 2);
                    if (r > 0) sum += pow((double)here[0] - (double)here[-w * c], 2);
                }
    return sum / h / w / x.n;
}

Mat stage2_forward(Stage2 *s, Mat x1, Mat c, Mode mode, Stage2Trace *way, Arena *mem)
{
    way->residual = trace(mem, mode);
    way->encode = trace(mem, mode);
    int pixels = s->h * s->w;
    Mat map = net_forward(&s->encode, x1, &way->encode), planes = mat_repeat(mem, c, pixels);
    Mat told = mat_join(mem, mat_reshape(map, map.n * pixels, map.d / pixels), planes);
    Mat r = net_forward(&s->residual, mat_reshape(told, x1.n, pixels * told.d), &way->residual);
    Mat x2 = spread(s, x1, r, mem);
    Trace up = trace(mem, TRAIN);
    mat_add(x2, net_forward(&s->up, x1, &up));
    return x2;
}
