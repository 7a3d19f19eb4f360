/* test_training.c: epochs, batches and steps are counted once, for all labs. */
#include "suite.h"

#include <signal.h>

/* n rows of two numbers, row i being (i, -i). */
static Mat numbered(int n)
{
    Mat x = mat_new(&mem, n, 2);
    for (int i = 0; i < n; i++) {
        row(x, i)[0] = (float)i;
        row(x, i)[1] = (float)-i;
    }
    return x;
}

/* Runs a training to its end and checks what holds in every step; seen[i] counts how often row i came. */
static void run(Training t, int *seen)
{
    long step = 0;
    int of_epoch = 0, epoch = 0;
    while (training_next(&t)) {
        ck_assert_int_eq(t.step, step);
        ck_assert_int_eq(t.epoch, epoch);
        for (int i = 0; i < t.x.n; i++) {
            seen[t.index[i]]++;
            ck_assert(row(t.x, i)[0] == (float)t.index[i] && row(t.x, i)[1] == (float)-t.index[i]);
        }
        of_epoch += t.x.n;
        step++;
        if (t.epoch_ends) {
            epoch++;
            of_epoch = 0;
        }
    }
    ck_assert_int_eq(step, t.steps);
    ck_assert_int_eq(t.step, t.steps);
    ck_assert(!training_next(&t)); /* asked again it says the same */
    ck_assert_int_eq(t.step, t.steps);
    ck_assert_int_eq(epoch, t.epochs);
    ck_assert_int_eq(of_epoch, 0); /* the last step ended an epoch */
}

START_TEST(every_epoch_visits_every_row_once)
{
    static const struct {
        int n, batch, steps;
    } size[] = {{10, 3, 4}, {10, 5, 2}, {1, 1, 1}, {7, 100, 1}, {101, 10, 11}};
    for (int s = 0; s < LENGTH(size); s++) {
        Rng rng = rng_new(1);
        int seen[101] = {0};
        Training t = training(numbered(size[s].n), 3, size[s].batch, &rng, &mem);
        ck_assert_int_eq(t.steps, 3 * size[s].steps);
        run(t, seen);
        for (int i = 0; i < size[s].n; i++) ck_assert_int_eq(seen[i], 3);
    }
}
END_TEST

START_TEST(whole_batches_leave_out_what_does_not_fill_one)
{
    static const struct {
        int n, batch, steps;
    } size[] = {{10, 3, 3}, {10, 5, 2}, {1, 1, 1}, {101, 10, 10}};
    for (int s = 0; s < LENGTH(size); s++) {
        Rng rng = rng_new(1);
        int seen[101] = {0}, all = 0;
        Training t = training_whole(numbered(size[s].n), 4, size[s].batch, &rng, &mem);
        ck_assert_int_eq(t.steps, 4 * size[s].steps);
        run(t, seen);
        for (int i = 0; i < size[s].n; i++) all += seen[i];
        ck_assert_int_eq(all, 4 * size[s].steps * size[s].batch);
    }
}
END_TEST

START_TEST(a_training_without_a_step_dies_with_a_hint)
{
    Rng rng = rng_new(1);
    dies(training_whole(numbered(10), 1, 11, &rng, &mem),
         "nothing to train on: 10 samples do not fill one batch of 11\n  hint: --batch 10 or less");
    dies(training(numbered(0), 1, 4, &rng, &mem), "nothing to train on: 0 samples");
    dies(training(numbered(10), 0, 4, &rng, &mem), "0 epochs of batches of 4");
}
END_TEST

START_TEST(the_memory_of_a_step_is_given_back_and_what_stood_before_stays)
{
    Rng rng = rng_new(1);
    Mat rows = numbered(20);
    Mat kept = mat_new(&mem, 3, 3);
    mat_fill(kept, 7);
    size_t before = mem.used;
    Training t = training(rows, 5, 4, &rng, &mem);
    size_t first = 0;
    while (training_next(&t)) {
        if (t.step == 0) first = mem.used;
        ck_assert_uint_eq(mem.used, first); /* however much the last step took */
        mat_fill(mat_new(&mem, 100, 1 + (int)t.step), 1);
    }
    ck_assert_uint_eq(mem.used, before);
    for (int i = 0; i < 9; i++) ck_assert_float_eq(kept.a[i], 7);
}
END_TEST

START_TEST(the_order_follows_from_the_seed_and_changes_with_the_epoch)
{
    int order[2][40];
    for (int again = 0; again < 2; again++) {
        Rng rng = rng_new(3);
        int at = 0;
        Training t = training(numbered(20), 2, 7, &rng, &mem);
        while (training_next(&t))
            for (int i = 0; i < t.x.n; i++) order[again][at++] = t.index[i];
    }
    ck_assert_mem_eq(order[0], order[1], sizeof order[0]);
    ck_assert_mem_ne(order[0], order[0] + 20, 20 * sizeof(int));
}
END_TEST

static void until_ctrl_c(void)
{
    static const LabInfo info = {
        .name = "01_tiny", .title = "", .steps = "train", .epochs = 1, .batch = 1, .quick_epochs = 1};
    char *args[] = {"01_tiny", "--out", folder, NULL};
    lab_open(3, args, &info);
    Rng rng = rng_new(1);
    Training t = training(numbered(20), 100, 4, &rng, &mem);
    while (training_next(&t))
        if (t.step == 6) raise(SIGINT);
    printf("%ld of %ld\n", t.step, t.steps);
}

START_TEST(ctrl_c_ends_it_after_the_current_step)
{
    ends(until_ctrl_c(), EXIT_OK, "");
    ck_assert_str_eq(child_out, "7 of 500\n");
}
END_TEST

START_TEST(a_mean_is_kept)
{
    float mean = 99; /* what stood there before does not count */
    double sum = 0;
    for (int step = 0; step < 100; step++) {
        keep_mean(&mean, (float)(step % 7), step);
        sum += step % 7;
        close_to(mean, sum / (step + 1), 1e-4);
    }
    float before = mean;
    keep_mean(&mean, 10, 100);
    close_to(mean, .99 * before + .1, 1e-5);
}
END_TEST

int main(void)
{
    return run_tests("training", (const TTest *[]){every_epoch_visits_every_row_once,
                                                   whole_batches_leave_out_what_does_not_fill_one,
                                                   a_training_without_a_step_dies_with_a_hint,
                                                   the_memory_of_a_step_is_given_back_and_what_stood_before_stays,
                                                   the_order_follows_from_the_seed_and_changes_with_the_epoch,
                                                   ctrl_c_ends_it_after_the_current_step, a_mean_is_kept, NULL});
}
