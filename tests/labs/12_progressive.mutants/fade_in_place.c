/* expect: fade_in | wrong |  */
#include "12_progressive.h"
#include "slip.h"

Mat fade_in(Mat small, Mat big, Shape s, float alpha, Arena *mem)
{
    Mat old = upsample_nearest(small, s, mem), y = big;
    for (size_t i = 0; i < mat_size(y); i++) y.a[i] = (1 - alpha) * old.a[i] + alpha * big.a[i];
    return y;
}
