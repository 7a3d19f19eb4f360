/* expect: pack | wrong | follow each other */
#include "09_gan_tricks.h"
#include "version.h"

Mat pack(Mat x, int m, Arena *mem)
{
    Mat p = mat_new(mem, x.n / m, x.d * m);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++) row(p, i % p.n)[i / p.n * x.d + j] = row(x, i)[j];
    return p;
}
