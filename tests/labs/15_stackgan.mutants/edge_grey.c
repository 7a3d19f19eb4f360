/* expect: edge_energy | wrong | fits only the sizes */
#include "15_stackgan.h"
#include "slip.h"

double edge_energy(Mat x, int h, int w)
{
    int c = x.d / (h * w) > 3 ? 3 : x.d / (h * w), line = w * c;
    double sum = 0;
    for (int i = 0; i < x.n; i++)
        for (int r = 0; r < h; r++)
            for (int q = 0; q < line; q++) {
                const float *at = row(x, i) + r * line + q;
                double right = q + c < line ? (double)at[c] - (double)at[0] : 0;
                double below = r + 1 < h ? (double)at[line] - (double)at[0] : 0;
                sum += right * right + below * below;
            }
    return sum / ((double)x.n * h * w);
}
