/* expect: centre_data | wrong | double */
#define centre_data centre_data_right
#include "../../../solutions/01_linear_ae.c"
#undef centre_data

void centre_data(Mat x, Mat mean)
{
    for (int j = 0; j < x.d; j++) {
        float sum = 0;
        for (int i = 0; i < x.n; i++) sum += row(x, i)[j];
        mean.a[j] = sum / (float)x.n;
    }
    mat_sub_row(x, mean);
}
