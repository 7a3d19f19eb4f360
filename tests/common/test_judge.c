/* test_judge.c: the classifier that scores samples, and the distance it is used for. */
#include "suite.h"

/* Rows with the given standard deviations and a mean of `at` in every column, exactly: a symmetric design, not a draw. */
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
    double want = 3 * .25;                          /* means .5 apart in each of three columns */
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

/* Two classes that anybody can tell apart: bright above, or bright below. */
static Data stripes(int n, uint64_t seed)
{
    Data data = {.x = mat_new(&mem, n, 64), .label = arena_alloc(&mem, (size_t)n), .h = 8, .w = 8, .classes = 2, .name = "stripes"};
    Rng rng = rng_new(seed);
    mat_uniform(data.x, 0, .5f, &rng);
    for (int i = 0; i < n; i++) {
        data.label[i] = (uint8_t)rng_below(&rng, 2);
        for (int j = 0; j < 32; j++) row(data.x, i)[32 * data.label[i] + j] += .5f;
    }
    return data;
}

START_TEST(the_judge_learns_is_kept_on_disk_and_comes_back_the_same)
{
    Data train = stripes(600, 1), test = stripes(200, 2);
    Judge first = judge_get(train, folder, &mem);
    ck_assert(access(path("judge.dense10.bias.npy"), R_OK) == 0);
    close_to(judge_accuracy(&first, test, &mem), 1, 1e-9);

    Judge again = judge_get(train, folder, &mem);
    Mat a = judge_features(&first, test.x, &mem), b = judge_features(&again, test.x, &mem);
    ck_assert(a.n == 200 && a.d == 128 && mat_finite(a));
    same_bytes(b, a);
}
END_TEST

START_TEST(a_label_does_not_depend_on_the_company_it_is_judged_in)
{
    Data train = stripes(600, 1), test = stripes(50, 3);
    uint8_t all[50], one;
    Judge judge = judge_get(train, folder, &mem);
    judge_classify(&judge, test.x, all, &mem);
    for (int i = 0; i < 50; i += 7) {
        judge_classify(&judge, mat_rows(test.x, i, 1), &one, &mem);
        ck_assert_int_eq(one, all[i]);
    }
}
END_TEST

int main(void)
{
    return run_tests("judge", (const TTest *[]){
        frechet_distance_of_diagonal_gaussians_has_its_closed_form, frechet_distance_is_a_distance,
        the_judge_learns_is_kept_on_disk_and_comes_back_the_same, a_label_does_not_depend_on_the_company_it_is_judged_in, NULL});
}
