/* test_few_labels.c: features made comparable, and the draws that are committed. */
#include "suite.h"

START_TEST(features_made_comparable_have_mean_0_and_the_length_asked_for)
{
    Mat train = with_mean(random_mat(200, 4, 1), 3), test = mat_copy(&mem, mat_rows(train, 0, 7));
    data_standardise(train, test, 9, &mem);
    for (int j = 0; j < 4; j++) close_to(mat_mean(mat_cols(&mem, train, j, 1)), 0, 1e-5);
    close_to(mat_dot(train, train) / 200, 9, 1e-3);
    mats_close(test, mat_rows(train, 0, 7), 1e-6, 1e-6); /* what was one image stays one */
    Mat same = mat_zeros(&mem, 5, 2), other = random_mat(3, 2, 2), before = mat_copy(&mem, other);
    data_standardise(same, other, 9, &mem); /* no spread at all: left as it is, no NaN */
    same_bytes(other, before);
    dies(data_standardise(train, mat_cols(&mem, test, 0, 3), 9, &mem), "(200,4) and (7,3)");
}
END_TEST

START_TEST(the_committed_draws_are_shuffles_by_their_own_key)
{
    enum { ALL = 60000, FIRST = 3000 };
    int *order = arena_alloc(&mem, ALL * sizeof *order), n;
    for (int draw = 0; draw < 10; draw += 3) {
        Rng rng = {.key = (uint64_t)draw};
        for (int i = 0; i < ALL; i++) order[i] = i;
        rng_shuffle(&rng, order, ALL);
        int *index = data_draw(draw, ALL, &n, &mem);
        ck_assert_int_eq(n, FIRST);
        for (int i = 0; i < FIRST; i++) ck_assert_int_eq(index[i], order[i]);
    }
    int *few = data_draw(0, 2000, &n, &mem), *all = data_draw(0, ALL, &(int){0}, &mem), at = 0;
    for (int i = 0; i < FIRST; i++) /* of a small set: those that it has, in the same order */
        if (all[i] < 2000) ck_assert_int_eq(few[at++], all[i]);
    ck_assert_int_eq(at, n);
    dies(data_draw(10, 100, &n, &mem), "draws 0 to 9, not 10");
}
END_TEST

int main(void)
{
    return run_tests("few_labels",
                 (const TTest *[]){features_made_comparable_have_mean_0_and_the_length_asked_for,
                                   the_committed_draws_are_shuffles_by_their_own_key, NULL});
}
