/* test_kmeans.c: starts for k-means lie apart, drawn by squared distance. */
#include "suite.h"

START_TEST(spread_rows_takes_one_of_each_far_group_and_never_the_same_row_twice)
{
    Mat x = random_mat(90, 2, 1);
    for (int i = 0; i < x.n; i++) row(x, i)[i / 30 % 2] += 1e4f * (float)(i / 30); /* three groups, far apart */
    for (uint64_t seed = 0; seed < 20; seed++) {
        Rng rng = rng_new(seed);
        Mat c = spread_rows(x, 3, &rng, &mem);
        int seen[3] = {0};
        for (int k = 0; k < 3; k++)
            for (int i = 0; i < x.n; i++) seen[i / 30] += !memcmp(row(x, i), row(c, k), 2 * sizeof(float));
        ck_assert(seen[0] == 1 && seen[1] == 1 && seen[2] == 1);
    }
    Rng rng = rng_new(1);
    Mat few = mat_rows(x, 0, 4), all = spread_rows(few, 4, &rng, &mem);
    for (int i = 0, found; i < 4; i++) {
        for (int k = found = 0; k < 4; k++) found += !memcmp(row(few, i), row(all, k), 2 * sizeof(float));
        ck_assert_int_eq(found, 1);
    }
    dies(spread_rows(few, 5, &rng, &mem), "spread_rows: 5 rows of 4");
}
END_TEST

START_TEST(spread_rows_draws_by_squared_distance)
{
    enum { N = 4000 };
    Mat x = {3, 1,
             (float[]){0, 1, 3}}; /* after 0: 1 with 1/10, 3 with 9/10; after 1: 0 with 1/5; after 3: 0 with 9/13 */
    Rng rng = rng_new(7);
    int first[3] = {0}, after0 = 0;
    for (int i = 0; i < N; i++) {
        size_t mark = mem.used;
        Mat c = spread_rows(x, 2, &rng, &mem);
        first[c.a[0] == 3 ? 2 : (int)c.a[0]]++;
        after0 += c.a[0] == 0 && c.a[1] == 3;
        arena_rewind(&mem, mark);
    }
    for (int j = 0; j < 3; j++) within_5_se(first[j] / (double)N, 1. / 3, sqrt(2. / 9 / N));
    within_5_se(after0 / (double)first[0], .9, sqrt(.09 / first[0]));
}
END_TEST

int main(void)
{
    return run_tests("kmeans",
                 (const TTest *[]){spread_rows_takes_one_of_each_far_group_and_never_the_same_row_twice,
                                   spread_rows_draws_by_squared_distance, NULL});
}
