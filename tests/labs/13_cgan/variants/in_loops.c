/* Number by number, and a score and its gradient without the library's loss. */
#include "13_cgan.h"
#include "version.h"

Mat one_hot(const uint8_t *label, int n, int classes, Arena *mem)
{
    Mat y = mat_new(mem, n, classes);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < classes; k++) row(y, i)[k] = label[i] == k ? 1.f : 0.f;
    return y;
}

Mat join_condition(Mat x, int pixels, Mat y, Arena *mem)
{
    int c = x.d / pixels, wide = c + y.d;
    Mat joined = mat_new(mem, x.n, pixels * wide);
    for (int i = 0; i < x.n; i++)
        for (int p = 0; p < pixels; p++)
            for (int k = 0; k < wide; k++)
                row(joined, i)[p * wide + k] = k < c ? row(x, i)[p * c + k] : row(y, i)[k - c];
    return joined;
}

Loss cgan_g_loss(Discriminator *D, Mat fake, Mat y, Arena *mem)
{
    Question q;
    Mat logit = ask(D, fake, y, &q, mem), d = mat_new(mem, fake.n, 1);
    double sum = 0;
    for (int i = 0; i < fake.n; i++) {
        double v = (double)logit.a[i];
        sum += log1p(exp(-fabs(v))) + (v < 0 ? -v : 0);
        d.a[i] = (float)((1 / (1 + exp(-v)) - 1) / fake.n);
    }
    return (Loss){(float)(sum / fake.n), ask_backward(D, d, &q, WRT_INPUT, mem)};
}

Obedience condition_accuracy(const uint8_t *asked, const uint8_t *judged, int n, int classes, Arena *mem)
{
    Obedience o = {mat_zeros(mem, classes, classes), 0};
    double agree = 0;
    for (int k = 0; k < classes; k++)
        for (int j = 0; j < classes; j++) {
            double both = 0, all = 0;
            for (int i = 0; i < n; i++) {
                all += asked[i] == k;
                both += asked[i] == k && judged[i] == j;
            }
            row(o.confusion, k)[j] = all > 0 ? (float)(both / all) : 0;
            if (j == k) agree += both;
        }
    o.accuracy = (float)(agree / n);
    return o;
}
