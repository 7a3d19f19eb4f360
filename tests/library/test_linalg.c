/* test_linalg.c: eigenvectors, orthonormal bases, singular values and PCA, against cases by hand and what defines them.
 */
#include "suite.h"

static Mat identity(int d)
{
    Mat x = mat_zeros(&mem, d, d);
    for (int i = 0; i < d; i++) row(x, i)[i] = 1;
    return x;
}

static void columns_are_orthonormal(Mat q) { mats_close(mat_mul_tn(&mem, q, q), identity(q.d), 1e-5, 0); }

static void values_fall(Mat value)
{
    for (int j = 1; j < value.d; j++) ck_assert_float_ge(value.a[j - 1], value.a[j]);
}

/* S v = lambda v, column by column */
static void are_eigenpairs(Mat s, Mat value, Mat vec, double tol)
{
    Mat scaled = mat_copy(&mem, vec);
    for (int i = 0; i < vec.n; i++)
        for (int j = 0; j < vec.d; j++) row(scaled, i)[j] *= value.a[j];
    mats_close(mat_mul(&mem, s, vec), scaled, tol, 0);
}

static void largest_entries_are_positive(Mat vec)
{
    for (int j = 0; j < vec.d; j++) {
        float big = 0;
        for (int i = 0; i < vec.n; i++)
            if (fabsf(row(vec, i)[j]) > fabsf(big)) big = row(vec, i)[j];
        ck_assert_float_gt(big, 0);
    }
}

/* Q diag(value) Q^T */
static Mat symmetric_with(Mat q, const float *value)
{
    Mat scaled = mat_copy(&mem, q);
    for (int i = 0; i < q.n; i++)
        for (int j = 0; j < q.d; j++) row(scaled, i)[j] *= value[j];
    return mat_mul_nt(&mem, scaled, q);
}

/* ---- eigenvectors ---- */

START_TEST(a_2_by_2_matrix_has_the_eigenpairs_found_by_hand)
{
    Mat s = {2, 2, (float[]){2, 1, 1, 2}};
    float r = sqrtf(.5f);
    Eig e = mat_eigh(&mem, s, 2);
    mats_close(e.value, ((Mat){1, 2, (float[]){3, 1}}), 1e-6, 0);
    mats_close(e.vec, ((Mat){2, 2, (float[]){r, r, r, -r}}), 1e-6, 0);
    Mat random = random_mat(100, 2, 1);
    for (int i = 0; i < 100; i++) { /* (a b; b a): a tie in size, whatever rounding says. The first entry is positive */
        float a = row(random, i)[0], b = row(random, i)[1];
        e = mat_eigh(&mem, (Mat){2, 2, (float[]){a, b, b, a}}, 2);
        mats_close(e.vec, ((Mat){2, 2, (float[]){r, r, b > 0 ? r : -r, b > 0 ? -r : r}}), 1e-6, 0);
    }
}
END_TEST

START_TEST(eigenpairs_of_a_constructed_matrix_are_those_it_was_made_of)
{
    enum { D = 20 };
    float value[D];
    for (int j = 0; j < D; j++) value[j] = 10 - (float)j; /* down to -9 */
    Mat q = mat_orthonormal(&mem, random_mat(D, D, 1)), s = symmetric_with(q, value);
    Eig e = mat_eigh(&mem, s, D);
    mats_close(e.value, ((Mat){1, D, value}), 2e-5, 0);
    Mat overlap = mat_mul_tn(&mem, q, e.vec); /* the identity, but for signs */
    for (size_t i = 0; i < mat_size(overlap); i++) overlap.a[i] = fabsf(overlap.a[i]);
    mats_close(overlap, identity(D), 2e-5, 0);
    columns_are_orthonormal(e.vec);
    largest_entries_are_positive(e.vec);
    are_eigenpairs(s, e.value, e.vec, 1e-4);
}
END_TEST

START_TEST(the_leading_k_eigenpairs_are_the_first_k_of_all)
{
    Mat x = random_mat(30, 12, 2), s = mat_mul_tn(&mem, x, x);
    Eig all = mat_eigh(&mem, s, 12);
    size_t before = mem.used;
    Eig some = mat_eigh(&mem, s, 3);
    ck_assert_uint_le(mem.used - before, 64 + 192 + 2 * REDZONE); /* the results; scratch was handed back */
    mats_close(some.value, mat_cols(&mem, all.value, 0, 3), 0, 0);
    mats_close(some.vec, mat_cols(&mem, all.vec, 0, 3), 0, 0);
}
END_TEST

START_TEST(equal_eigenvalues_and_a_single_number_are_no_trouble)
{
    Eig e = mat_eigh(&mem, identity(7), 7), one = mat_eigh(&mem, (Mat){1, 1, (float[]){-4}}, 1);
    for (int j = 0; j < 7; j++) close_to(e.value.a[j], 1, 1e-6);
    columns_are_orthonormal(e.vec);
    ck_assert_float_eq(one.value.a[0], -4);
    ck_assert_float_eq(one.vec.a[0], 1);
}
END_TEST

START_TEST(eigenvectors_of_what_is_not_square_and_too_many_of_them_die)
{
    Mat s = identity(3);
    dies(mat_eigh(&mem, random_mat(2, 3, 1), 1), "a symmetric matrix is square, not (2,3)");
    dies(mat_eigh(&mem, s, 4), "4 wanted of a matrix of size 3");
    dies(mat_eigh(&mem, s, 0), "0 wanted of a matrix of size 3");
}
END_TEST

START_TEST(a_nan_dies_with_a_hint) /* left alone, LAPACK may search for ever */
{
    Mat x = identity(3);
    row(x, 1)[1] = NAN;
    dies(mat_eigh(&mem, x, 3), "NaN");
    dies(mat_singular_values(&mem, x), "NaN");
    dies(mat_orthonormal(&mem, x), "NaN");
    dies(pca_fit(&mem, x, 2), "NaN");
}
END_TEST

/* ---- orthonormal bases, singular values ---- */

START_TEST(an_orthonormal_basis_spans_the_same_columns)
{
    Mat x = random_mat(40, 7, 3);
    for (int i = 0; i < 40; i++) row(x, i)[6] = row(x, i)[5] + 1e-3f * row(x, i)[6]; /* nearly dependent */
    Mat q = mat_orthonormal(&mem, x);
    ck_assert(q.n == 40 && q.d == 7);
    columns_are_orthonormal(q);
    mats_close(mat_mul(&mem, q, mat_mul_tn(&mem, q, x)), x, 1e-5, 0); /* the projection on the basis loses nothing */
    dies(mat_orthonormal(&mem, random_mat(3, 4, 1)), "4 columns in 3 dimensions");
}
END_TEST

START_TEST(singular_values_are_those_found_by_hand_tall_or_wide)
{
    Mat square = {2, 2, (float[]){3, 0, 4, 5}}, wide = {2, 3, (float[]){3, 2, 2, 2, 3, -2}};
    mats_close(mat_singular_values(&mem, square), ((Mat){1, 2, (float[]){sqrtf(45), sqrtf(5)}}), 1e-6, 0);
    mats_close(mat_singular_values(&mem, wide), ((Mat){1, 2, (float[]){5, 3}}), 1e-6, 0);
    mats_close(mat_singular_values(&mem, mat_transpose(&mem, wide)), ((Mat){1, 2, (float[]){5, 3}}), 1e-6, 0);
    dies(mat_singular_values(&mem, mat_new(&mem, 0, 3)), "(0,3) is empty");
}
END_TEST

START_TEST(squared_singular_values_are_the_eigenvalues_of_the_gram_matrix)
{
    Mat x = random_mat(50, 9, 4), s = mat_singular_values(&mem, x);
    Eig e = mat_eigh(&mem, mat_mul_tn(&mem, x, x), 9);
    for (int j = 0; j < 9; j++) s.a[j] *= s.a[j];
    mats_close(s, e.value, 0, 1e-5);
}
END_TEST

/* ---- PCA ---- */

START_TEST(pca_of_a_cross_is_what_one_finds_by_hand)
{
    Mat x = {4, 2, (float[]){3, 2, -1, 2, 1, 3, 1, 1}}; /* (1,2) and arms of 2 and 1: variances 8/4 and 2/4 */
    Pca p = pca_fit(&mem, x, 2);
    mats_close(p.mean, ((Mat){1, 2, (float[]){1, 2}}), 1e-6, 0);
    mats_close(p.value, ((Mat){1, 2, (float[]){2, .5f}}), 1e-6, 0);
    mats_close(p.vec, identity(2), 1e-6, 0);
}
END_TEST

START_TEST(pca_meets_its_definition_on_more_rows_than_one_slab)
{
    enum { N = 2500, D = 6, K = 4 };
    Mat x = mat_mul(&mem, random_mat(N, D, 5), random_mat(D, D, 6)), cov = mat_zeros(&mem, D, D);
    double mean[D] = {0};
    for (int i = 0; i < N; i++)
        for (int j = 0; j < D; j++) {
            row(x, i)[j] += 3 * (float)j;
            mean[j] += (double)row(x, i)[j] / N;
        }
    double trace_ = 0, sum = 0;
    for (int j = 0; j < D; j++)
        for (int k = 0; k < D; k++) {
            double c = 0;
            for (int i = 0; i < N; i++) c += ((double)row(x, i)[j] - mean[j]) * ((double)row(x, i)[k] - mean[k]) / N;
            row(cov, j)[k] = (float)c;
            if (j == k) trace_ += c;
        }
    Pca p = pca_fit(&mem, x, K);
    ck_assert(p.value.d == D && p.vec.n == D && p.vec.d == K);
    for (int j = 0; j < D; j++) close_to(p.mean.a[j], mean[j], 1e-5);
    for (int j = 0; j < D; j++) sum += (double)p.value.a[j];
    close_to(sum, trace_, 1e-5 * trace_);
    values_fall(p.value);
    columns_are_orthonormal(p.vec);
    largest_entries_are_positive(p.vec);
    are_eigenpairs(cov, mat_cols(&mem, p.value, 0, K), p.vec, 1e-5 * trace_);
}
END_TEST

START_TEST(pca_of_one_row_has_no_variance_and_too_many_components_die)
{
    Mat x = random_mat(1, 3, 7);
    Pca p = pca_fit(&mem, x, 3);
    mats_close(p.value, mat_zeros(&mem, 1, 3), 1e-12, 0);
    same_bytes(p.mean, x);
    dies(pca_fit(&mem, x, 4), "4 components of (1,3)");
    dies(pca_fit(&mem, mat_new(&mem, 0, 3), 1), "1 components of (0,3)");
}
END_TEST

START_TEST(a_pca_copy_errs_by_the_variance_left_out_and_all_components_lose_nothing)
{
    Mat cross = {4, 2,
                 (float[]){3, 2, -1, 2, 1, 3, 1, 1}}; /* along the long arm only: the short one falls onto the centre */
    mats_close(pca_copy(&mem, pca_fit(&mem, cross, 2), 1, cross), ((Mat){4, 2, (float[]){3, 2, -1, 2, 1, 2, 1, 2}}),
               1e-6, 0);
    Mat x = mat_mul(&mem, random_mat(300, 5, 5), random_mat(5, 5, 6)), before = mat_copy(&mem, x);
    Pca p = pca_fit(&mem, x, 5);
    for (int k = 1; k <= 5; k++) {
        Mat copy = pca_copy(&mem, p, k, x);
        double error = 0, left_out = 0;
        for (size_t i = 0; i < mat_size(x); i++) error += pow((double)x.a[i] - (double)copy.a[i], 2) / x.n;
        for (int j = k; j < 5; j++) left_out += (double)p.value.a[j];
        close_to(error, left_out, 1e-4 * (double)p.value.a[0]);
        mats_close(pca_copy(&mem, p, k, copy), copy, 1e-4, 1e-4); /* a projection: a copy of a copy is that copy */
    }
    same_bytes(x, before);
    dies(pca_copy(&mem, p, 6, x), "6 of 5 components");
    dies(pca_copy(&mem, p, 1, random_mat(2, 4, 1)), "fitted to 5 features");
}
END_TEST

START_TEST(codes_are_coordinates_along_the_axes_and_make_the_copy)
{
    Mat x = with_mean(random_mat(300, 5, 4), 2);
    Pca p = pca_fit(&mem, x, 3);
    Mat code = pca_code(&mem, p, 3, x), copy = mat_mul_nt(&mem, code, p.vec);
    mat_add_row(copy, p.mean);
    mats_close(copy, pca_copy(&mem, p, 3, x), 1e-5, 1e-5);
    for (int j = 0; j < 3; j++) { /* mean 0, and the eigenvalue for a variance */
        Mat column = mat_cols(&mem, code, j, 1);
        close_to(mat_mean(column), 0, 1e-5);
        close_to(mat_dot(column, column) / 300, (double)p.value.a[j], 1e-4);
    }
    mats_close(mat_cols(&mem, code, 0, 2), pca_code(&mem, p, 2, x), 1e-6, 1e-6);
    dies(pca_code(&mem, p, 4, x), "4 of 3 components");
}
END_TEST

int main(void)
{
    return run_tests("linalg",
                     (const TTest *[]){a_2_by_2_matrix_has_the_eigenpairs_found_by_hand,
                                       eigenpairs_of_a_constructed_matrix_are_those_it_was_made_of,
                                       the_leading_k_eigenpairs_are_the_first_k_of_all,
                                       equal_eigenvalues_and_a_single_number_are_no_trouble,
                                       eigenvectors_of_what_is_not_square_and_too_many_of_them_die,
                                       a_nan_dies_with_a_hint, an_orthonormal_basis_spans_the_same_columns,
                                       singular_values_are_those_found_by_hand_tall_or_wide,
                                       squared_singular_values_are_the_eigenvalues_of_the_gram_matrix,
                                       pca_of_a_cross_is_what_one_finds_by_hand,
                                       pca_meets_its_definition_on_more_rows_than_one_slab,
                                       pca_of_one_row_has_no_variance_and_too_many_components_die,
                                       a_pca_copy_errs_by_the_variance_left_out_and_all_components_lose_nothing,
                                       codes_are_coordinates_along_the_axes_and_make_the_copy, NULL});
}
