/* frechet.c: the Frechet distance of two sets of features. */
#include "gen.h"

#include <math.h>

/* |m_a - m_b|^2 + tr(A + B - 2 (A^1/2 B A^1/2)^1/2), the squared Wasserstein distance of two Gaussians (Dowson &
 * Landau 1982). With A = V diag(l) V^T the root's trace is that of (S V^T B V S)^1/2, S = diag(sqrt l): two
 * symmetric eigenproblems. */
double frechet_distance(Mat a, Mat b, Arena *mem)
{
    check(a.d == b.d && a.n > 1 && b.n > 1, "frechet_distance: features (%d,%d) and (%d,%d)", a.n, a.d, b.n, b.d);
    size_t mark = mem->used;
    int d = a.d;
    Pca pa = pca_fit(mem, a, d), pb = pca_fit(mem, b, d);
    Mat V = mat_copy(mem, pa.vec);                  // V S
    double sum = 0;
    for (int j = 0; j < d; j++) {
        double dm = (double)(pa.mean.a[j] - pb.mean.a[j]);
        double la = fmax((double)pa.value.a[j], 0), lb = fmax((double)pb.value.a[j], 0);
        sum += dm * dm + la + lb;
        for (int i = 0; i < d; i++) row(V, i)[j] *= (float)sqrt(la);
    }
    /* B = R diag(lb) R^T: with R scaled by sqrt(lb), S V^T B V S = (R^T V S)^T (R^T V S) */
    Mat R = mat_copy(mem, pb.vec);
    for (int j = 0; j < d; j++)
        for (int i = 0; i < d; i++) row(R, i)[j] *= sqrtf(fmaxf(pb.value.a[j], 0));
    Mat root = mat_singular_values(mem, mat_mul_tn(mem, R, V));
    for (int j = 0; j < d; j++) sum -= 2 * (double)root.a[j];
    arena_rewind(mem, mark);
    return sum;
}
