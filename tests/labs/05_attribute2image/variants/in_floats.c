/* The colours as an array of misses, filled pixel by pixel, in floats; the least of them afterwards. */
#include "05_attribute2image.h"
#include "version.h"

static float contrast_of(const float *x, const float *paper)
{
    float a = x[0] - paper[0], b = x[1] - paper[1], c = x[2] - paper[2];
    return a * a + b * b + c * c;
}

int read_colour(Mat x, Mat ink, Mat paper)
{
    float most = 0, miss[64] = {0};
    for (int i = 0; i < x.n; i++) most = fmaxf(most, contrast_of(row(x, i), paper.a));
    if (most < .02f) return -1;
    for (int i = 0; i < x.n; i++) {
        float weight = contrast_of(row(x, i), paper.a);
        if (weight < .5f * most) continue;
        for (int c = 0; c < ink.n; c++) {
            float *k = row(ink, c), near[3], s = 0, length = k[0] * k[0] + k[1] * k[1] + k[2] * k[2];
            for (int j = 0; j < 3; j++) s += row(x, i)[j] * k[j] / length;
            s = s < .45f ? .45f : s > 1.1f ? 1.1f : s;
            for (int j = 0; j < 3; j++) near[j] = s * k[j];
            miss[c] += weight * contrast_of(row(x, i), near);
        }
    }
    int best = 0;
    for (int c = 1; c < ink.n; c++)
        if (miss[c] < miss[best]) best = c;
    return best;
}
