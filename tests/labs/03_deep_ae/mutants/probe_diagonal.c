/* expect: hole_probe | wrong | correlations are lost */
#include "03_deep_ae.h"
#include "version.h"

Probe hole_probe(Net *dec, Mat codes, Mat eps, Arena *mem)
{
    Mat z = mat_copy(mem, eps);
    for (int j = 0; j < codes.d; j++) {
        Mat c = mat_cols(mem, codes, j, 1);
        float mean = mat_mean(c), var = (float)(mat_dot(c, c) / c.n) - mean * mean;
        for (int i = 0; i < z.n; i++) row(z, i)[j] = mean + sqrtf(var) * row(z, i)[j];
    }
    return (Probe){z, ae_picture(dec, z, mem)};
}
