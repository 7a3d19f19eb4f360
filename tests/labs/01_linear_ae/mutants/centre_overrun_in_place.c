/* expect: centre_data | wrong | outside */
#include "01_linear_ae.h"
#include "version.h"

RIGHT(centre_data);

void centre_data(Mat x, Mat mean)
{
    centre_data_right(x, mean);
    for (int j = 0; j <= mean.d; j++) mean.a[j] -= j == mean.d ? 1 : 0;         /* one too far, and only by arithmetic in place */
}
