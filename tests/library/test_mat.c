/* test_mat.c: products against a naive triple loop, the same bytes for any number of threads, views, joins, shape
 * errors. */
#include "suite.h"

/* ---- products ---- */

static double op(Mat a, bool transposed, int i, int j) { return (double)(transposed ? row(a, j)[i] : row(a, i)[j]); }

/* One entry in `every`, along diagonals: still some in each row and column, so that no tile goes unseen. */
static void product_is_the_naive_sum(int m, int k, int n, int every)
{
    for (int kind = 0; kind < 4; kind++) {
        bool ta = kind & 1, tb = kind & 2;
        size_t mark = mem.used;
        Mat a = random_mat(ta ? k : m, ta ? m : k, 1), b = random_mat(tb ? n : k, tb ? k : n, 2);
        Mat c = random_mat(m, n, 3), before = mat_copy(&mem, c);
        mat_gemm(c, 1.5f, a, ta, b, tb, -.5f);
        for (int i = 0; i < m; i++)
            for (int j = (every - i % every) % every; j < n; j += every) {
                double sum = 0;
                for (int l = 0; l < k; l++) sum += op(a, ta, i, l) * op(b, tb, l, j);
                double want = 1.5 * sum - .5 * op(before, false, i, j), got = op(c, false, i, j);
                ck_assert_msg(fabs(got - want) < 2e-5 * sqrt(k + 1), "(%d,%d,%d) kind %d [%d][%d]: want %.9g, got %.9g",
                              m, k, n, kind, i, j, want, got);
            }
        arena_rewind(&mem, mark);
    }
}

START_TEST(a_small_product_is_the_naive_sum_for_all_four_transposes)
{
    for (int m = 1; m <= 5; m++)
        for (int k = 1; k <= 5; k++)
            for (int n = 1; n <= 5; n++) product_is_the_naive_sum(m, k, n, 1);
    product_is_the_naive_sum(17, 31, 13, 1);
    product_is_the_naive_sum(1, 257, 1, 1);
    product_is_the_naive_sum(129, 1, 65, 1);
}
END_TEST

START_TEST(a_product_cut_into_tiles_is_the_naive_sum_tall_and_wide)
{
    product_is_the_naive_sum(1003, 127, 131, 9); /* 33 Mflop are 8 tiles, the last one short */
    product_is_the_naive_sum(131, 127, 1003, 9);
    product_is_the_naive_sum(49, 2999, 61, 9); /* 3 tiles of one or two dozen columns */
    product_is_the_naive_sum(300, 130, 300, 9);
}
END_TEST

START_TEST(a_product_has_the_same_bytes_for_any_number_of_threads)
{
    static const int size[][3] = {{1003, 127, 131}, {131, 127, 1003}, {64, 784, 400},
                                  {784, 64, 400},   {300, 300, 300},  {5, 7, 3}};
    for (int s = 0; s < 6; s++)
        for (int kind = 0; kind < 4; kind++) {
            int m = size[s][0], k = size[s][1], n = size[s][2];
            size_t mark = mem.used;
            Mat a = random_mat(kind & 1 ? k : m, kind & 1 ? m : k, 1),
                b = random_mat(kind & 2 ? n : k, kind & 2 ? k : n, 2), c[4];
            for (int threads = 1; threads <= 3; threads++) {
                threads_set(threads);
                c[threads] = random_mat(m, n, 3);
                mat_gemm(c[threads], 1, a, kind & 1, b, kind & 2, 1);
                same_bytes(c[threads], c[1]);
            }
            arena_rewind(&mem, mark);
        }
}
END_TEST

START_TEST(threads_are_as_many_as_asked_for_and_at_least_one)
{
    ck_assert_int_ge(threads_get(), 1);
    threads_set(3);
#ifdef _OPENMP
    ck_assert_int_eq(threads_get(), 3);
#else
    ck_assert_int_eq(threads_get(), 1);
#endif
    threads_set(0);
    ck_assert_int_ge(threads_get(), 1);
}
END_TEST

START_TEST(the_three_short_products_transpose_what_their_names_say)
{
    Mat a = {2, 3, (float[]){1, 2, 3, 4, 5, 6}}, b = {3, 2, (float[]){1, 0, 2, -1, 0, 1}},
        c = {2, 3, (float[]){1, 0, 1, 0, 2, 0}};
    mats_close(mat_mul(&mem, a, b), ((Mat){2, 2, (float[]){5, 1, 14, 1}}), 0, 0);
    mats_close(mat_mul_nt(&mem, a, c), ((Mat){2, 2, (float[]){4, 4, 10, 10}}), 0, 0);
    mats_close(mat_mul_tn(&mem, a, c), ((Mat){3, 3, (float[]){1, 8, 1, 2, 10, 2, 3, 12, 3}}), 0, 0);
}
END_TEST

START_TEST(beta_0_overwrites_even_a_nan)
{
    Mat a = random_mat(4, 3, 1), b = random_mat(3, 5, 2), c = mat_new(&mem, 4, 5);
    mat_fill(c, NAN);
    mat_gemm(c, 1, a, false, b, false, 0);
    ck_assert(mat_finite(c));
}
END_TEST

START_TEST(empty_products_are_zero_or_nothing)
{
    Mat c = {1, 2, (float[]){3, 4}};
    mat_gemm(c, 1, mat_new(&mem, 1, 0), false, mat_new(&mem, 0, 2), false, .5f);
    mats_close(c, ((Mat){1, 2, (float[]){1.5f, 2}}), 0, 0);
    mats_close(mat_mul_nt(&mem, mat_new(&mem, 1, 0), mat_new(&mem, 2, 0)), ((Mat){1, 2, (float[]){0, 0}}), 0, 0);
    ck_assert_uint_eq(mat_size(mat_mul(&mem, mat_new(&mem, 0, 3), random_mat(3, 2, 1))), 0);
}
END_TEST

START_TEST(a_product_that_does_not_fit_dies_with_all_shapes)
{
    Mat a = random_mat(2, 3, 1), b = random_mat(4, 5, 2);
    dies(mat_mul(&mem, a, b), "product of (2,3) and (4,5) into (2,5)");
    dies(mat_mul_nt(&mem, a, b), "product of (2,3) and (4,5)^T into (2,4)");
    dies(mat_mul_tn(&mem, a, b), "product of (2,3)^T and (4,5) into (3,5)");
    dies(mat_gemm(a, 1, a, false, a, true, 0), "into (2,3)");
}
END_TEST

/* ---- making, viewing, copying ---- */

START_TEST(views_share_their_numbers_and_copies_do_not)
{
    Mat x = random_mat(4, 3, 1), copy = mat_copy(&mem, x), middle = mat_rows(x, 1, 2), flat = mat_reshape(x, 1, 12);
    same_bytes(copy, x);
    row(middle, 1)[2] = 7;
    ck_assert_float_eq(row(x, 2)[2], 7);
    ck_assert_float_eq(flat.a[8], 7);
    ck_assert_float_ne(row(copy, 2)[2], 7);
    ck_assert_int_eq(mat_rows(x, 4, 0).n, 0); /* no rows at the very end */
}
END_TEST

START_TEST(gather_cols_and_transpose_put_each_number_where_it_belongs)
{
    Mat x = {2, 3, (float[]){1, 2, 3, 4, 5, 6}};
    mats_close(mat_gather(&mem, x, (int[]){1, 0, 1}, 3), ((Mat){3, 3, (float[]){4, 5, 6, 1, 2, 3, 4, 5, 6}}), 0, 0);
    mats_close(mat_cols(&mem, x, 1, 2), ((Mat){2, 2, (float[]){2, 3, 5, 6}}), 0, 0);
    mats_close(mat_transpose(&mem, x), ((Mat){3, 2, (float[]){1, 4, 2, 5, 3, 6}}), 0, 0);
    mats_close(mat_zeros(&mem, 2, 2), ((Mat){2, 2, (float[]){0, 0, 0, 0}}), 0, 0);
}
END_TEST

START_TEST(what_lies_outside_a_matrix_dies_with_numbers)
{
    Mat x = random_mat(4, 3, 1);
    int high = 4, low = -1;
    dies(mat_rows(x, 3, 2), "rows 3 to 5 of a matrix with 4 rows");
    dies(mat_rows(x, -1, 2), "rows -1 to 1");
    dies(mat_cols(&mem, x, 2, 2), "columns 2 to 4 of a matrix with 3 columns");
    dies(mat_gather(&mem, x, &high, 1), "row 4 of a matrix with 4 rows");
    dies(mat_gather(&mem, x, &low, 1), "row -1");
    dies(mat_reshape(x, 5, 2), "4 x 3 numbers do not fill 5 x 2");
    dies(mat_reshape(x, -4, -3), "-4 x -3");
    dies(mat_new(&mem, -1, 2), "-1 x 2 is not a shape");
}
END_TEST

/* ---- element by element ---- */

START_TEST(sums_scales_and_rows_work_in_place)
{
    Mat x = {2, 2, (float[]){1, 2, 3, 4}}, y = {2, 2, (float[]){10, 20, 30, 40}}, r = {1, 2, (float[]){1, -1}};
    mat_add(x, y);
    mats_close(x, ((Mat){2, 2, (float[]){11, 22, 33, 44}}), 0, 0);
    mat_sub(x, y);
    mat_scale(x, 2);
    mats_close(x, ((Mat){2, 2, (float[]){2, 4, 6, 8}}), 0, 0);
    mat_add_row(x, r);
    mats_close(x, ((Mat){2, 2, (float[]){3, 3, 7, 7}}), 0, 0);
    mat_sub_row(x, r);
    mats_close(x, ((Mat){2, 2, (float[]){2, 4, 6, 8}}), 0, 0);
    mat_fill(x, -1);
    mats_close(x, ((Mat){2, 2, (float[]){-1, -1, -1, -1}}), 0, 0);
}
END_TEST

START_TEST(rows_and_column_sums_of_any_width_are_the_plain_loops)
{
    static const int width[] = {1, 2, 3, 4, 5, 12, 16, 17, 32, 64, 96, 127, 128, 129, 300}; /* see unroll.h */
    for (size_t w = 0; w < sizeof width / sizeof *width; w++) {
        int d = width[w];
        Mat x = random_mat(7, d, 1), r = random_mat(1, d, 2), sum = mat_copy(&mem, r), more = mat_copy(&mem, x);
        for (int i = 0; i < 7 * d; i++) {
            sum.a[i % d] += x.a[i];
            more.a[i] += r.a[i % d];
        }
        Mat with = mat_copy(&mem, x);
        mat_add_row(with, r);
        same_bytes(with, more);
        mat_add_column_sums(r, x);
        same_bytes(r, sum);
    }
    dies(mat_add_column_sums(random_mat(1, 2, 1), random_mat(4, 3, 1)), "a row (1,2) for a matrix (4,3)");
}
END_TEST

START_TEST(sums_of_different_shapes_die_with_both)
{
    Mat x = random_mat(2, 3, 1), y = random_mat(3, 2, 2);
    dies(mat_add(x, y), "mat_add: (2,3) and (3,2)");
    dies(mat_sub(x, y), "mat_sub: (2,3) and (3,2)");
    dies(mat_add_row(x, mat_rows(y, 0, 1)), "a row (1,2) for a matrix (2,3)");
    dies(mat_sub_row(x, x), "a row (2,3) for a matrix (2,3)");
}
END_TEST

START_TEST(random_fillings_have_the_mean_and_spread_asked_for)
{
    enum { N = 100000 };
    Rng rng = rng_new(1);
    Mat x = mat_new(&mem, N, 2);
    double mean = 0, square = 0, lo = 9, hi = -9;
    mat_normal(x, 3, &rng);
    for (int i = 0; i < 2 * N; i++) {
        mean += (double)x.a[i] / (2 * N);
        square += (double)(x.a[i] * x.a[i]) / (2 * N);
    }
    within_5_se(mean, 0, 3 / sqrt(2 * N));
    within_5_se(square, 9, 9 * sqrt(2. / (2 * N)));
    mat_uniform(x, -2, 4, &rng);
    mean = 0;
    for (int i = 0; i < 2 * N; i++) {
        mean += (double)x.a[i] / (2 * N);
        lo = fmin(lo, (double)x.a[i]);
        hi = fmax(hi, (double)x.a[i]);
    }
    within_5_se(mean, 1, 6 / sqrt(12. * 2 * N));
    ck_assert(-2 <= lo && lo < -1.99 && 3.99 < hi && hi < 4);
}
END_TEST

START_TEST(a_uniform_filling_never_reaches_its_upper_end)
{
    Rng last = {.key = 0x31628af67b2131ab}; /* its first number is the largest, 1 - 2^-24 */
    Mat x = mat_new(&mem, 1, 1);
    mat_uniform(x, 1, 2, &last);
    ck_assert_float_lt(x.a[0], 2);
}
END_TEST

START_TEST(a_matrix_is_finite_unless_it_holds_a_nan_or_an_infinity)
{
    static const float bad[] = {NAN, INFINITY, -INFINITY};
    Mat x = random_mat(2, 3, 1);
    ck_assert(mat_finite(x) && mat_finite(mat_new(&mem, 0, 3)));
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < 3; k++) {
            float good = x.a[i];
            x.a[i] = bad[k];
            ck_assert(!mat_finite(x));
            x.a[i] = good;
        }
}
END_TEST

START_TEST(the_dot_product_is_summed_in_double_and_wants_one_shape)
{
    Mat x = {2, 2, (float[]){1, 2, 3, 4}}, y = {2, 2, (float[]){5, 6, 7, 8}}, tall = mat_new(&mem, 1001, 1);
    close_to(mat_dot(x, y), 70, 1e-9);
    mat_fill(tall, 1);
    tall.a[0] = 1e4f;
    close_to(mat_dot(tall, tall), 1e8 + 1000, 1e-9); /* a float of 1e8 has no room for another 1 */
    dies(mat_dot(x, mat_reshape(y, 1, 4)), "mat_dot: (2,2) and (1,4)");
}
END_TEST

START_TEST(noise_is_what_a_normal_filling_makes)
{
    Rng a = rng_new(5), b = rng_new(5);
    Mat x = mat_new(&mem, 7, 3);
    mat_normal(x, 1, &a);
    same_bytes(mat_noise(&mem, 7, 3, &b), x);
}
END_TEST

START_TEST(the_nearest_row_is_found_and_is_itself_when_it_is_there)
{
    Mat among = random_mat(400, 9, 1), x = random_mat(50, 9, 2);
    int index[50];
    mat_nearest(x, among, index);
    for (int i = 0; i < 50; i++) {
        double best = 1e9;
        int want = -1;
        for (int k = 0; k < 400; k++) {
            double sum = 0;
            for (int j = 0; j < 9; j++) sum += pow((double)row(x, i)[j] - (double)row(among, k)[j], 2);
            if (sum < best) {
                best = sum;
                want = k;
            }
        }
        ck_assert_int_eq(index[i], want);
    }
    mat_nearest(mat_rows(among, 30, 5), among, index);
    for (int i = 0; i < 5; i++) ck_assert_int_eq(index[i], 30 + i);
    dies(mat_nearest(x, mat_cols(&mem, among, 0, 8), index), "rows (50,9) among rows (400,8)");
}
END_TEST

/* ---- joining ---- */

START_TEST(split_undoes_join_and_is_its_adjoint)
{
    Mat p = random_mat(5, 2, 1), q = random_mat(5, 3, 2), r = random_mat(5, 5, 3), rp = mat_new(&mem, 5, 2),
        rq = mat_new(&mem, 5, 3);
    Mat pq = mat_join(&mem, p, q);
    mats_close(mat_cols(&mem, pq, 0, 2), p, 0, 0);
    mats_close(mat_cols(&mem, pq, 2, 3), q, 0, 0);
    mat_split(pq, rp, rq);
    same_bytes(rp, p);
    same_bytes(rq, q);
    mat_split(r, rp, rq);
    close_to(mat_dot(pq, r), mat_dot(p, rp) + mat_dot(q, rq), 1e-12);
    same_bytes(mat_join(&mem, mat_new(&mem, 5, 0), q), q);
    dies(mat_join(&mem, p, mat_rows(q, 0, 4)), "5 rows beside 4 rows");
    dies(mat_split(r, rp, rp), "(5,5) into (5,2) and (5,2)");
}
END_TEST

START_TEST(mean_and_norm_add_up_in_double)
{
    Mat x = {2, 2, (float[]){3, -4, 0, 12}}, many = mat_new(&mem, 200000, 1);
    close_to(mat_mean(x), 2.75, 1e-6);
    close_to(mat_norm(x), 13, 1e-6);
    mat_fill(many, 1000.1f);
    close_to(mat_mean(many), 1000.1f, 1e-4); /* a float sum is some 0.1 off here */
    close_to(mat_norm(many), 1000.1f * sqrt(200000), .05);
    close_to(mat_norm(mat_new(&mem, 0, 3)), 0, 0 + 1e-30);
}
END_TEST

START_TEST(repeat_puts_the_copies_of_a_row_side_by_side)
{
    Mat x = random_mat(3, 4, 1), y = mat_repeat(&mem, x, 5);
    ck_assert_int_eq(y.n, 15);
    for (int i = 0; i < 15; i++) same_bytes(mat_rows(y, i, 1), mat_rows(x, i / 5, 1));
    ck_assert_int_eq(mat_repeat(&mem, x, 0).n, 0);
    dies(mat_repeat(&mem, x, -1), "-1 times");
}
END_TEST

START_TEST(argmax_is_the_first_of_the_largest_in_each_row)
{
    Mat x = {3, 3, (float[]){1, 5, 2, -3, -1, -1, 0, 0, 0}};
    uint8_t index[3];
    mat_argmax(x, index);
    ck_assert(index[0] == 1 && index[1] == 1 && index[2] == 0);
    dies(mat_argmax(mat_zeros(&mem, 1, 257), index), "257 numbers");
}
END_TEST

START_TEST(slabs_cover_every_row_once_and_give_their_memory_back)
{
    for (int rows = 0; rows < 60; rows++) {
        int next = 0;
        size_t before = mem.used;
        for (Slab s = slabs(rows, 7, &mem); slab_next(&s);) {
            ck_assert_int_eq(s.first, next);
            ck_assert(s.n == 7 || s.first + s.n == rows);
            next += s.n;
            ck_assert_int_eq(mem.used, before); /* what the turn before allocated is gone */
            mat_new(&mem, 10, 10);
        }
        ck_assert_int_eq(next, rows);
        ck_assert_int_eq(mem.used, before);
    }
    dies(slabs(3, 0, &mem), "slabs of 0 rows");
}
END_TEST

START_TEST(rows_are_picked_evenly)
{
    Mat x = mat_new(&mem, 10, 1);
    for (int i = 0; i < 10; i++) x.a[i] = (float)i;
    static const int four[] = {0, 2, 5, 7};
    Mat some = mat_evenly(x, 4, &mem);
    for (int i = 0; i < 4; i++) ck_assert_float_eq(some.a[i], (float)four[i]);
    same_bytes(mat_evenly(x, 10, &mem), x);
    dies(mat_evenly(x, 11, &mem), "mat_evenly: 11 of 10 rows");
}
END_TEST

int main(void)
{
    return run_tests("mat", (const TTest *[]){a_small_product_is_the_naive_sum_for_all_four_transposes,
                                              a_product_cut_into_tiles_is_the_naive_sum_tall_and_wide,
                                              a_product_has_the_same_bytes_for_any_number_of_threads,
                                              threads_are_as_many_as_asked_for_and_at_least_one,
                                              the_three_short_products_transpose_what_their_names_say,
                                              beta_0_overwrites_even_a_nan,
                                              empty_products_are_zero_or_nothing,
                                              a_product_that_does_not_fit_dies_with_all_shapes,
                                              views_share_their_numbers_and_copies_do_not,
                                              gather_cols_and_transpose_put_each_number_where_it_belongs,
                                              what_lies_outside_a_matrix_dies_with_numbers,
                                              sums_scales_and_rows_work_in_place,
                                              rows_and_column_sums_of_any_width_are_the_plain_loops,
                                              sums_of_different_shapes_die_with_both,
                                              random_fillings_have_the_mean_and_spread_asked_for,
                                              a_uniform_filling_never_reaches_its_upper_end,
                                              a_matrix_is_finite_unless_it_holds_a_nan_or_an_infinity,
                                              repeat_puts_the_copies_of_a_row_side_by_side,
                                              split_undoes_join_and_is_its_adjoint,
                                              the_dot_product_is_summed_in_double_and_wants_one_shape,
                                              noise_is_what_a_normal_filling_makes,
                                              the_nearest_row_is_found_and_is_itself_when_it_is_there,
                                              mean_and_norm_add_up_in_double,
                                              argmax_is_the_first_of_the_largest_in_each_row,
                                              slabs_cover_every_row_once_and_give_their_memory_back,
                                              rows_are_picked_evenly, NULL});
}
