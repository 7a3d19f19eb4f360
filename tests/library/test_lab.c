/* test_lab.c: the form of a lab: flags, steps, unwritten exercises, metrics, Ctrl-C. A tiny lab stands for all of them.
 */
#include "suite.h"

#include <signal.h>

static const LabInfo info = {.name = "01_tiny",
                             .title = "a lab for testing",
                             .steps = "open train draw",
                             .epochs = 20,
                             .batch = 64,
                             .quick_epochs = 2};
static const LabInfo longer = {.name = "01_tiny",
                               .title = "a lab for testing",
                               .steps = "open train draw",
                               .epochs = 20,
                               .batch = 64,
                               .quick_epochs = 2,
                               .full_epochs = 300,
                               .failures = "collapse d-wins"};
static const LabInfo *this = &info;
static void (*in_train)(Lab *); /* what happens in the middle step */

static int tiny(const char **argv)
{
    int argc = 0;
    while (argv[argc]) argc++;
    Lab *lab = lab_open(argc, (char **)argv, this);
    STEP("open")
    {
        csv_mat(lab->out, "open.csv", "a,b", (Mat){1, 2, (float[]){1, 2}});
        lab_metric(lab, "epochs", lab->epochs, "epochs");
        printf("seed %llu batch %d threads %d quick %d data %s load %s\n", (unsigned long long)lab->seed, lab->batch,
               threads_get(), lab->quick, lab->data ? lab->data : "-", lab->load ? lab->load : "-");
    }
    STEP("train")
    {
        if (in_train) in_train(lab);
        lab_metric(lab, "nats", .5, "loss_%d", 7);
    }
    STEP("draw") puts("drawn");
    return lab_close(lab);
}

/* Both are for the inside of ends(...), where a child runs them. */
#define lab(...) exit(tiny((const char *[]){"01_tiny", "--out", folder, __VA_ARGS__, NULL}))
#define lab_where(something, ...) \
    do { \
        in_train = something; \
        lab(__VA_ARGS__); \
    } while (0)

#define longer_lab(...) \
    do { \
        this = &longer; \
        lab(__VA_ARGS__); \
    } while (0)

/* A finished step's file and metrics.csv lie in the folder, and nothing else does. */
static void finished_files_and_no_others_remain(void)
{
    read_back("open.csv");
    ck_assert_str_eq(content, "a,b\n1,2\n");
    read_back("metrics.csv");
    ck_assert(remove(path("open.csv")) == 0 && remove(path("metrics.csv")) == 0);
    ck_assert_msg(rmdir(folder) == 0, "something else was left in the folder");
}

/* ---- a run ---- */

START_TEST(a_lab_runs_its_steps_in_order_under_numbered_headings)
{
    ends(lab("--threads", "1"), EXIT_OK, "   open: ", "   train: ", "   draw: ");
    ck_assert_str_eq(child_out, "-- 1. open --\nseed 1 batch 64 threads 1 quick 0 data - load -\n\n"
                                "-- 2. train --\n\n-- 3. draw --\ndrawn\n");
    finished_files_and_no_others_remain();
}
END_TEST

START_TEST(metrics_csv_has_name_value_and_unit_and_the_time_it_took)
{
    ends(lab("--epochs", "3"), EXIT_OK, "");
    read_back("metrics.csv");
    double seconds = -1;
    ck_assert_int_eq(sscanf(content, "name,value,unit\nepochs,3,epochs\nloss_7,0.5,nats\nwall_s,%lf,s\n", &seconds), 1);
    ck_assert(0 <= seconds && seconds < 60);
}
END_TEST

START_TEST(metrics_csv_names_the_kernels_that_were_asked_for)
{
    bool chosen = getenv("OPENBLAS_CORETYPE") != NULL; /* by whoever runs the tests: then no flag changes it */
    for (int native = 0; native <= 1; native++) {
        ends(lab("--kernels", native ? "native" : "portable"), EXIT_OK, "");
        read_back("metrics.csv");
        char kernels[32] = "";
        ck_assert_int_eq(sscanf(strstr(content, "\nkernels,") ?: "", "\nkernels,%31[^,],OpenBLAS", kernels), 1);
        if (processor_level() < KERNELS_AVX2 || chosen) continue;
        if (native)
            ck_assert_int_ge(kernels_level(kernels), processor_level());
        else
            ck_assert_str_eq(kernels, "Haswell");
    }
    ends(lab("--kernels", "fast"), EXIT_USAGE, "--kernels wants portable or native, not 'fast'");
}
END_TEST

START_TEST(flags_set_what_their_names_say)
{
    ends(lab("--seed=7", "--batch", "5", "--threads", "1", "--data", "D", "--load", "L", "--quick"), EXIT_OK, "");
    ck_assert_ptr_nonnull(strstr(child_out, "seed 7 batch 5 threads 1 quick 1 data D load L"));
    read_back("metrics.csv");
    ck_assert_ptr_nonnull(strstr(content, "\nepochs,2,")); /* --quick brings its own number of epochs */
    ends(lab("--epochs", "9", "--quick"), EXIT_OK, "");
    read_back("metrics.csv");
    ck_assert_ptr_nonnull(strstr(content, "\nepochs,9,")); /* unless one is given */
}
END_TEST

static void caption_is(Lab *l)
{
    printf("typed %s, shape %d\n", l->words, l->caption ? l->caption->value[SPRITE_SHAPE] : -1);
}

static void lab_with_captions(const LabInfo *captioned, const char *caption, int status, const char *says)
{
    this = captioned;
    in_train = caption_is;
    ends(lab("--caption", caption), status, says);
}

START_TEST(a_lab_takes_a_caption_as_a_sprite_or_as_the_words_that_were_typed)
{
    LabInfo read = info, own = info;
    read.captions = true;
    own.captions = true;
    own.own_words = true;
    lab_with_captions(&read, "a small red ring on a blue background", EXIT_OK, "");
    ck_assert_ptr_nonnull(strstr(child_out, "typed a small red ring on a blue background, shape 4"));
    lab_with_captions(&read, "a small ring", EXIT_USAGE, "--caption:");
    lab_with_captions(&own, "a small ring", EXIT_OK, "");
    ck_assert_ptr_nonnull(strstr(child_out, "typed a small ring, shape -1"));
}
END_TEST

static void size_is(Lab *l) { printf("size %s\n", lab_flag(l, "size") ? lab_flag(l, "size") : "-"); }
static void other_is(Lab *l) { lab_flag(l, "other"); }

START_TEST(a_lab_may_have_flags_of_its_own)
{
    static const LabFlag own[] = {{"pair", "NAME", "which two"}, {"size", "N", "of a picture [32]"}, {0}};
    LabInfo with = info;
    with.flags = own;
    this = &with;
    in_train = size_is;
    ends(lab("--size", "64"), EXIT_OK, "");
    ck_assert_ptr_nonnull(strstr(child_out, "size 64\n"));
    ends(lab("--pair", "sprites"), EXIT_OK, "");
    ck_assert_ptr_nonnull(strstr(child_out, "size -\n"));
    ends(lab("--size"), EXIT_USAGE, "a value is missing after '--size'");
    ends(lab("--help"), EXIT_OK, "");
    ck_assert_ptr_nonnull(strstr(child_out, "  --size N            of a picture [32]\n"));
    in_train = other_is;
    dies(lab("--seed", "2"), "01_tiny has no flag '--other'");
    this = &info;
    in_train = NULL;
    ends(lab("--size", "64"), EXIT_USAGE, "unknown flag '--size'");
}
END_TEST

static void failure_is(Lab *l) { printf("failure %s full %d\n", l->failure ? l->failure : "-", l->full); }

START_TEST(a_lab_may_have_a_full_run_and_failures_to_show)
{
    ends(longer_lab("--full"), EXIT_OK, "");
    read_back("metrics.csv");
    ck_assert_ptr_nonnull(strstr(content, "\nepochs,300,"));
    ends((in_train = failure_is, ({ longer_lab("--show-failure", "d-wins"); })), EXIT_OK, "");
    ck_assert_ptr_nonnull(strstr(child_out, "failure d-wins full 0\n"));
    read_back("d-wins/metrics.csv"); /* beside the last whole run, */
    ck_assert_ptr_nonnull(strstr(content, "\nepochs,20,"));
    read_back("metrics.csv"); /* which is still there */
    ck_assert_ptr_nonnull(strstr(content, "\nepochs,300,"));
    ends(longer_lab("--help"), EXIT_OK, "");
    ck_assert_ptr_nonnull(strstr(child_out, "[20; 2 with --quick] [300 with --full]\n"));
    ck_assert_ptr_nonnull(
        strstr(child_out, "--show-failure NAME show how training fails, in DIR/NAME: collapse d-wins\n"));
}
END_TEST

static void without_out(void)
{
    if (chdir(folder) == 0) exit(tiny((const char *[]){"01_tiny", NULL}));
}

START_TEST(the_default_folder_is_out_and_the_labs_name)
{
    ends(without_out(), EXIT_OK, "");
    read_back("out/01_tiny/metrics.csv");
}
END_TEST

START_TEST(a_folder_that_cannot_be_made_dies)
{
    dies(lab("--out", "/dev/null/x"), "/dev/null/x: cannot make this folder: Not a directory",
         "\n  hint: another one: --out DIR");
    dies(lab("--out", ""), "'' is no name for a folder");
}
END_TEST

START_TEST(until_ends_after_that_step_with_everything_written)
{
    ends(lab("--until", "open"), EXIT_OK, "   open: ");
    ck_assert_ptr_null(strstr(child_out, "train"));
    read_back("metrics.csv");
    ck_assert_ptr_nonnull(strstr(content, "\nwall_s,"));
    finished_files_and_no_others_remain();
}
END_TEST

static void leave_open(Lab *l) { csv_row(csv_open(l->out, "loss.csv", "loss"), "%d", 1); }

START_TEST(until_leaves_no_unfinished_file) /* of a csv that a later step would have closed */
{
    ends(lab_where(leave_open, "--until", "train"), EXIT_OK, "");
    finished_files_and_no_others_remain();
}
END_TEST

/* ---- usage ---- */

static void choice_is(Lab *l) { printf("choice %d\n", lab_choice(l, "pair")); }

START_TEST(a_flag_may_be_a_choice)
{
    static const LabFlag own[] = {{"pair", "boots|emoji|clouds", "only these [all]"}, {0}};
    LabInfo with = info;
    with.flags = own;
    this = &with;
    in_train = choice_is;
    ends(lab("--pair", "boots"), EXIT_OK, "");
    ck_assert_ptr_nonnull(strstr(child_out, "choice 0\n"));
    ends(lab("--pair", "clouds"), EXIT_OK, "");
    ck_assert_ptr_nonnull(strstr(child_out, "choice 2\n"));
    ends(lab("--seed", "1"), EXIT_OK, "");
    ck_assert_ptr_nonnull(strstr(child_out, "choice -1\n"));
    ends(lab("--pair", "boot"), EXIT_USAGE, "01_tiny: --pair wants boots, emoji or clouds, not 'boot'\n");
    ends(lab("--pair", "boots|emoji"), EXIT_USAGE, "--pair wants boots, emoji or clouds, not 'boots|emoji'\n");
    ends(lab("--pair", ""), EXIT_USAGE, "--pair wants boots, emoji or clouds, not ''\n");
    this = &info;
    in_train = NULL;
}
END_TEST

START_TEST(help_lists_flags_defaults_and_steps)
{
    ends(lab("--help"), EXIT_OK, "");
    static const char *const has[] = {"01_tiny: a lab for testing\n",
                                      "--seed N",
                                      "--epochs N",
                                      "[20; 2 with --quick]",
                                      "--batch N",
                                      "[64]",
                                      "--data DIR",
                                      "--out DIR",
                                      "[out/01_tiny]",
                                      "--threads N",
                                      "--quick",
                                      "--until STEP",
                                      "--load DIR",
                                      "--help",
                                      "steps: open train draw\n",
                                      "status: 0 done"};
    for (size_t i = 0; i < sizeof has / sizeof *has; i++)
        ck_assert_msg(strstr(child_out, has[i]) != NULL, "no \"%s\" in it", has[i]);
    ck_assert_str_eq(child_err, "");
    ck_assert_int_eq(rmdir(folder), 0); /* nothing was run */
}
END_TEST

/* Wrong usage is told in one line, before anything is written. */
#define refuses(says, ...) \
    do { \
        ends(lab(__VA_ARGS__), EXIT_USAGE, says); \
        ck_assert_msg(strchr(child_err, '\n') == child_err + strlen(child_err) - 1, "not one line: %s", child_err); \
    } while (0)

START_TEST(a_number_out_of_range_or_none_is_refused_with_the_range)
{
    refuses("01_tiny: --epochs wants a whole number from 1 to 100000, not '0'\n", "--epochs", "0");
    refuses("--epochs wants a whole number from 1 to 100000, not '100001'", "--epochs", "100001");
    refuses("--epochs wants a whole number from 1 to 100000, not '1e3'", "--epochs", "1e3");
    refuses("--epochs wants a whole number from 1 to 100000, not '3x'", "--epochs=3x");
    refuses("--batch wants a whole number from 1 to 65536, not ''", "--batch", "");
    refuses("--batch wants a whole number from 1 to 65536, not '-1'", "--batch", "-1");
    refuses("--threads wants a whole number from 1 to 256, not '257'", "--threads", "257");
    refuses("--seed wants a whole number from 0 to 9223372036854775807, not '9223372036854775808'", "--seed",
            "9223372036854775808");
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(unknown_flags_stray_words_and_missing_values_are_refused_by_name)
{
    refuses("01_tiny: unknown flag '--bogus'; --help lists all flags\n", "--bogus");
    refuses("unknown flag '--quick=3'", "--quick=3");
    refuses("unknown flag '-x'", "-x");
    refuses("unknown flag '-x", "-xy");
    refuses("unknown flag '--bogus'", "stray", "--bogus");
    refuses("a value is missing after '--seed'; --help lists all flags", "--seed");
    refuses("'stray' is not a flag; --help lists all flags", "stray");
    refuses("'stray' is not a flag", "--quick", "stray", "--seed", "3");
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(full_and_show_failure_are_refused_where_there_are_none)
{
    refuses("unknown flag '--full'", "--full");
    refuses("unknown flag '--show-failure'", "--show-failure", "collapse");
    this = &longer;
    refuses("01_tiny: --show-failure wants one of collapse d-wins, not 'bang'\n", "--show-failure", "bang");
    refuses("01_tiny: --quick and --full exclude each other\n", "--full", "--quick");
}
END_TEST

START_TEST(until_wants_one_of_the_steps)
{
    refuses("01_tiny: --until wants one of its steps (open train draw), not 'paint'\n", "--until", "paint");
    refuses("not 'trai'", "--until", "trai");
    refuses("not 'rain'", "--until", "rain");
    refuses("not ''", "--until", "");
    refuses("not 'open train'", "--until", "open train");
}
END_TEST

static void another_step(Lab *l) { STEP("paint") puts("painted"); }

START_TEST(a_step_that_is_not_listed_dies)
{
    dies(lab_where(another_step, "--quick"), "STEP(\"paint\") is not in the list of steps");
}
END_TEST

/* ---- early ends ---- */

static void encoder_backward(Lab *l)
{
    leave_open(l);
    TODO("the gradient of the encoder");
}
enum { TODO_LINE = __LINE__ - 2 };

START_TEST(an_unwritten_exercise_ends_with_status_3_and_finished_files)
{
    char says[128];
    snprintf(says, sizeof says, "test_lab.c:%d: encoder_backward is not written yet: the gradient of the encoder",
             TODO_LINE);
    ends(lab_where(encoder_backward, "--quick"), EXIT_UNWRITTEN, says,
         "make test-te\n"); /* as the file's name begins: 04 */
    finished_files_and_no_others_remain();
}
END_TEST

static void diverge(Lab *l)
{
    lab_finite("loss", 3, 9); /* a number: nothing happens */
    lab_finite("loss of D", (double)NAN, 10);
}

START_TEST(a_loss_that_is_not_finite_ends_with_status_4_and_the_step)
{
    ends(lab_where(diverge, "--quick"), EXIT_DIVERGED,
         "loss of D is nan at step 10\n  hint: first the exercises: make test-01; ", "a smaller learning rate");
    ends(lab_finite("x", (double)INFINITY, 3), EXIT_DIVERGED, "x is inf at step 3\n  hint: ");
}
END_TEST

static void press_ctrl_c(Lab *l)
{
    check(!lab_stopping(), "stopping before Ctrl-C");
    raise(SIGINT);
    check(lab_stopping(), "Ctrl-C went unnoticed");
}

START_TEST(ctrl_c_ends_the_lab_after_that_step_with_everything_written)
{
    ends(lab_where(press_ctrl_c, "--quick"), EXIT_OK, "01_tiny: interrupted in step train; ", folder, "Ctrl-C again");
    ck_assert_ptr_null(strstr(child_out, "drawn"));
    finished_files_and_no_others_remain();
}
END_TEST

static void press_it_twice(Lab *l)
{
    raise(SIGINT);
    raise(SIGINT);
}

START_TEST(a_second_ctrl_c_ends_the_program_at_once)
{
    ends(lab_where(press_it_twice, "--quick"), 128 + SIGINT, "");
    ck_assert_ptr_null(strstr(child_out, "drawn"));
}
END_TEST

/* ---- metrics ---- */

static void add_metrics(Lab *l)
{
    for (int i = 0; i < METRICS; i++) lab_metric(l, "1", i, "m%d", i);
}

static void metrics_that_are_none(Lab *l)
{
    lab_metric(l, "1", (double)NAN, "first");
    lab_metric(l, "1", 2, "second");
    lab_metric(l, "1", (double)INFINITY, "third_%d", 3);
}

START_TEST(a_number_that_is_not_finite_is_left_out_and_told)
{
    ends(lab_where(metrics_that_are_none, "--quick"), EXIT_OK,
         "note: first cannot be computed (nan) and is left out\n  hint: ", "note: third_3 cannot be computed (inf)");
    read_back("metrics.csv");
    ck_assert_ptr_nonnull(strstr(content, "epochs,2,epochs\nsecond,2,1\nloss_7,0.5,nats\nwall_s,"));
    ck_assert(!strstr(content, "nan") && !strstr(content, "inf"));
    ck_assert(!strstr(content, "first") && !strstr(content, "third"));
}
END_TEST

START_TEST(a_run_without_its_main_number_ends_with_status_1)
{
    static const LabInfo wants_third = {.name = "01_tiny",
                                        .title = "a lab for testing",
                                        .steps = "open train draw",
                                        .epochs = 20,
                                        .batch = 64,
                                        .quick_epochs = 2,
                                        .result = "third_3"};
    this = &wants_third;
    dies(lab_where(metrics_that_are_none, "--quick"), "01_tiny: its main number, third_3, could not be computed\n");
    finished_files_and_no_others_remain();
}
END_TEST

static void wrong_shape(Lab *l) { mat_add(mat_new(&mem, 2, 3), mat_new(&mem, 3, 2)); }

START_TEST(who_dies_in_a_step_names_it_last)
{
    dies(lab_where(wrong_shape, "--quick"), "mat_add: (2,3) and (3,2) differ in shape\n  in step train of 01_tiny\n");
    ends(lab_where(encoder_backward, "--quick"), EXIT_UNWRITTEN, "make test-te\n");
    ck_assert_ptr_null(strstr(child_err, "in step")); /* that line names the place itself */
}
END_TEST

START_TEST(too_many_metrics_die) { dies(lab_where(add_metrics, "--quick"), "more than 256 metrics"); }
END_TEST

int main(void)
{
    return run_tests("lab", (const TTest *[]){a_lab_runs_its_steps_in_order_under_numbered_headings,
                                              metrics_csv_has_name_value_and_unit_and_the_time_it_took,
                                              metrics_csv_names_the_kernels_that_were_asked_for,
                                              flags_set_what_their_names_say,
                                              a_lab_takes_a_caption_as_a_sprite_or_as_the_words_that_were_typed,
                                              a_lab_may_have_flags_of_its_own,
                                              a_flag_may_be_a_choice,
                                              a_lab_may_have_a_full_run_and_failures_to_show,
                                              the_default_folder_is_out_and_the_labs_name,
                                              a_folder_that_cannot_be_made_dies,
                                              until_ends_after_that_step_with_everything_written,
                                              until_leaves_no_unfinished_file,
                                              help_lists_flags_defaults_and_steps,
                                              a_number_out_of_range_or_none_is_refused_with_the_range,
                                              unknown_flags_stray_words_and_missing_values_are_refused_by_name,
                                              full_and_show_failure_are_refused_where_there_are_none,
                                              until_wants_one_of_the_steps,
                                              a_step_that_is_not_listed_dies,
                                              an_unwritten_exercise_ends_with_status_3_and_finished_files,
                                              a_loss_that_is_not_finite_ends_with_status_4_and_the_step,
                                              ctrl_c_ends_the_lab_after_that_step_with_everything_written,
                                              a_second_ctrl_c_ends_the_program_at_once,
                                              too_many_metrics_die,
                                              a_number_that_is_not_finite_is_left_out_and_told,
                                              a_run_without_its_main_number_ends_with_status_1,
                                              who_dies_in_a_step_names_it_last,
                                              NULL});
}
