/* expect: hole_probe | wrong | add the codes' mean */
#include "03_deep_ae.h"
#include "version.h"

Probe hole_probe(Net *dec, Mat codes, Mat eps, Arena *mem)
{
    Pca pca = pca_fit(mem, codes, codes.d);
    Mat A = mat_copy(mem, pca.vec);
    for (int i = 0; i < A.n; i++)
        for (int j = 0; j < A.d; j++) row(A, i)[j] *= sqrtf(fmaxf(pca.value.a[j], 0));
    Mat z = mat_mul_nt(mem, eps, A);
    
    return (Probe){z, ae_picture(dec, z, mem)};
}
