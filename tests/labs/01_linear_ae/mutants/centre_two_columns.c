/* expect: centre_data | wrong | fits only the sizes */
#include "01_linear_ae.h"
#include "version.h"

void centre_data(Mat x, Mat mean)
{
    for (int j = 0; j < x.d; j++) mean.a[j] = 0;
    for (int j = 0; j < 2 && j < x.d; j++) {
        double sum = 0;
        for (int i = 0; i < x.n; i++) sum += (double)row(x, i)[j];
        mean.a[j] = (float)(sum / x.n);
        for (int i = 0; i < x.n; i++) row(x, i)[j] -= mean.a[j];
    }
}
