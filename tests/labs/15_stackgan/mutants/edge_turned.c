/* expect: edge_energy | wrong | a line is w pixels wide */
#include "15_stackgan.h"
#include "version.h"

double edge_energy(Mat x, int h, int w)
{
    int c = x.d / (h * w), line = h * c;
    double sum = 0;
    for (int i = 0; i < x.n; i++)
        for (int r = 0; r < w; r++)
            for (int q = 0; q < line; q++) {
                const float *at = row(x, i) + r * line + q;
                double right = q + c < line ? (double)at[c] - (double)at[0] : 0;
                double below = r + 1 < w ? (double)at[line] - (double)at[0] : 0;
                sum += right * right + below * below;
            }
    return sum / ((double)x.n * h * w);
}
