/* Loops in double; two passes over the batch; a matrix that is copied row by row. */
#include "09_gan_tricks.h"
#include "version.h"

Mat smooth_target(Mat y, float a, float b, Arena *mem)
{
    Mat t = mat_copy(mem, y);
    mat_scale(t, a - b);
    for (int i = 0; i < t.n; i++) t.a[i] += b;
    return t;
}

Mat instance_noise(Mat x, Mat eps, float sd, long step, long last, Arena *mem)
{
    Mat y = mat_copy(mem, x);
    if (step >= last) return y;
    double s = (double)sd - (double)sd * (double)step / (double)last;
    for (size_t i = 0; i < mat_size(x); i++) y.a[i] = (float)((double)x.a[i] + s * (double)eps.a[i]);
    return y;
}

static double deviation(Mat x, int j, double *mean)
{
    double sum = 0, square = 0;
    for (int i = x.n - 1; i >= 0; i--) sum += (double)row(x, i)[j];
    *mean = sum / x.n;
    for (int i = x.n - 1; i >= 0; i--) square += pow((double)row(x, i)[j] - *mean, 2);
    return sqrt(square / x.n);
}

Mat minibatch_std(Mat x, Arena *mem)
{
    Mat y = mat_new(mem, x.n, x.d + 1);
    double s = 0, mean;
    for (int j = x.d - 1; j >= 0; j--) s += deviation(x, j, &mean);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j <= x.d; j++) row(y, i)[j] = j < x.d ? row(x, i)[j] : (float)(s / x.d);
    return y;
}

Mat minibatch_std_back(Mat x, Mat dy, Arena *mem)
{
    Mat dx = mat_new(mem, x.n, x.d);
    double ds = 0, mean;
    for (int i = 0; i < x.n; i++) ds += (double)row(dy, i)[x.d];
    for (int j = 0; j < x.d; j++) {
        double sd = deviation(x, j, &mean);
        for (int i = 0; i < x.n; i++)
            row(dx, i)[j] =
                (float)((double)row(dy, i)[j] + (sd > 0 ? ds * ((double)row(x, i)[j] - mean) / (sd * x.n * x.d) : 0));
    }
    return dx;
}

Mat pack(Mat x, int m, Arena *mem)
{
    Mat p = mat_new(mem, x.n / m, x.d * m);
    for (int i = 0; i < p.n; i++)
        for (int k = 0; k < m; k++)
            for (int j = 0; j < x.d; j++) row(p, i)[k * x.d + j] = row(x, i * m + k)[j];
    return p;
}

float spectral_norm(Mat W, Mat u, int rounds, Arena *mem)
{
    double sigma = 0;
    while (rounds-- > 0) {
        Mat v = mat_zeros(mem, 1, W.d), next = mat_zeros(mem, 1, W.n);
        for (int i = 0; i < W.n; i++)
            for (int j = 0; j < W.d; j++) v.a[j] += u.a[i] * row(W, i)[j];
        double length = sqrt(mat_dot(v, v));
        if (length == 0) return 0;
        for (int i = 0; i < W.n; i++)
            for (int j = 0; j < W.d; j++) next.a[i] += (float)((double)v.a[j] / length) * row(W, i)[j];
        sigma = sqrt(mat_dot(next, next));
        for (int i = 0; i < W.n; i++) u.a[i] = (float)((double)next.a[i] / sigma);
    }
    return (float)sigma;
}
