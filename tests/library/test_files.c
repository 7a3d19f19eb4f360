/* test_files.c: a file is whole or not there, also when the disk is full or the program dies. */
#include "suite.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

static void write_old(const char *name)
{
    FILE *f = fopen(path(name), "wb");
    ck_assert(f && fputs("old", f) >= 0 && fclose(f) == 0);
}

/* Is name still what write_old made? Then it is removed, so that the folder can be asked whether it is empty. */
static bool is_old(const char *name)
{
    char text[8] = "";
    FILE *f = fopen(path(name), "rb");
    ck_assert_ptr_nonnull(f);
    size_t n = fread(text, 1, 7, f);
    fclose(f);
    return n == 3 && !strcmp(text, "old") && remove(path(name)) == 0;
}

static bool there(const char *name) { return access(path(name), F_OK) == 0; }

/* Many rows, so that some are written before the file is closed, or a few that wait in memory until then. */
static void write_csv(const char *dir, const char *name, int rows)
{
    Csv *csv = csv_open(dir, name, "number");
    for (int i = 0; i < rows; i++) csv_row(csv, "%d", i);
    errno = 0; /* as if other calls had come and gone since the disk filled up */
    csv_close(csv);
}

static void write_pixels(const char *dir, const char *name)
{
    static const uint8_t grey[64];
    png_write(dir, name, grey, 8, 8, 1);
}

/* ---- the good end ---- */

START_TEST(a_file_takes_its_name_when_it_is_complete_and_not_before)
{
    write_old("loss.csv");
    Csv *csv = csv_open(folder, "loss.csv", "step");
    csv_row(csv, "%d", 1);
    ck_assert(is_old("loss.csv") && !there("loss.csv"));
    csv_close(csv);
    ck_assert(there("loss.csv"));
    ck_assert_int_eq(remove(path("loss.csv")), 0);
    folder_is_empty();
}
END_TEST

START_TEST(two_files_may_be_written_at_once)
{
    Csv *a = csv_open(folder, "a.csv", "x"), *b = csv_open(folder, "b.csv", "x");
    csv_row(a, "%d", 1);
    csv_row(b, "%d", 2);
    csv_close(a);
    csv_close(b);
    ck_assert(remove(path("a.csv")) == 0 && remove(path("b.csv")) == 0);
    folder_is_empty();
}
END_TEST

/* ---- a full disk ---- */

/* The tests reach devices by links in their folder: a library that replaced its target by a file, run by root, must not
 * be able to replace /dev/full. */
static void link_to(const char *device, const char *name) { ck_assert_int_eq(symlink(device, path(name)), 0); }

static bool is_device(const char *name)
{
    struct stat s;
    return stat(path(name), &s) == 0 && S_ISCHR(s.st_mode);
}

START_TEST(a_full_disk_is_reported_and_the_device_is_left_alone)
{
    link_to("/dev/full", "full");
    link_to("/dev/null", "null");
    dies(write_csv(folder, "full", 3), "/full: cannot write: No space left on device\n  hint: ");
    dies(npy_write(folder, "full", random_mat(300, 300, 1)), "/full: cannot write: No space left on device");
    dies(write_pixels(folder, "full"), "/full: cannot write: No space left on device");
    ck_assert(is_device("full"));
    write_csv(folder, "null", 100000); /* a device that takes everything is not replaced either */
    ck_assert(is_device("null"));
    ck_assert(unlink(path("full")) == 0 && unlink(path("null")) == 0);
    folder_is_empty();
}
END_TEST

static void on_a_disk_of(rlim_t bytes)
{
    signal(SIGXFSZ, SIG_IGN); /* then write itself fails, as it does when a disk is full */
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){bytes, bytes});
}

START_TEST(when_the_disk_fills_up_no_temporary_remains_and_the_older_file_does)
{
    static const char *const name[] = {"a.csv", "b.csv", "c.npy", "d.png"};
    for (int i = 0; i < 4; i++) write_old(name[i]);
    dies((on_a_disk_of(1000), write_csv(folder, name[0], 400)), "/a.csv: cannot write: File too large\n  hint: ");
    dies((on_a_disk_of(1000), write_csv(folder, name[1], 100000)), "/b.csv: cannot write: ");
    dies((on_a_disk_of(1000), npy_write(folder, name[2], random_mat(300, 300, 1))),
         "/c.npy: cannot write: File too large");
    dies((on_a_disk_of(50), write_pixels(folder, name[3])), ""); /* too small for the whole message as well */
    for (int i = 0; i < 4; i++) ck_assert_msg(is_old(name[i]), "%s is not what it was", name[i]);
    folder_is_empty();
}
END_TEST

START_TEST(the_reason_is_given_also_long_after_the_disk_was_full)
{
    link_to("/dev/full", "full");
    dies(write_csv(folder, "full", 100000), "/full: cannot write: No space left on device\n  hint: ");
}
END_TEST

/* ---- other ends ---- */

static void die_with_open_files(int n)
{
    char name[16];
    for (int i = 0; i < n; i++) {
        snprintf(name, sizeof name, "%d.csv", i);
        csv_row(csv_open(folder, name, "x"), "%d", i);
    }
    die(EXIT_DIVERGED, "the end");
}

START_TEST(a_program_that_dies_takes_its_unfinished_files_along)
{
    write_old("1.csv");
    ends(die_with_open_files(3), EXIT_DIVERGED, "the end");
    ck_assert(is_old("1.csv"));
    folder_is_empty();
}
END_TEST

START_TEST(no_number_of_open_files_is_too_many_to_clean_up)
{
    if (child_starts()) die_with_open_files(100);
    child_ends(EXIT_FAILED, (const char *const[]){NULL}); /* however it ends, and whatever it says */
    folder_is_empty();
}
END_TEST

START_TEST(files_abandon_removes_unfinished_files_and_no_others)
{
    write_csv(folder, "done.csv", 3);
    csv_open(folder, "begun.csv", "x");
    files_abandon(); /* frees the csv, too: LeakSanitizer tells if not */
    ck_assert_int_eq(remove(path("done.csv")), 0);
    folder_is_empty();
}
END_TEST

START_TEST(a_file_that_cannot_be_opened_dies_with_its_name_and_the_reason)
{
    char name[1100];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = 0;
    dies(write_csv(path("nowhere"), "a.csv", 1),
         "/nowhere/a.csv: cannot open: No such file or directory\n  hint: ", "--out DIR");
    dies(write_csv(folder, name, 1), "the name is too long");
    make_dir(path("taken"));
    dies(write_csv(folder, "taken", 1), "/taken: cannot open: Is a directory");
    ck_assert_int_eq(rmdir(path("taken")), 0);
    folder_is_empty();
}
END_TEST

/* ---- folders ---- */

START_TEST(make_dir_makes_parents_and_does_not_mind_what_is_there)
{
    make_dir(path("a/b//c/"));
    make_dir(path("a/b/c"));
    ck_assert(rmdir(path("a/b/c")) == 0 && rmdir(path("a/b")) == 0 && rmdir(path("a")) == 0);
    make_dir("/");
    folder_is_empty();
}
END_TEST

START_TEST(make_dir_dies_where_a_file_stands_in_the_way)
{
    char name[1100];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = 0;
    write_old("file");
    dies(make_dir(path("file")), "/file: is not a folder\n  hint: another one: --out DIR");
    dies(make_dir(path("file/below")), "/file/below: cannot make this folder: Not a directory", "\n  hint: ");
    dies(make_dir(""), "'' is no name for a folder");
    dies(make_dir(name), "is no name for a folder");
    ck_assert(is_old("file"));
}
END_TEST

int main(void)
{
    return run_tests("files", (const TTest *[]){a_file_takes_its_name_when_it_is_complete_and_not_before,
                                                two_files_may_be_written_at_once,
                                                a_full_disk_is_reported_and_the_device_is_left_alone,
                                                when_the_disk_fills_up_no_temporary_remains_and_the_older_file_does,
                                                the_reason_is_given_also_long_after_the_disk_was_full,
                                                a_program_that_dies_takes_its_unfinished_files_along,
                                                no_number_of_open_files_is_too_many_to_clean_up,
                                                files_abandon_removes_unfinished_files_and_no_others,
                                                a_file_that_cannot_be_opened_dies_with_its_name_and_the_reason,
                                                make_dir_makes_parents_and_does_not_mind_what_is_there,
                                                make_dir_dies_where_a_file_stands_in_the_way, NULL});
}
