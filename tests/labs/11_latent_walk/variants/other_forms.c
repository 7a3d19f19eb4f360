/* The same in other forms: lerp as a step from a, slerp by an orthonormal pair, a mean that follows, a path in one pass
 * per picture. */
#include "11_latent_walk.h"
#include "version.h"

Mat lerp(Mat a, Mat b, float t, Arena *mem)
{
    Mat x = mat_copy(mem, b);
    mat_sub(x, a);
    mat_scale(x, t);
    mat_add(x, a);
    return x;
}

/* a cos(t theta) |.| and the part of b that is at right angles to a: for ends of length p and q the sum of two sines is
 * the same. */
Mat slerp(Mat a, Mat b, float t, Arena *mem)
{
    Mat x = mat_new(mem, a.n, a.d);
    for (int i = 0; i < a.n; i++) {
        const float *p = row(a, i), *q = row(b, i);
        long double pq = 0, pp = 0, qq = 0;
        for (int j = 0; j < a.d; j++) {
            pq += (long double)p[j] * q[j];
            pp += (long double)p[j] * p[j];
            qq += (long double)q[j] * q[j];
        }
        long double sine = 0, theta = 0;
        if (pp > 0 && qq > 0) {
            long double c = pq / sqrtl(pp * qq);
            theta = acosl(c > 1 ? 1 : c < -1 ? -1 : c);
            sine = sinl(theta);
        }
        bool arc = sine >= 1e-4L;
        double of_b = arc ? (double)(sinl((long double)t * theta) / sine) : (double)t;
        double of_a = arc ? (double)(sinl(theta - (long double)t * theta) / sine) : 1 - (double)t;
        for (int j = 0; j < a.d; j++) row(x, i)[j] = (float)(of_b * (double)q[j] + of_a * (double)p[j]);
    }
    return x;
}

Concept concept_mean(Mat w, Mat seen, Mat want, int from, int most, Arena *mem)
{
    double *mean = arena_alloc(mem, (size_t)w.d * sizeof *mean);
    for (int j = 0; j < w.d; j++) mean[j] = 0;
    int n = 0, i = from;
    do {
        int wrong = 0;
        for (int k = 0; k < want.d; k++) wrong += want.a[k] != -1 && row(seen, i)[k] != want.a[k];
        if (!wrong && n < most) {
            n++;
            for (int j = 0; j < w.d; j++) mean[j] += ((double)row(w, i)[j] - mean[j]) / n;
        }
        i = i + 1 == w.n ? 0 : i + 1;
    } while (i != from);
    Concept c = {mat_new(mem, 1, w.d), n};
    for (int j = 0; j < w.d; j++) c.mean.a[j] = (float)mean[j];
    return c;
}

Mat latent_arithmetic(Mat a, Mat b, Mat c, float t, Arena *mem)
{
    Mat x = mat_copy(mem, a);
    mat_sub(x, b);
    mat_scale(x, t);
    mat_add(x, c);
    return x;
}

Walk path_score(Mat x, Mat seen)
{
    double sum = 0, most = 0, unclear = 0;
    for (int i = x.n - 1; i >= 0; i--) {
        if (row(seen, i)[0] < 0) unclear++;
        if (i == 0) break;
        double step = 0;
        for (int j = 0; j < x.d; j++) step = hypot(step, (double)row(x, i)[j] - (double)row(x, i - 1)[j]);
        sum += step;
        if (step > most) most = step;
    }
    Walk w = {.length = (float)sum, .jump = sum > 0 ? (float)(most / sum) : 0, .clear = (float)(1 - unclear / x.n)};
    return w;
}
