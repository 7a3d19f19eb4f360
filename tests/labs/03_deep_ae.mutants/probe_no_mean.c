/* expect: hole_probe | wrong | add the codes' mean */
#define hole_probe hole_probe_right
#include "../../../solutions/03_deep_ae.c"
#undef hole_probe

Probe hole_probe(Net *dec, Mat codes, Mat eps, Arena *mem)
{
    Pca pca = pca_fit(mem, codes, codes.d);
    Mat A = mat_copy(mem, pca.vec);
    for (int i = 0; i < A.n; i++)
        for (int j = 0; j < A.d; j++) row(A, i)[j] *= sqrtf(fmaxf(pca.value.a[j], 0));
    Mat z = mat_mul_nt(mem, eps, A);
    
    return (Probe){z, ae_picture(dec, z, mem)};
}
