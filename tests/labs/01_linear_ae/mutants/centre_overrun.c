/* expect: centre_data | wrong | outside */
#include "01_linear_ae.h"
#include "version.h"

RIGHT(centre_data);

void centre_data(Mat x, Mat mean)
{
    centre_data_right(x, mean);
    mean.a[mean.d] = 0;
}
