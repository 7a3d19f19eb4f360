/* expect: centre_data | wrong | double */
#include "01_linear_ae.h"
#include "slip.h"

void centre_data(Mat x, Mat mean)
{
    for (int j = 0; j < x.d; j++) {
        float sum = 0;
        for (int i = 0; i < x.n; i++) sum += row(x, i)[j];
        mean.a[j] = sum / (float)x.n;
    }
    mat_sub_row(x, mean);
}
