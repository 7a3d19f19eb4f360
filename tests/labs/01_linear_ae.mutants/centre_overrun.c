/* expect: centre_data | wrong | outside */
#define centre_data centre_data_right
#include "../../../solutions/01_linear_ae.c"
#undef centre_data

void centre_data(Mat x, Mat mean)
{
    centre_data_right(x, mean);
    mean.a[mean.d] = 0;
}
