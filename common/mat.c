/* mat.c: matrices: views, copies, sums. Their products are in blas.c. */
#include "internal.h"
#include "parallel.h"
#include "unroll.h"
#include "vmath.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- making matrices ---- */

Mat mat_new(Arena *mem, int n, int d)
{
    check(n >= 0 && d >= 0, "mat_new: %d x %d is not a shape", n, d);
    Mat x = {.n = n, .d = d};
    x.a = arena_alloc(mem, mat_size(x) * sizeof *x.a);
    return x;
}

Mat mat_zeros(Arena *mem, int n, int d)
{
    Mat x = mat_new(mem, n, d);
    memset(x.a, 0, mat_size(x) * sizeof *x.a);
    return x;
}

Mat mat_copy(Arena *mem, Mat x)
{
    Mat y = mat_new(mem, x.n, x.d);
    memcpy(y.a, x.a, mat_size(x) * sizeof *x.a);
    return y;
}

Mat mat_rows(Mat x, int first, int n)
{
    check(first >= 0 && n >= 0 && first + n <= x.n, "mat_rows: rows %d to %d of a matrix with %d rows", first,
          first + n, x.n);
    Mat rows = {.n = n, .d = x.d, .a = row(x, first)};
    return rows;
}

Slab slabs(int rows, int size, Arena *mem)
{
    check(size > 0, "slabs of %d rows", size);
    Slab s = {.rows = rows, .size = size, .mem = mem, .mark = mem->used};
    return s;
}

bool slab_next(Slab *s)
{
    arena_rewind(s->mem, s->mark);
    s->first += s->n;
    s->n = s->rows - s->first < s->size ? s->rows - s->first : s->size;
    return s->n > 0;
}

Mat mat_reshape(Mat x, int n, int d)
{
    check(n >= 0 && d >= 0 && (size_t)n * (size_t)d == mat_size(x), "mat_reshape: %d x %d numbers do not fill %d x %d",
          x.n, x.d, n, d);
    x.n = n;
    x.d = d;
    return x;
}

Mat mat_pixels(Mat x, int channels) { return mat_reshape(x, (int)(mat_size(x) / (size_t)channels), channels); }

Mat mat_gather(Arena *mem, Mat x, const int *index, int n)
{
    Mat y = mat_new(mem, n, x.d);
    for (int i = 0; i < n; i++) {
        check(index[i] >= 0 && index[i] < x.n, "mat_gather: row %d of a matrix with %d rows", index[i], x.n);
        memcpy(row(y, i), row(x, index[i]), (size_t)x.d * sizeof *x.a);
    }
    return y;
}

Mat mat_evenly(Mat x, int n, Arena *mem)
{
    check(n >= 1 && n <= x.n, "mat_evenly: %d of %d rows", n, x.n);
    Mat some = mat_new(mem, n, x.d);
    for (int i = 0; i < n; i++) mat_set(mat_rows(some, i, 1), mat_rows(x, (int)((long)i * x.n / n), 1));
    return some;
}

Mat mat_repeat(Arena *mem, Mat x, int times)
{
    check(times >= 0, "mat_repeat: %d times", times);
    Mat y = mat_new(mem, x.n * times, x.d);
    for (int i = 0; i < y.n; i++) memcpy(row(y, i), row(x, i / times), (size_t)x.d * sizeof *x.a);
    return y;
}

Mat mat_cols(Arena *mem, Mat x, int first, int d)
{
    check(first >= 0 && d >= 0 && first + d <= x.d, "mat_cols: columns %d to %d of a matrix with %d columns", first,
          first + d, x.d);
    Mat y = mat_new(mem, x.n, d);
    for (int i = 0; i < x.n; i++) memcpy(row(y, i), row(x, i) + first, (size_t)d * sizeof *x.a);
    return y;
}

Mat mat_transpose(Arena *mem, Mat x)
{
    Mat y = mat_new(mem, x.d, x.n);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++) row(y, j)[i] = row(x, i)[j];
    return y;
}

/* ---- products ---- */

Mat mat_mul(Arena *mem, Mat a, Mat b)
{
    Mat c = mat_new(mem, a.n, b.d);
    mat_gemm(c, 1, a, false, b, false, 0);
    return c;
}

Mat mat_mul_nt(Arena *mem, Mat a, Mat b)
{
    Mat c = mat_new(mem, a.n, b.n);
    mat_gemm(c, 1, a, false, b, true, 0);
    return c;
}

Mat mat_mul_tn(Arena *mem, Mat a, Mat b)
{
    Mat c = mat_new(mem, a.d, b.d);
    mat_gemm(c, 1, a, true, b, false, 0);
    return c;
}

/* ---- element by element ---- */

static void same_shape(const char *who, Mat x, Mat y)
{
    check(x.n == y.n && x.d == y.d, "%s: (%d,%d) and (%d,%d) differ in shape", who, x.n, x.d, y.n, y.d);
}

void mat_set(Mat x, Mat y)
{
    same_shape("mat_set", x, y);
    memcpy(x.a, y.a, mat_size(x) * sizeof *x.a);
}

void mat_add(Mat x, Mat y)
{
    same_shape("mat_add", x, y);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] += y.a[i];
}

void mat_sub(Mat x, Mat y)
{
    same_shape("mat_sub", x, y);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] -= y.a[i];
}

void mat_scale(Mat x, float s)
{
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] *= s;
}

/* x += times r: n rows that lie stride apart, d columns of them. */
UNROLLED void add_row(float *restrict x, const float *restrict r, float times, int n, int stride, int d)
{
    float local[NARROW];
    for (int j = 0; j < d; j++) local[j] = times * r[j];
    for (int i = 0; i < n; i++, x += stride)
        for (int j = 0; j < d; j++) x[j] += local[j];
}

void mat_add_row(Mat x, Mat r)
{
    check(r.n == 1 && r.d == x.d, "mat_add_row: a row (%d,%d) for a matrix (%d,%d)", r.n, r.d, x.n, x.d);
    STRIPS(j, d, x.d) UNROLL(add_row, d, x.a + j, r.a + j, 1, x.n, x.d)
}

void mat_sub_row(Mat x, Mat r)
{
    check(r.n == 1 && r.d == x.d, "mat_sub_row: a row (%d,%d) for a matrix (%d,%d)", r.n, r.d, x.n, x.d);
    STRIPS(j, d, x.d) UNROLL(add_row, d, x.a + j, r.a + j, -1, x.n, x.d)
}

UNROLLED void add_column_sums(float *restrict sum, const float *restrict x, int n, int stride, int d)
{
    float local[NARROW];
    for (int j = 0; j < d; j++) local[j] = sum[j];
    for (int i = 0; i < n; i++, x += stride)
        for (int j = 0; j < d; j++) local[j] += x[j];
    for (int j = 0; j < d; j++) sum[j] = local[j];
}

void mat_add_column_sums(Mat r, Mat x)
{
    check(r.n == 1 && r.d == x.d, "mat_add_column_sums: a row (%d,%d) for a matrix (%d,%d)", r.n, r.d, x.n, x.d);
    STRIPS(j, d, x.d) UNROLL(add_column_sums, d, r.a + j, x.a + j, x.n, x.d)
}

void mat_fill(Mat x, float v)
{
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = v;
}

/* Box & Muller in bulk: 64 random bits make a radius and an angle, and these make two numbers. */
void mat_normal(Mat x, float sd, Rng *rng)
{
    enum { PAIRS = 128 };
    float u[PAIRS], turn[PAIRS], a[PAIRS], b[PAIRS];
    for (size_t done = 0, size = mat_size(x); done < size; done += 2 * PAIRS) {
        size_t left = size - done, pairs = left < 2 * PAIRS ? (left + 1) / 2 : PAIRS;
        for (size_t i = 0; i < pairs; i++) {
            uint64_t bits = rng_u64(rng);
            u[i] = ((float)(int32_t)(bits >> 41) + 1) * 0x1p-23f;       /* (0, 1] */
            turn[i] = (float)(int32_t)(bits & 0xffffff) * 0x1p-24f;     /* [0, 1) */
        }
        for (size_t i = 0; i < pairs; i++) {
            float r = sd * sqrtf(-2 * vm_log(u[i])), c, s;
            vm_turn(turn[i], &c, &s);
            a[i] = r * c;
            b[i] = r * s;
        }
        size_t second = left < 2 * pairs ? left - pairs : pairs;
        memcpy(x.a + done, a, pairs * sizeof *a);
        memcpy(x.a + done + pairs, b, second * sizeof *b);
    }
}

Mat mat_noise(Arena *mem, int n, int d, Rng *rng)
{
    Mat z = mat_new(mem, n, d);
    mat_normal(z, 1, rng);
    return z;
}

void mat_uniform(Mat x, float lo, float hi, Rng *rng)
{
    for (size_t i = 0; i < mat_size(x); i++) {
        float v = lo + (hi - lo) * rng_uniform(rng);
        x.a[i] = v < hi ? v : lo;                   /* the sum may round up to hi */
    }
}

double mat_dot(Mat x, Mat y)
{
    same_shape("mat_dot", x, y);
    double sum = 0;
    for (size_t i = 0; i < mat_size(x); i++) sum += (double)x.a[i] * (double)y.a[i];
    return sum;
}

void mat_nearest(Mat x, Mat among, int *index)
{
    check(x.d == among.d && among.n > 0, "mat_nearest: rows (%d,%d) among rows (%d,%d)", x.n, x.d, among.n, among.d);
    PARALLEL_IF(mat_size(among) > WORTH_A_THREAD,
    for (int i = 0; i < x.n; i++) {
        float best = INFINITY;
        for (int k = 0; k < among.n; k++) {
            float sum = 0;
            for (int j = 0; j < x.d && sum < best; j++)
                sum += (row(among, k)[j] - row(x, i)[j]) * (row(among, k)[j] - row(x, i)[j]);
            if (sum < best) {
                best = sum;
                index[i] = k;
            }
        }
    })
}

void mat_argmax(Mat x, uint8_t *index)
{
    check(x.d >= 1 && x.d <= 256, "mat_argmax: rows of %d numbers, 1 to 256 are possible", x.d);
    for (int i = 0; i < x.n; i++) {
        int best = 0;
        for (int j = 1; j < x.d; j++)
            if (row(x, i)[j] > row(x, i)[best]) best = j;
        index[i] = (uint8_t)best;
    }
}

bool mat_finite(Mat x)
{
    for (size_t i = 0; i < mat_size(x); i++)
        if (!isfinite(x.a[i])) return false;
    return true;
}

float mat_mean(Mat x)
{
    double sum = 0;
    for (size_t i = 0; i < mat_size(x); i++) sum += (double)x.a[i];
    return (float)(sum / (double)mat_size(x));
}

float mat_norm(Mat x) { return (float)sqrt(mat_dot(x, x)); }

/* ---- joining columns, and the backward of it ---- */

Mat mat_join(Arena *mem, Mat p, Mat q)
{
    check(p.n == q.n, "mat_join: %d rows beside %d rows", p.n, q.n);
    Mat pq = mat_new(mem, p.n, p.d + q.d);
    for (int i = 0; i < p.n; i++) {
        memcpy(row(pq, i), row(p, i), (size_t)p.d * sizeof *p.a);
        memcpy(row(pq, i) + p.d, row(q, i), (size_t)q.d * sizeof *q.a);
    }
    return pq;
}

void mat_split(Mat pq, Mat p, Mat q)
{
    check(pq.n == p.n && pq.n == q.n && pq.d == p.d + q.d, "mat_split: (%d,%d) into (%d,%d) and (%d,%d)", pq.n, pq.d,
          p.n, p.d, q.n, q.d);
    for (int i = 0; i < pq.n; i++) {
        memcpy(row(p, i), row(pq, i), (size_t)p.d * sizeof *p.a);
        memcpy(row(q, i), row(pq, i) + p.d, (size_t)q.d * sizeof *q.a);
    }
}
