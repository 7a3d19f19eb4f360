/* test_batches.c: an epoch of shuffled rows. */
#include "suite.h"

START_TEST(an_epoch_visits_every_row_once_and_its_last_batch_is_short)
{
    Data d = {.x = random_mat(10, 3, 1)};
    Rng rng = rng_new(1);
    Batches b = batches(d.x, 4, &rng, &mem);
    int size[4] = {0}, seen[10] = {0}, n = 0;
    while (batch_next(&b)) {
        size[n++] = b.x.n;
        for (int i = 0; i < b.x.n; i++) {
            seen[b.index[i]]++;
            same_bytes(mat_rows(b.x, i, 1), mat_rows(d.x, b.index[i], 1));
        }
    }
    ck_assert(n == 3 && size[0] == 4 && size[1] == 4 && size[2] == 2);
    for (int i = 0; i < 10; i++) ck_assert_int_eq(seen[i], 1);
    ck_assert(!batch_next(&b));
}
END_TEST

START_TEST(batches_are_shuffled_by_the_seed_alone)
{
    Data d = {.x = random_mat(100, 1, 1)};
    Rng rng[3] = {rng_new(1), rng_new(1), rng_new(2)};
    Batches one = batches(d.x, 100, &rng[0], &mem), same = batches(d.x, 100, &rng[1], &mem),
            other = batches(d.x, 100, &rng[2], &mem);
    Batches next_epoch = batches(d.x, 100, &rng[0], &mem);
    ck_assert(batch_next(&one) && batch_next(&same) && batch_next(&other) && batch_next(&next_epoch));
    same_bytes(same.x, one.x);
    ck_assert_mem_ne(other.index, one.index, 100 * sizeof(int));
    ck_assert_mem_ne(next_epoch.index, one.index, 100 * sizeof(int));
}
END_TEST

START_TEST(a_batch_larger_than_the_data_is_all_of_it_and_one_of_0_rows_dies)
{
    Data d = {.x = random_mat(3, 2, 1)}, none = {.x = mat_new(&mem, 0, 2)};
    Rng rng = rng_new(1);
    Batches b = batches(d.x, 100, &rng, &mem), empty = batches(none.x, 4, &rng, &mem);
    ck_assert(batch_next(&b) && b.x.n == 3 && !batch_next(&b));
    ck_assert(!batch_next(&empty));
    dies(batches(d.x, 0, &rng, &mem), "batches: a batch of 0 rows");
}
END_TEST

int main(void)
{
    return run_tests("batches",
                 (const TTest *[]){an_epoch_visits_every_row_once_and_its_last_batch_is_short,
                                   batches_are_shuffled_by_the_seed_alone,
                                   a_batch_larger_than_the_data_is_all_of_it_and_one_of_0_rows_dies, NULL});
}
