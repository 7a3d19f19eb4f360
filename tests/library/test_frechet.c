/* test_frechet.c: the distance of two sets of features. */
#include "suite.h"

/* Rows with the given standard deviations and a mean of `at` in every column, exactly: a symmetric design, not a draw.
 */
static Mat cloud(const float *sd, int d, float at)
{
    Mat x = mat_zeros(&mem, 2 * d, d);
    for (int j = 0; j < d; j++) {
        row(x, 2 * j)[j] = sd[j] * sqrtf((float)d);
        row(x, 2 * j + 1)[j] = -sd[j] * sqrtf((float)d);
    }
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] += at;
    return x;
}

START_TEST(frechet_distance_of_diagonal_gaussians_has_its_closed_form)
{
    const float a[] = {1, 2, .5f}, b[] = {1.5f, 2, 3};
    double want = 3 * .25; /* means .5 apart in each of three columns */
    for (int j = 0; j < 3; j++) want += pow((double)a[j] - (double)b[j], 2);
    close_to(frechet_distance(cloud(a, 3, 0), cloud(b, 3, .5f), &mem), want, 1e-4);
}
END_TEST

START_TEST(frechet_distance_is_a_distance)
{
    Mat x = random_mat(300, 6, 1), y = random_mat(200, 6, 2), turn = mat_orthonormal(&mem, random_mat(6, 6, 3));
    mat_scale(y, 1.7f);
    double xy = frechet_distance(x, y, &mem);
    ck_assert(xy > .5);
    close_to(frechet_distance(x, x, &mem), 0, 1e-4);
    close_to(frechet_distance(y, x, &mem), xy, 1e-4);
    close_to(frechet_distance(mat_mul(&mem, x, turn), mat_mul(&mem, y, turn), &mem), xy, 1e-3);
}
END_TEST

int main(void)
{
    return run_tests("frechet",
                 (const TTest *[]){frechet_distance_of_diagonal_gaussians_has_its_closed_form,
                                   frechet_distance_is_a_distance, NULL});
}
