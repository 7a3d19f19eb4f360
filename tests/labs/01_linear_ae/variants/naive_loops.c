/* Every product a loop over doubles; two-pass means; the gradient from the residual, without using the code. */
#include "01_linear_ae.h"
#include "version.h"

void centre_data(Mat x, Mat mean)
{
    mat_fill(mean, 0);
    for (int pass = 0; pass < 2; pass++) /* the second pass removes what rounding left */
        for (int j = 0; j < x.d; j++) {
            double sum = 0;
            for (int i = x.n - 1; i >= 0; i--) sum += (double)row(x, i)[j] / x.n;
            for (int i = 0; i < x.n; i++) row(x, i)[j] -= (float)sum;
            mean.a[j] += (float)sum;
        }
}

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    Mat z = mat_new(mem, x.n, W.d);
    for (int i = 0; i < x.n; i++)
        for (int b = 0; b < W.d; b++) {
            double sum = 0;
            for (int j = 0; j < x.d; j++) sum += (double)row(x, i)[j] * (double)row(W, j)[b];
            row(z, i)[b] = (float)sum;
        }
    return z;
}

Mat ae_decode(Mat z, Mat W, Arena *mem)
{
    Mat xhat = mat_zeros(mem, z.n, W.n);
    for (int b = W.d - 1; b >= 0; b--)
        for (int i = 0; i < z.n; i++)
            for (int j = 0; j < W.n; j++) row(xhat, i)[j] += row(z, i)[b] * row(W, j)[b];
    return xhat;
}

float tied_loss(Mat x, Mat xhat)
{
    float loss = 0;
    for (int i = 0; i < x.n; i++) {
        float sum = 0;
        for (int j = x.d - 1; j >= 0; j--) sum += powf(row(x, i)[j] - row(xhat, i)[j], 2);
        loss += sum / (float)x.n;
    }
    return loss;
}

/* With r = x - xhat: dW = -2/B (r^T x + x^T r) W. */
Mat tied_grad(Mat x, Mat z, Mat xhat, Mat W, Arena *mem)
{
    Mat r = mat_copy(mem, x);
    mat_sub(r, xhat);
    Mat m = mat_mul_tn(mem, r, x);
    mat_add(m, mat_transpose(mem, m));
    Mat dW = mat_mul(mem, m, W);
    mat_scale(dW, -2.f / (float)x.n);
    return dW;
}
