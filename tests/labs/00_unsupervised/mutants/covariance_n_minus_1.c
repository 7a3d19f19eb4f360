/* expect: covariance | wrong | divided by n - 1 */
#include "00_unsupervised.h"
#include "version.h"

RIGHT(covariance);

Mat covariance(Mat x, Arena *mem)
{
    Mat C = covariance_right(x, mem);
    mat_scale(C, (float)x.n / (float)(x.n - 1));
    return C;
}
