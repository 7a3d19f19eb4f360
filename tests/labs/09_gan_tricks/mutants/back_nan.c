/* expect: minibatch_std | wrong | 0/0 */
#include "09_gan_tricks.h"
#include "version.h"

Mat minibatch_std_back(Mat x, Mat dy, Arena *mem)
{
    Mat dx = mat_cols(mem, dy, 0, x.d), columns = mat_transpose(mem, x);
    float ds = 0;
    for (int i = 0; i < x.n; i++) ds += row(dy, i)[x.d];
    for (int j = 0; j < x.d; j++) {
        Mat c = mat_rows(columns, j, 1);
        float mean = mat_mean(c);
        for (int i = 0; i < x.n; i++) c.a[i] -= mean;
        float sd = mat_norm(c) / sqrtf((float)x.n);
        for (int i = 0; i < x.n; i++) row(dx, i)[j] += ds * c.a[i] / (sd * (float)(x.d * x.n));
    }
    return dx;
}
