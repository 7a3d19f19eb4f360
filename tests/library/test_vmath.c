/* test_vmath.c: the vector functions against libm in double over dense grids, their ends, and the normal numbers made
 * of them. */
#include "suite.h"
#include "vmath.h"

#include <float.h>

enum { N = 1 << 18 }; /* points of a grid */

/* Each function as a loop over numbers: what the compiler makes vector code of, in the library as here. */
#define OVER(name, value) \
    static void name##s(const float *u, float *y) \
    { \
        for (int i = 0; i < N; i++) { \
            const float x = u[i]; \
            y[i] = (value); \
        } \
    }
OVER(exp, vm_exp(x))
OVER(sigmoid, vm_sigmoid(x))
OVER(tanh, vm_tanh(x))
OVER(log, vm_log(x))
OVER(log1p, vm_log1p(x))

static void cosines(const float *u, float *y)
{
    for (int i = 0; i < N; i++) {
        float s;
        vm_turn(u[i], y + i, &s);
    }
}
static void sines(const float *u, float *y)
{
    for (int i = 0; i < N; i++) {
        float c;
        vm_turn(u[i], &c, y + i);
    }
}

static double sigmoid_of(double x) { return 1 / (1 + exp(-x)); }
static double cosine_of(double u) { return cos(2 * acos(-1) * u); }
static double sine_of(double u) { return sin(2 * acos(-1) * u); }

/* ---- grids ---- */

typedef struct {
    const char *name;
    void (*over)(const float *, float *);
    double (*exact)(double);
    float from, to;
} Span;

/* steps of one size, both ends among them */
static Mat even(float from, float to)
{
    Mat x = mat_new(&mem, 1, N);
    for (int i = 0; i < N; i++) x.a[i] = i == N - 1 ? to : from + (to - from) * ((float)i / (N - 1));
    return x;
}

/* from > 0; as many points between 1e-30 and 2e-30 as between 1 and 2 */
static Mat through_exponents(float from, float to)
{
    Mat x = mat_new(&mem, 1, N);
    for (uint64_t i = 0, gap = vm_bits(to) - vm_bits(from); i < N; i++)
        x.a[i] = vm_float(vm_bits(from) + (uint32_t)(gap * i / (N - 1)));
    return x;
}

/* the distance of floats near x */
static double ulp(double x)
{
    int e;
    frexp(fmax(fabs(x), (double)FLT_MIN), &e);
    return ldexp(1, e - 24);
}

static void stays_within(Span s, Mat x, double ulps, double atol)
{
    Mat y = mat_new(&mem, 1, N);
    s.over(x.a, y.a);
    for (int i = 0; i < N; i++) {
        double want = s.exact((double)x.a[i]), got = (double)y.a[i];
        if (!(fabs(got - want) <= fmax(ulps * ulp(want), atol)))
            ck_abort_msg("%s(%.9g): want %.9g, got %.9g, %.2f ulp", s.name, (double)x.a[i], want, got,
                         fabs(got - want) / ulp(want));
    }
    arena_reset(&mem);
}

/* ---- within what vmath.h promises ---- */

START_TEST(exp_tanh_and_log_are_within_2_ulp)
{
    static const Span line[] = {{"exp", exps, exp, -87.3f, 88.3f}, {"exp", exps, exp, -1, 1},
                                {"tanh", tanhs, tanh, -10, 10},    {"tanh", tanhs, tanh, -1, 1},
                                {"log", logs, log, .5f, 2},        {"log", logs, log, .99f, 1.01f}};
    static const Span scale[] = {{"exp", exps, exp, FLT_MIN, 88.3f},
                                 {"tanh", tanhs, tanh, FLT_MIN, FLT_MAX},
                                 {"log", logs, log, FLT_MIN, FLT_MAX}};
    for (int k = 0; k < 6; k++) stays_within(line[k], even(line[k].from, line[k].to), 2, 0);
    for (int k = 0; k < 3; k++) stays_within(scale[k], through_exponents(scale[k].from, scale[k].to), 2, 0);
}
END_TEST

START_TEST(sigmoid_log1p_cosine_and_sine_are_within_a_millionth)
{
    static const Span line[] = {{"sigmoid", sigmoids, sigmoid_of, -200, 200},
                                {"sigmoid", sigmoids, sigmoid_of, -5, 5},
                                {"log1p", log1ps, log1p, 0, 1},
                                {"cosine", cosines, cosine_of, 0, 1 - FLT_EPSILON},
                                {"sine", sines, sine_of, 0, 1 - FLT_EPSILON}};
    for (int k = 0; k < 5; k++) stays_within(line[k], even(line[k].from, line[k].to), 0, 1e-6);
    stays_within(line[2], through_exponents(FLT_MIN, 1), 0, 1e-6);
    stays_within(line[3], through_exponents(FLT_MIN, 1 - FLT_EPSILON), 0, 1e-6);
    stays_within(line[4], through_exponents(FLT_MIN, 1 - FLT_EPSILON), 0, 1e-6);
}
END_TEST

START_TEST(a_small_sigmoid_keeps_its_digits)
{
    stays_within((Span){"sigmoid", sigmoids, sigmoid_of, -87.3f, 0}, even(-87.3f, 0), 4, 0);
}
END_TEST

START_TEST(a_turn_lies_on_the_circle_and_is_exact_at_its_quarters)
{
    static const float want[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    float c, s;
    for (int i = 0; i < 1000; i++) {
        vm_turn((float)i / 1000, &c, &s);
        close_to((double)c * (double)c + (double)s * (double)s, 1, 1e-6);
    }
    for (int k = 0; k < 4; k++) {
        vm_turn((float)k / 4, &c, &s);
        ck_assert_float_eq(c, want[k][0]);
        ck_assert_float_eq(s, want[k][1]);
    }
}
END_TEST

START_TEST(the_ends_are_0_1_or_infinite)
{
    static const float low[] = {-87.4f, -100, -1000, -FLT_MAX, -INFINITY},
                       high[] = {88.5f, 100, 1000, FLT_MAX, INFINITY};
    for (int k = 0; k < 5; k++) {
        ck_assert_float_eq(vm_exp(low[k]), 0);
        ck_assert(isinf(vm_exp(high[k])) && vm_exp(high[k]) > 0);
        close_to(vm_sigmoid(low[k]), 0, 2e-38);
        ck_assert_float_eq(vm_sigmoid(high[k]), 1);
        ck_assert_float_eq(vm_tanh(low[k]), -1);
        ck_assert_float_eq(vm_tanh(high[k]), 1);
    }
    ck_assert_float_eq(vm_exp(0), 1);
    ck_assert_float_eq(vm_sigmoid(0), .5f);
    ck_assert_float_eq(vm_tanh(0), 0);
    ck_assert_float_eq(vm_log(1), 0);
    ck_assert_float_eq(vm_log1p(0), 0);
}
END_TEST

START_TEST(a_nan_comes_through)
{
    ck_assert_msg(isnan(vm_exp(NAN)), "exp swallows a NaN");
    ck_assert_msg(isnan(vm_sigmoid(NAN)), "sigmoid swallows a NaN");
    ck_assert_msg(isnan(vm_tanh(NAN)), "tanh swallows a NaN");
    ck_assert_msg(isnan(vm_log(NAN)), "log swallows a NaN");
    ck_assert_msg(isnan(vm_log1p(NAN)), "log1p swallows a NaN");
}
END_TEST

START_TEST(a_total_adds_all_lanes_in_double)
{
    float lane[VM_LANES];
    for (int i = 0; i < VM_LANES; i++) lane[i] = i == 5 ? 1e8f : 1;
    close_to(vm_total(lane), 1e8 + VM_LANES - 1, 0.5);
}
END_TEST

/* ---- mat_normal: numbers i and i + 128 of a block of 256 are one radius times a cosine and a sine ---- */

enum { HALF = 128 };

START_TEST(normal_numbers_have_the_moments_of_the_normal_distribution)
{
    static const double want[] = {0, 1, 0, 3, 0, 15}, variance[] = {1, 2, 15, 96, 945, 10170}; /* of z, z^2 ... z^6 */
    double sum[6] = {0}, beyond = 0, p = erfc(3 / sqrt(2));
    Mat z = random_mat(1, N, 1);
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < 6; k++) sum[k] += pow((double)z.a[i], k + 1) / N;
        beyond += fabsf(z.a[i]) > 3 ? 1. / N : 0;
    }
    for (int k = 0; k < 6; k++) within_5_se(sum[k], want[k], sqrt(variance[k] / N));
    within_5_se(beyond, p, sqrt(p * (1 - p) / N));
}
END_TEST

/* The mean of f(z) f(z[apart]), for f = z and f = z^2 - 1: 0 if the two are independent. */
static void are_uncorrelated(Mat z, int apart, bool same_block)
{
    double n = 0, product = 0, squares = 0;
    for (int i = 0; i + apart < N; i++) {
        if (same_block && i / (2 * HALF) != (i + apart) / (2 * HALF)) continue;
        double a = (double)z.a[i], b = (double)z.a[i + apart];
        product += a * b;
        squares += (a * a - 1) * (b * b - 1);
        n++;
    }
    within_5_se(product / n, 0, 1 / sqrt(n));
    within_5_se(squares / n, 0, 2 / sqrt(n));
}

START_TEST(neighbours_and_the_two_halves_of_a_block_are_uncorrelated)
{
    Mat z = random_mat(1, N, 2);
    for (int apart = 1; apart <= 3; apart++) are_uncorrelated(z, apart, false);
    are_uncorrelated(z, HALF, true);
    are_uncorrelated(z, 2 * HALF, false);
}
END_TEST

START_TEST(a_matrix_of_any_size_is_filled_to_its_last_number_and_no_further)
{
    for (int n = 0; n <= 4 * HALF + 3; n++) {
        Mat room = mat_new(&mem, 1, n + 1), x = {1, n, room.a};
        Rng rng = rng_new((uint64_t)n);
        mat_fill(room, NAN);
        mat_normal(x, 1, &rng);
        ck_assert_msg(mat_finite(x) && isnan(room.a[n]), "a matrix of %d numbers", n);
        arena_reset(&mem);
    }
}
END_TEST

START_TEST(the_spread_is_a_factor_and_the_seed_decides)
{
    Mat a = random_mat(3, 333, 1), b = mat_new(&mem, 3, 333);
    Rng rng = rng_new(1);
    mat_normal(b, 4, &rng);
    mat_scale(a, 4);
    same_bytes(b, a); /* a power of two: exactly */
    mat_normal(b, 4, &rng);
    ck_assert_mem_ne(b.a, a.a, mat_size(a) * sizeof *a.a);
    mat_normal(b, 0, &rng);
    mats_close(b, mat_zeros(&mem, 3, 333), 0, 0);
}
END_TEST

int main(void)
{
    return run_tests("vmath", (const TTest *[]){exp_tanh_and_log_are_within_2_ulp,
                                                sigmoid_log1p_cosine_and_sine_are_within_a_millionth,
                                                a_small_sigmoid_keeps_its_digits,
                                                a_turn_lies_on_the_circle_and_is_exact_at_its_quarters,
                                                the_ends_are_0_1_or_infinite, a_nan_comes_through,
                                                a_total_adds_all_lanes_in_double,
                                                normal_numbers_have_the_moments_of_the_normal_distribution,
                                                neighbours_and_the_two_halves_of_a_block_are_uncorrelated,
                                                a_matrix_of_any_size_is_filled_to_its_last_number_and_no_further,
                                                the_spread_is_a_factor_and_the_seed_decides, NULL});
}
