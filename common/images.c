/* images.c: images as rows of a matrix: their range of values, their mirror, how they differ. */
#include "gen.h"

#include <math.h>

/* ---- values ---- */

Mat pictures_to_signs(Mat x)
{
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = 2 * x.a[i] - 1;
    return x;
}

Mat pictures_from_signs(Mat x, Arena *mem)
{
    Mat y = mat_copy(mem, x);
    for (size_t i = 0; i < mat_size(y); i++) y.a[i] = .5f * (y.a[i] + 1);
    return y;
}

/* ---- pixels ---- */

void picture_mirror(Mat x, int i, int h, int w, int c)
{
    check(x.d == h * w * c, "picture_mirror: rows of %d numbers are no pictures of %d x %d x %d", x.d, h, w, c);
    for (int r = 0; r < h; r++)
        for (int left = 0, right = w - 1; left < right; left++, right--) {
            float *line = row(x, i) + r * w * c;
            for (int k = 0; k < c; k++) {
                float was = line[left * c + k];
                line[left * c + k] = line[right * c + k];
                line[right * c + k] = was;
            }
        }
}

/* ---- measures ---- */

double pictures_distance(Mat y, Mat truth)
{
    check(y.n == truth.n && y.d == truth.d, "pictures_distance: (%d,%d) and (%d,%d)", y.n, y.d, truth.n, truth.d);
    double sum = 0;
    for (size_t i = 0; i < mat_size(y); i++) sum += fabs((double)(y.a[i] - truth.a[i]));
    return sum / (double)mat_size(y);
}

bool picture_inside(const float truth[3]) { return fminf(truth[0], fminf(truth[1], truth[2])) <= .95f; }

double pictures_chroma(Mat y, Mat truth)
{
    check(y.n == truth.n && y.d == truth.d && y.d % 3 == 0, "pictures_chroma: (%d,%d) and (%d,%d)", y.n, y.d, truth.n,
          truth.d);
    double sum = 0;
    long inside = 0;
    for (size_t q = 0; q < mat_size(y); q += 3) {
        const float *c = y.a + q;
        if (!picture_inside(truth.a + q)) continue;
        sum += (double)(fmaxf(c[0], fmaxf(c[1], c[2])) - fminf(c[0], fminf(c[1], c[2])));
        inside++;
    }
    return inside ? sum / (double)inside : 0;
}

double sharpness(Mat x, int h, int w)
{
    check(x.d == h * w && h > 2 && w > 2 && x.n > 0, "sharpness: %d images of %d pixels, said to be %d x %d", x.n, x.d,
          h, w);
    double total = 0;
    for (int i = 0; i < x.n; i++) {
        double sum = 0, square = 0, n = (double)(h - 2) * (w - 2);
        for (int p = 1; p < h - 1; p++)
            for (int q = 1; q < w - 1; q++) {
                const float *at = row(x, i) + p * w + q;
                double v = (double)(at[-w] + at[w] + at[-1] + at[1] - 4 * at[0]);
                sum += v;
                square += v * v;
            }
        total += square / n - (sum / n) * (sum / n);
    }
    return total / x.n;
}
