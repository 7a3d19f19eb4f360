/* Convolution as a product of matrices (im2row), its transpose as the transposed product; batch norm with sums of
 * floats. */
#include "10_dcgan.h"
#include "version.h"

Mat conv_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
    int k = win->kernel, c = win->big.c, places = win->small.h * win->small.w;
    Mat rows = mat_zeros(mem, x.n * places, W.n);
    for (int r = 0; r < rows.n; r++)
        for (int w = k * k - 1; w >= 0; w--) {
            const float *from =
                under(win, x, r / places, r % places / win->small.w, r % places % win->small.w, w / k, w % k);
            if (from) memcpy(row(rows, r) + w * c, from, sizeof(float) * (size_t)c);
        }
    Mat y = mat_mul(mem, rows, W);
    mat_add_row(y, b);
    return mat_reshape(y, x.n, shape_size(win->small));
}

Mat convt_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
    int k = win->kernel, c = win->big.c, places = win->small.h * win->small.w;
    Mat rows = mat_mul_nt(mem, mat_pixels(x, win->small.c), W), y = mat_zeros(mem, x.n, shape_size(win->big));
    for (int r = rows.n - 1; r >= 0; r--)
        for (int w = 0; w < k * k; w++) {
            float *to = under(win, y, r / places, r % places / win->small.w, r % places % win->small.w, w / k, w % k);
            for (int j = 0; to && j < c; j++) to[j] += row(rows, r)[w * c + j];
        }
    mat_add_row(mat_pixels(y, c), b);
    return y;
}

Normed batchnorm_forward(Mat x, Mat gain, Mat shift, Mat run, bool train, Arena *mem)
{
    Mat mean = mat_zeros(mem, 1, x.d), var = mat_zeros(mem, 1, x.d), xhat = mat_copy(mem, x),
        rsd = mat_new(mem, 1, x.d);
    if (train) {
        mat_add_column_sums(mean, x);
        mat_scale(mean, 1 / (float)x.n);
        mat_sub_row(xhat, mean);
        for (int i = 0; i < x.n; i++)
            for (int j = 0; j < x.d; j++) var.a[j] += row(xhat, i)[j] * row(xhat, i)[j];
        for (int j = 0; j < x.d; j++) {
            row(run, 0)[j] = .9f * row(run, 0)[j] + .1f * mean.a[j];
            row(run, 1)[j] = .9f * row(run, 1)[j] + .1f * var.a[j] / (float)(x.n - 1);
            var.a[j] /= (float)x.n;
        }
    } else {
        mat_sub_row(xhat, mat_rows(run, 0, 1));
        mat_set(var, mat_rows(run, 1, 1));
    }
    for (int j = 0; j < x.d; j++) rsd.a[j] = powf(var.a[j] + 1e-5f, -.5f);
    Mat y = mat_new(mem, x.n, x.d);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++)
            row(xhat, i)[j] *= rsd.a[j], row(y, i)[j] = row(xhat, i)[j] * gain.a[j] + shift.a[j];
    return (Normed){y, xhat, rsd};
}

NormedGrad batchnorm_backward(Mat dy, Normed fwd, Mat gain, Arena *mem)
{
    Mat dshift = mat_zeros(mem, 1, dy.d), dgain = mat_zeros(mem, 1, dy.d), dx = mat_copy(mem, dy);
    mat_add_column_sums(dshift, dy);
    for (int i = 0; i < dy.n; i++)
        for (int j = 0; j < dy.d; j++) dgain.a[j] += row(dy, i)[j] * row(fwd.xhat, i)[j];
    for (int i = 0; i < dy.n; i++)
        for (int j = 0; j < dy.d; j++)
            row(dx, i)[j] = gain.a[j] * fwd.rsd.a[j] / (float)dy.n *
                            ((float)dy.n * row(dy, i)[j] - dshift.a[j] - row(fwd.xhat, i)[j] * dgain.a[j]);
    return (NormedGrad){dx, dgain, dshift};
}
