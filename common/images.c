/* images.c: images as rows of a matrix: their range of values, their mirror, how they differ. */
#include "gen.h"

#include <math.h>
#include <string.h>

/* ---- values ---- */

Mat pictures_to_signs(Mat x)
{
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = 2 * x.a[i] - 1;
    return x;
}

Mat pictures_from_signs(Mat x, Arena *mem)
{
    Mat y = mat_copy(mem, x);
    for (size_t i = 0; i < mat_size(y); i++) y.a[i] = fminf(1, fmaxf(0, .5f * (y.a[i] + 1)));
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

/* `lines` lines of so many numbers from one image to another. */
static void copy_block(float *to, int to_width, const float *from, int from_width, int lines, int numbers)
{
    for (int r = 0; r < lines; r++)
        memcpy(to + r * to_width, from + r * from_width, (size_t)numbers * sizeof(float));
}

/* Where an image of shape `small` begins in the middle of one of side x side. */
static size_t middle(Shape small, int side)
{
    return (size_t)(((side - small.h) / 2 * side + (side - small.w) / 2) * small.c);
}

Mat images_pad(Mat x, Shape s, int side, float value, Arena *mem)
{
    check(x.d == shape_size(s) && s.h <= side && s.w <= side,
          "images_pad: rows of %d numbers, %d x %d x %d, to %d x %d", x.d, s.h, s.w, s.c, side, side);
    Mat y = mat_new(mem, x.n, side * side * s.c);
    mat_fill(y, value);
    for (int i = 0; i < x.n; i++)
        copy_block(row(y, i) + middle(s, side), side * s.c, row(x, i), s.w * s.c, s.h, s.w * s.c);
    return y;
}

Mat images_crop(Mat x, int side, Shape s, Arena *mem)
{
    check(x.d == side * side * s.c && s.h <= side && s.w <= side,
          "images_crop: rows of %d numbers, %d x %d, to %d x %d x %d", x.d, side, side, s.h, s.w, s.c);
    Mat y = mat_new(mem, x.n, shape_size(s));
    for (int i = 0; i < x.n; i++)
        copy_block(row(y, i), s.w * s.c, row(x, i) + middle(s, side), side * s.c, s.h, s.w * s.c);
    return y;
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
