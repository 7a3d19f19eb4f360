/* Every pixel by its own loop, receptive fields from the first layer on, and L1 in double. */
#include "16_pix2pix.h"
#include "version.h"

Mat skip_join(Mat skip, Mat up, int pixels, Arena *mem)
{
    int s = skip.d / pixels, u = up.d / pixels;
    Mat y = mat_new(mem, skip.n, pixels * (s + u));
    float *to = y.a;
    for (int q = 0; q < skip.n * pixels; q++, to += s + u) {
        memcpy(to, skip.a + q * s, (size_t)s * sizeof(float));
        memcpy(to + s, up.a + q * u, (size_t)u * sizeof(float));
    }
    return y;
}

void skip_split(Mat d, int pixels, Mat dskip, Mat dup)
{
    int s = dskip.d / pixels, u = dup.d / pixels;
    for (int q = 0; q < d.n * pixels; q++) {
        memcpy(dskip.a + q * s, d.a + q * (s + u), (size_t)s * sizeof(float));
        memcpy(dup.a + q * u, d.a + q * (s + u) + s, (size_t)u * sizeof(float));
    }
}

/* A layer adds kernel - 1 steps, each as long as all strides before it together. */
int patch_receptive_field(const PatchLayer *layer, int n)
{
    int reach = 1, step = 1;
    for (int k = 0; k < n; k++) {
        reach += (layer[k].kernel - 1) * step;
        step *= layer[k].stride;
    }
    return reach;
}

Loss l1_loss(Mat y, Mat truth, Arena *mem)
{
    Loss loss = {0, mat_zeros(mem, y.n, y.d)};
    double sum = 0, n = (double)y.n * y.d;
    for (size_t i = 0; i < mat_size(y); i++) {
        double off = (double)y.a[i] - (double)truth.a[i];
        sum += off > 0 ? off : -off;
        loss.grad.a[i] += (float)(((off > 0) - (off < 0)) / n);
    }
    loss.value = (float)(sum / n);
    return loss;
}
