/* linalg.c: eigenvectors, orthonormal bases, singular values and PCA, by LAPACK in double precision.
 *
 * An eigenvector is defined up to its sign. Here its entry of largest absolute value is positive, so that pictures of
 * components look the same on every machine.
 */
#include "internal.h"

#include <math.h>
#include <string.h>

/* LAPACK's Fortran routines, as OpenBLAS exports them; column-major, everything by address, lengths of strings last. */
void dsyevr_(const char *jobz, const char *range, const char *uplo, const int *n, double *a, const int *lda,
             const double *vl, const double *vu, const int *il, const int *iu, const double *abstol, int *m, double *w,
             double *z, const int *ldz, int *isuppz, double *work, const int *lwork, int *iwork, const int *liwork,
             int *info, size_t, size_t, size_t);
void dgeqrf_(const int *m, const int *n, double *a, const int *lda, double *tau, double *work, const int *lwork,
             int *info);
void dorgqr_(const int *m, const int *n, const int *k, double *a, const int *lda, const double *tau, double *work,
             const int *lwork, int *info);
void dgesvd_(const char *jobu, const char *jobvt, const int *m, const int *n, double *a, const int *lda, double *s,
             double *u, const int *ldu, double *vt, const int *ldvt, double *work, const int *lwork, int *info, size_t,
             size_t);

static double *doubles(Arena *mem, int n) { return arena_alloc(mem, (size_t)n * sizeof(double)); }

/* LAPACK may search for ever in a matrix with a NaN. */
static void all_finite(const char *who, const double *a, size_t size)
{
    for (size_t i = 0; i < size; i++)
        check(isfinite(a[i]), "%s: there is a NaN or an infinity in the data\n  hint: divided by 0, or diverged?", who);
}

/* Copies x into column-major doubles. */
static double *columns(Arena *mem, Mat x)
{
    double *a = arena_alloc(mem, mat_size(x) * sizeof(double));
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++) a[(size_t)j * (size_t)x.n + (size_t)i] = (double)row(x, i)[j];
    return a;
}

/* The leading k eigenpairs of the column-major a (d,d), which is overwritten; value gets as many as it has room for. */
static void eigh(Arena *mem, double *a, int d, Mat value, Mat vec)
{
    check(vec.d >= 1 && vec.d <= d, "eigenvectors: %d wanted of a matrix of size %d", vec.d, d);
    all_finite("eigenvectors", a, (size_t)d * (size_t)d);
    int found = 0, info = 0, one = 1, lwork = 40 * d, liwork = 12 * d, support = 2 * d;
    double zero = 0, *w = doubles(mem, d), *z = doubles(mem, d * d), *work = doubles(mem, lwork);
    int *iwork = arena_alloc(mem, (size_t)(liwork + support) * sizeof *iwork);
    threads_get();
    dsyevr_("V", "A", "U", &d, a, &d, &zero, &zero, &one, &d, &zero, &found, w, z, &d, iwork + liwork, work, &lwork,
            iwork, &liwork, &info, 1, 1, 1);
    check(info == 0 && found == d, "eigenvectors: LAPACK's dsyevr gave up (info %d)", info);

    for (int j = 0; j < value.d; j++) value.a[j] = (float)w[d - 1 - j];         /* LAPACK's rise, ours fall */
    for (int j = 0; j < vec.d; j++) {
        const double *v = z + (size_t)(d - 1 - j) * (size_t)d;
        int big = 0;
        for (int i = 1; i < d; i++)
            if (fabs(v[i]) > fabs(v[big]) + 1e-9) big = i;
        for (int i = 0; i < d; i++) row(vec, i)[j] = (float)(v[big] < 0 ? -v[i] : v[i]);
    }
}

Eig mat_eigh(Arena *mem, Mat s, int k)
{
    check(s.n == s.d, "mat_eigh: a symmetric matrix is square, not (%d,%d)", s.n, s.d);
    Eig e = {.value = mat_new(mem, 1, k), .vec = mat_new(mem, s.d, k)};
    size_t mark = mem->used;
    eigh(mem, columns(mem, s), s.d, e.value, e.vec);
    arena_rewind(mem, mark);
    return e;
}

Mat mat_orthonormal(Arena *mem, Mat x)
{
    check(x.n >= x.d && x.d > 0, "mat_orthonormal: %d columns in %d dimensions are not independent", x.d, x.n);
    Mat q = mat_new(mem, x.n, x.d);
    size_t mark = mem->used;
    int info = 0, lwork = 64 * x.d;
    double *a = columns(mem, x), *tau = doubles(mem, x.d), *work = doubles(mem, lwork);
    all_finite("mat_orthonormal", a, mat_size(x));
    threads_get();
    dgeqrf_(&x.n, &x.d, a, &x.n, tau, work, &lwork, &info);                     /* Householder */
    if (info == 0) dorgqr_(&x.n, &x.d, &x.d, a, &x.n, tau, work, &lwork, &info);
    check(info == 0, "mat_orthonormal: LAPACK gave up (info %d)", info);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++) row(q, i)[j] = (float)a[(size_t)j * (size_t)x.n + (size_t)i];
    arena_rewind(mem, mark);
    return q;
}

Mat mat_singular_values(Arena *mem, Mat x)
{
    int k = x.n < x.d ? x.n : x.d, long_side = x.n < x.d ? x.d : x.n;
    check(k > 0, "mat_singular_values: (%d,%d) is empty", x.n, x.d);
    Mat values = mat_new(mem, 1, k);
    size_t mark = mem->used;
    int info = 0, one = 1, lwork = 10 * k + 2 * long_side;
    double *a = columns(mem, x), *s = doubles(mem, k), *work = doubles(mem, lwork);
    all_finite("mat_singular_values", a, mat_size(x));
    threads_get();
    dgesvd_("N", "N", &x.n, &x.d, a, &x.n, s, NULL, &one, NULL, &one, work, &lwork, &info, 1, 1);
    check(info == 0, "mat_singular_values: LAPACK's dgesvd gave up (info %d)", info);
    for (int i = 0; i < k; i++) values.a[i] = (float)s[i];
    arena_rewind(mem, mark);
    return values;
}

Pca pca_fit(Arena *mem, Mat x, int k)
{
    check(x.n > 0 && k >= 1 && k <= x.d, "pca_fit: %d components of (%d,%d)", k, x.n, x.d);
    Pca p = {.mean = mat_new(mem, 1, x.d), .value = mat_new(mem, 1, x.d), .vec = mat_new(mem, x.d, k)};
    size_t mark = mem->used;
    int d = x.d;
    double *mean = doubles(mem, d), *cov = doubles(mem, d * d);
    memset(mean, 0, (size_t)d * sizeof *mean);
    memset(cov, 0, (size_t)d * (size_t)d * sizeof *cov);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < d; j++) mean[j] += (double)row(x, i)[j] / x.n;
    for (int j = 0; j < d; j++) p.mean.a[j] = (float)mean[j];

    /* centred rows in slabs that stay in cache; each slab's product is float, their sum is double */
    enum { SLAB = 1024 };
    Mat c = mat_new(mem, SLAB < x.n ? SLAB : x.n, d), s = mat_new(mem, d, d);
    for (int first = 0; first < x.n; first += SLAB) {
        int n = x.n - first < SLAB ? x.n - first : SLAB;
        Mat slab = mat_rows(c, 0, n);
        memcpy(slab.a, row(x, first), mat_size(slab) * sizeof *slab.a);
        mat_sub_row(slab, p.mean);
        mat_gemm(s, 1, slab, true, slab, false, 0);
        for (size_t i = 0; i < mat_size(s); i++) cov[i] += (double)s.a[i] / x.n;
    }
    eigh(mem, cov, d, p.value, p.vec);
    arena_rewind(mem, mark);
    return p;
}

Mat pca_code(Arena *mem, Pca p, int k, Mat x)
{
    check(k >= 1 && k <= p.vec.d && x.d == p.vec.n, "pca: %d of %d components on (%d,%d), fitted to %d features", k,
          p.vec.d, x.n, x.d, p.vec.n);
    Mat code = mat_new(mem, x.n, k);
    size_t mark = mem->used;
    Mat centred = mat_copy(mem, x);
    mat_sub_row(centred, p.mean);
    mat_gemm(code, 1, centred, false, mat_cols(mem, p.vec, 0, k), false, 0);
    arena_rewind(mem, mark);
    return code;
}

Mat pca_copy(Arena *mem, Pca p, int k, Mat x)
{
    Mat copy = mat_new(mem, x.n, x.d);
    size_t mark = mem->used;
    Mat code = pca_code(mem, p, k, x);
    mat_gemm(copy, 1, code, false, mat_cols(mem, p.vec, 0, k), true, 0);
    mat_add_row(copy, p.mean);
    arena_rewind(mem, mark);
    return copy;
}
