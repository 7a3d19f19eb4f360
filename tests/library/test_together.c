/* test_together.c: models side by side take the steps that each would take alone, and leave their rows in order. */
#include "suite.h"

#include <signal.h>

typedef struct { char name[8]; long step, steps; Rng rng; double sum; } Walker;

static bool one_step(void *model)
{
    Walker *w = model;
    if (w->step == w->steps) return false;
    w->sum += (double)rng_normal(&w->rng);
    w->step++;
    return true;
}

static void note(void *model, long done, Csv *csv)
{
    const Walker *w = model;
    csv_row(csv, "%s,%ld,%ld", w->name, done, w->step);
}

static Walker walker(int i, long steps)
{
    Walker w = {.steps = steps, .rng = rng_new((uint64_t)i)};
    snprintf(w.name, sizeof w.name, "w%d", i);
    return w;
}

START_TEST(every_model_takes_all_its_steps)
{
    static const Together how = {
        .file = "a.csv", .header = "model,done,steps", .every = 20, .step = one_step, .note = note};
    for (int n = 1; n <= 5; n += 4) {
        Walker w[5], alone[5];
        for (int i = 0; i < n; i++) {
            w[i] = walker(i, 10 + 9 * i);
            alone[i] = w[i];
        }
        long longest = w[n - 1].steps;
        train_together(&how, w, n, sizeof *w, longest, folder);
        for (int i = 0; i < n; i++) {
            while (one_step(&alone[i]));
            ck_assert_int_eq(w[i].step, w[i].steps);
            ck_assert(w[i].sum == alone[i].sum);
        }
    }
    ck_assert_str_eq(text_of("a.csv"), "model,done,steps\n"
                                        "w0,20,10\nw1,20,19\nw2,20,20\nw3,20,20\nw4,20,20\n"
                                        "w0,40,10\nw1,40,19\nw2,40,28\nw3,40,37\nw4,40,40\n"
                                        "w0,46,10\nw1,46,19\nw2,46,28\nw3,46,37\nw4,46,46\n");
}
END_TEST

START_TEST(rows_may_be_counted_instead_of_steps)
{
    static const Together how = {
        .file = "b.csv", .header = "model,done,steps", .rows = 3, .step = one_step, .note = note};
    Walker w = walker(7, 10);
    train_together(&how, &w, 1, sizeof w, 10, folder);
    ck_assert_str_eq(text_of("b.csv"), "model,done,steps\nw7,3,3\nw7,6,6\nw7,10,10\n");
    static const Together neither = {.file = "c.csv", .header = "a,b,c", .step = one_step, .note = note};
    dies(train_together(&neither, &w, 1, sizeof w, 10, folder), "rows every 0 steps, or 0 rows?");
}
END_TEST

static bool interrupted_step(void *model)
{
    Walker *w = model;
    if (w->step == 25) raise(SIGINT);
    return one_step(model);
}

static void train_interrupted(void)
{
    static const Together how = {
        .file = "d.csv", .header = "model,done,steps", .every = 20, .step = interrupted_step, .note = note};
    static const LabInfo info = {.name = "01_tiny", .title = "tiny", .epochs = 1, .batch = 1, .steps = "train"};
    char *argv[] = {"tiny", "--out", folder, NULL};
    lab_open(3, argv, &info);
    Walker w = walker(1, 100);
    train_together(&how, &w, 1, sizeof w, 100, folder);
    printf("%ld steps\n", w.step);
}

START_TEST(ctrl_c_ends_it_after_the_current_step)
{
    ends(train_interrupted(), EXIT_OK, "");
    ck_assert_ptr_nonnull(strstr(child_out, "26 steps"));
    ck_assert_str_eq(text_of("d.csv"), "model,done,steps\nw1,20,20\nw1,40,26\n");
}
END_TEST

int main(void)
{
    return run_tests("together", (const TTest *[]){every_model_takes_all_its_steps,
                                                   rows_may_be_counted_instead_of_steps,
                                                   ctrl_c_ends_it_after_the_current_step, NULL});
}
