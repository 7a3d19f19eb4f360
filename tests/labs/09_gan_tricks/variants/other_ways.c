/* A pack that is a view of the batch, and the penalty one sample at a time, with a step of its own. */
#include "09_gan_tricks.h"
#include "version.h"

Mat pack(Mat x, int m, Arena *mem) { return mat_reshape(x, x.n / m, m * x.d); }

float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem)
{
    double sum = 0;
    for (int i = 0; i < x.n; i++) {
        Mat one = mat_rows(x, i, 1), weight = mat_new(mem, 1, 1);
        Trace at = trace(mem, TRAIN);
        weight.a[0] = 1;
        net_forward(D, one, &at);
        Mat v = net_backward(D, weight, &at, WRT_INPUT);
        double square = mat_dot(v, v);
        if (square == 0) continue;
        float h = .006f / (float)sqrt(square);
        for (int side = -1; side <= 1; side += 2) {
            Trace t = trace(mem, TRAIN);
            Mat moved = mat_copy(mem, v);
            mat_scale(moved, (float)side * h), mat_add(moved, one);
            weight.a[0] = (float)side * gamma / (2 * h * (float)x.n);
            net_forward(D, moved, &t), net_backward(D, weight, &t, WRT_PARAMS);
        }
        sum += square / x.n;
    }
    return (float)((double)gamma / 2 * sum);
}
