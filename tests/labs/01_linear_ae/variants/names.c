/* Globals and helpers with names that a test might want for itself, a parallel loop with its reduction, malloc with its
 * free. */
#include "01_linear_ae.h"
#include "version.h"

double cases[4], room, result;
int blocks, buffer, buffers, out;
Mat given(Mat x);
double value(double a, double b);

Mat given(Mat x) { return x; }
double value(double a, double b) { return (a - b) * (a - b); }

float tied_loss(Mat x, Mat xhat)
{
    double sum = 0, *row_sum = malloc((size_t)x.n * sizeof *row_sum);
#pragma omp parallel for
    for (int i = 0; i < x.n; i++) {
        row_sum[i] = 0;
        for (int j = 0; j < x.d; j++) row_sum[i] += value((double)row(given(x), i)[j], (double)row(xhat, i)[j]);
    }
#pragma omp parallel for reduction(+ : sum)
    for (int i = 0; i < x.n; i++) sum += row_sum[i];
    free(row_sum);
    result = sum / x.n;
    return (float)result;
}
