/* expect: covariance | wrong | changed its input x */
#include "00_unsupervised.h"
#include "version.h"

RIGHT(covariance);

Mat covariance(Mat x, Arena *mem)
{
    Mat C = covariance_right(x, mem);
    for (int j = 0; j < x.d; j++) {
        float mean = 0;
        for (int i = 0; i < x.n; i++) mean += row(x, i)[j] / (float)x.n;
        for (int i = 0; i < x.n; i++) row(x, i)[j] -= mean;
    }
    return C;
}
