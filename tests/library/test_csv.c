/* test_csv.c: tables of text, written and read back. */
#include "suite.h"

START_TEST(a_csv_is_its_header_and_its_rows)
{
    Csv *csv = csv_open(folder, "loss.csv", "step,loss,what");
    csv_row(csv, "%d,%g,%s", 1, .5, "a");
    csv_row(csv, "%d,%g,%s", 2, .25, "b");
    csv_close(csv);
    read_back("loss.csv");
    ck_assert_str_eq(content, "step,loss,what\n1,0.5,a\n2,0.25,b\n");
}
END_TEST

static void csv_of_two_columns(const char *row_format)
{
    Csv *csv = csv_open(folder, "loss.csv", "step,loss");
    csv_row(csv, row_format, 1, 2, 3);
    csv_close(csv);
}

START_TEST(a_row_or_matrix_of_other_columns_than_the_header_dies_and_leaves_nothing)
{
    dies(csv_of_two_columns("%d"), "/loss.csv: a row of 1 columns under a header of 2");
    dies(csv_of_two_columns("%d,%d,%d"), "a row of 3 columns under a header of 2");
    dies(csv_mat(folder, "x.csv", "a,b", random_mat(3, 4, 1)), "/x.csv: a header of 2 columns over a matrix of 4");
    folder_is_empty();
}
END_TEST

START_TEST(csv_mat_keeps_every_bit_of_every_float)
{
    Mat x = mat_new(&mem, 300, 3);
    Rng rng = rng_new(1);
    for (size_t i = 0; i < mat_size(x); i++) /* any bits that are a number, denormal ones too */
        do {
            uint32_t bits = (uint32_t)rng_u64(&rng);
            memcpy(&x.a[i], &bits, 4);
        } while (!isfinite(x.a[i]));
    csv_mat(folder, "x.csv", "a,b,c", x);
    read_back("x.csv");
    char *at = strchr(content, '\n') + 1;
    for (size_t i = 0; i < mat_size(x); i++) {
        float v = strtof(at, &at);
        ck_assert_mem_eq(&v, &x.a[i], 4);
        ck_assert_int_eq(*at, i % 3 < 2 ? ',' : '\n');
        at++;
    }
    ck_assert_int_eq(*at, 0);
}
END_TEST

int main(void)
{
    return run_tests("csv",
                 (const TTest *[]){a_csv_is_its_header_and_its_rows,
                                   a_row_or_matrix_of_other_columns_than_the_header_dies_and_leaves_nothing,
                                   csv_mat_keeps_every_bit_of_every_float, NULL});
}
