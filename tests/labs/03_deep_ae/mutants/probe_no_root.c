/* expect: hole_probe | wrong | square roots */
#include "03_deep_ae.h"
#include "version.h"

Probe hole_probe(Net *dec, Mat codes, Mat eps, Arena *mem)
{
    Pca pca = pca_fit(mem, codes, codes.d);
    Mat A = mat_copy(mem, pca.vec);
    for (int i = 0; i < A.n; i++)
        for (int j = 0; j < A.d; j++) row(A, i)[j] *= pca.value.a[j];
    Mat z = mat_mul_nt(mem, eps, A);
    mat_add_row(z, pca.mean);
    return (Probe){z, ae_picture(dec, z, mem)};
}
