/* blas.c: matrix products. The only file that calls cblas.
 *
 * OpenBLAS sums in another order when its own thread count changes, so it always runs single-threaded here, and
 * products are cut into tiles that depend on the shape alone. Threads share out whole tiles: the same bytes for any
 * --threads.
 */
#include "internal.h"
#include "parallel.h"

#include <cblas.h>
#ifdef _OPENMP
#include <omp.h>
#endif

void openblas_set_num_threads(int);                 /* OpenBLAS only; not in every cblas.h */

/* ---- threads and kernels ---- */

__attribute__((constructor)) static void before_main(void) { kernels_start(); }

static int thread_count;

void threads_set(int n)
{
#ifdef _OPENMP
    thread_count = n > 0 ? n : omp_get_num_procs();
    omp_set_num_threads(thread_count);
#else
    thread_count = 1;
#endif
    openblas_set_num_threads(1);
}

int threads_get(void)
{
    if (!thread_count) threads_set(0);
    return thread_count;
}

/* ---- products ---- */

/* How many tiles a product is cut into, 1, 2 or 4: by its work, never by the number of threads. */
static int tiles(double flop, int rows)
{
    if (flop < 3e6) return 1;                       /* a tile below some 15 microseconds is not worth a thread */
    int n = flop < 1e8 ? 2 : 4;
    while (n > 1 && rows / n < 16) n /= 2;
    return n;
}

static void sgemm(bool ta, bool tb, int m, int n, int k, float alpha, const float *a, int lda, const float *b, int ldb,
                  float beta, float *c, int ldc)
{
    cblas_sgemm(CblasRowMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans, m, n, k, alpha, a,
                lda > 0 ? lda : 1, b, ldb > 0 ? ldb : 1, beta, c, ldc);
}

void mat_gemm_alone(Mat c, float alpha, Mat a, bool ta, Mat b, bool tb, float beta)
{
    sgemm(ta, tb, c.n, c.d, ta ? a.n : a.d, alpha, a.a, a.d, b.a, b.d, beta, c.a, c.d);
}

void mat_gemm(Mat c, float alpha, Mat a, bool ta, Mat b, bool tb, float beta)
{
    int m = ta ? a.d : a.n, k = ta ? a.n : a.d, k2 = tb ? b.d : b.n, n = tb ? b.n : b.d;
    check(k == k2 && c.n == m && c.d == n, "product of (%d,%d)%s and (%d,%d)%s into (%d,%d): shapes do not fit",
          a.n, a.d, ta ? "^T" : "", b.n, b.d, tb ? "^T" : "", c.n, c.d);
    if (m == 0 || n == 0) return;
    threads_get(); /* OpenBLAS must be told to stay single-threaded before its first use */

    bool by_rows = m >= n;                          /* cut the longer side of c */
    int  side = by_rows ? m : n, parts = tiles(2. * m * n * k, side);
    int  step = ((side + parts - 1) / parts + 15) / 16 * 16;
    PARALLEL_IF(parts > 1,
    for (int part = 0; part < parts; part++) {
        int from = part * step, size = side - from < step ? side - from : step;
        if (size <= 0) continue;
        int i = by_rows ? from : 0, j = by_rows ? 0 : from;
        sgemm(ta, tb, by_rows ? size : m, by_rows ? n : size, k, alpha, a.a + (size_t)i * (size_t)(ta ? 1 : a.d), a.d,
              b.a + (size_t)j * (size_t)(tb ? b.d : 1), b.d, beta, row(c, i) + j, c.d);
    })
}
