/* test_table.c: one call prints an aligned row, files its metrics and writes the csv. */
#include "suite.h"

static const Column column[] = {{"shape_kept", "share", "%.3f", NULL},
                                {"error", "mean error", "%.4g", "l1_sprites"},
                                {"seeds", NULL, "%.0f", NULL}};
static const LabInfo info = {.name = "01_tiny", .title = "tiny", .epochs = 1, .batch = 1, .steps = "table"};

static Lab *tiny(void)
{
    char *argv[] = {"tiny", "--out", folder, NULL};
    return lab_open(3, argv, &info);
}

static void write_table(void)
{
    Lab *lab = tiny();
    Table *t = table_open(lab, "ablation", "model", column, LENGTH(column));
    table_row(t, "all", "", .98765, 1. / 3, 5);
    table_row(t, "without cycle", "_no_cycle", 1, 1.25e7, 5);
    table_close(t);
    lab_close(lab);
}

START_TEST(a_row_is_printed_filed_and_written)
{
    ends(write_table(), EXIT_OK, "");
    ck_assert_ptr_nonnull(strstr(child_out, "model          shape kept     error  seeds\n"
                                            "all                 0.988    0.3333      5\n"
                                            "without cycle       1.000  1.25e+07      5\n"));
    ck_assert_str_eq(text_of("ablation.csv"), "model,shape_kept,error,seeds\n"
                                              "all,0.988,0.3333,5\nwithout cycle,1.000,1.25e+07,5\n");
    const char *metrics = text_of("metrics.csv");
    ck_assert_ptr_nonnull(strstr(metrics, "\nshape_kept,0.98765"));
    ck_assert_ptr_nonnull(strstr(metrics, "\nl1_sprites_no_cycle,1.25e+07,mean error\n"));
    ck_assert_ptr_null(strstr(metrics, "seeds"));
}
END_TEST

static void too_few(void)
{
    Table *t = table_open(tiny(), "ablation", "model", column, LENGTH(column));
    table_row(t, "all", "", 1, 2);
}

static void comma(void)
{
    Table *t = table_open(tiny(), "ablation", "model", column, LENGTH(column));
    table_row(t, "a,b", "", 1, 2, 3);
}

static void bad_format(void)
{
    static const Column two[] = {{"twice", NULL, "%f %f", NULL}};
    table_open(tiny(), "ablation", "model", two, 1);
}

START_TEST(a_table_that_cannot_be_is_refused)
{
    dies(too_few(), "table: 2 numbers in row 'all' of 3 columns");
    dies(comma(), "table: a comma in the name of row 'a,b'");
    dies(bad_format(), "table: column 'twice' wants a format for one number");
    ck_assert(access(path("ablation.csv"), F_OK) != 0); /* nothing half-written remains */
}
END_TEST

int main(void)
{
    return run_tests("table", (const TTest *[]){a_row_is_printed_filed_and_written, a_table_that_cannot_be_is_refused,
                                                NULL});
}
