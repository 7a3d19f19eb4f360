/* expect: read_colour | wrong | distances are taken to the ink in its likeliest shade */
#include "05_attribute2image.h"
#include "version.h"

static double squares(const float *x, const float *y, double s)
{
    double sum = 0;
    for (int k = 0; k < 3; k++) sum += (x[k] - s * y[k]) * (x[k] - s * y[k]);
    return sum;
}

int read_colour(Mat x, Mat ink, Mat paper)
{
    double largest = 0, best = INFINITY;
    int found = -1;
    for (int i = 0; i < x.n; i++) largest = fmax(largest, squares(row(x, i), paper.a, 1));
    if (largest < .02) return -1;
    for (int c = 0; c < ink.n; c++) {
        double miss = 0;
        for (int i = 0; i < x.n; i++) {
            double contrast = squares(row(x, i), paper.a, 1), along = 0, length = 0;
            if (contrast < largest / 2) continue;
            for (int k = 0; k < 3; k++) {
                along += row(x, i)[k] * row(ink, c)[k];
                length += row(ink, c)[k] * row(ink, c)[k];
            }
            miss += contrast * squares(row(x, i), row(ink, c), (along > 0 && length > 0 ? 1. : 1.));
        }
        if (miss < best) best = miss, found = c;
    }
    return found;
}
