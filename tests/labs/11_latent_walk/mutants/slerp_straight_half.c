/* expect: slerp | wrong | want */
#include "11_latent_walk.h"
#include "version.h"

Mat slerp(Mat a, Mat b, float t, Arena *mem)
{
    Mat x = mat_new(mem, a.n, a.d);
    for (int i = 0; i < a.n; i++) {
        double ab = 0, aa = 0, bb = 0;
        for (int j = 0; j < a.d; j++) {
            double p = (double)row(a, i)[j], q = (double)row(b, i)[j];
            ab += p * q, aa += p * p, bb += q * q;
        }
        double theta = aa * bb > 0 ? acos(fmin(1, fmax(-1, ab / sqrt(aa * bb)))) : 0, s = sin(theta), p = sin((1 - (double)t) * theta) / s, q = sin((double)t * theta) / s;
        if (s < 1e-4) p = .5, q = .5;
        for (int j = 0; j < a.d; j++) row(x, i)[j] = (float)(p * (double)row(a, i)[j] + q * (double)row(b, i)[j]);
    }
    return x;
}
