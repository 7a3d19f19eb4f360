/* test_npy.c: arrays, written and read back; files of other people. */
#include "suite.h"

START_TEST(an_npy_file_is_version_1_with_its_numbers_behind_a_multiple_of_64_bytes)
{
    Mat x = {2, 3, (float[]){1, -2, .5f, 1e-40f, INFINITY, -0.f}};
    npy_write(folder, "x.npy", x);
    size_t n = read_back("x.npy"), head = 10 + (size_t)(uint8_t)content[8] + 256 * (size_t)(uint8_t)content[9];
    ck_assert_mem_eq(content, "\x93NUMPY\x01\x00", 8);
    ck_assert_uint_eq(head % 64, 0);
    ck_assert_int_eq(content[head - 1], '\n');
    ck_assert_uint_eq(n, head + 24);
    ck_assert_mem_eq(content + head, x.a, 24); /* little-endian, as is every machine this suite knows */
    static const char want[] = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } ";
    ck_assert_mem_eq(content + 10, want, sizeof want - 1);
    same_bytes(npy_read(folder, "x.npy", &mem), x);
}
END_TEST

START_TEST(bytes_go_into_npy_files_of_one_to_four_dimensions)
{
    static const uint8_t a[24] = {0, 255, 7};
    static const char *const shape[] = {"(24,)", "(4, 6)", "(2, 3, 4)", "(2, 3, 4, 1)"};
    static const int size[][4] = {{24}, {4, 6}, {2, 3, 4}, {2, 3, 4, 1}};
    for (int k = 0; k < 4; k++) {
        npy_write_u8(folder, "a.npy", a, k + 1, size[k]);
        ck_assert_uint_eq(read_back("a.npy"), 128 + 24);
        ck_assert_ptr_nonnull(strstr(content + 10, "'|u1'"));
        ck_assert_ptr_nonnull(strstr(content + 10, shape[k]));
        ck_assert_mem_eq(content + 128, a, 24);
    }
    static const float f[24] = {1.5f, -2};
    npy_write_f32(folder, "f.npy", f, 3, size[2]);
    ck_assert_uint_eq(read_back("f.npy"), 128 + 24 * sizeof *f);
    ck_assert(strstr(content + 10, "'<f4'") && strstr(content + 10, "(2, 3, 4)"));
    ck_assert_mem_eq(content + 128, f, 24 * sizeof *f);
    dies(npy_write_f32(folder, "b.npy", f, 6, size[0]), "/b.npy: 6 dimensions, want 1 to 5");
    dies(npy_write_u8(folder, "b.npy", a, 6, size[0]), "/b.npy: 6 dimensions, want 1 to 5");
    dies(npy_write_u8(folder, "b.npy", a, 0, size[0]), "/b.npy: 0 dimensions");
}
END_TEST

START_TEST(npy_files_of_any_size_survive_the_round_trip)
{
    for (int n = 0; n <= 5000; n += 1250) {
        Mat x = random_mat(n, 3, 1);
        npy_write(folder, "x.npy", x);
        Mat y = npy_read(folder, "x.npy", &mem);
        ck_assert(y.n == n && y.d == 3);
        same_bytes(y, x);
    }
}
END_TEST

/* An npy file with this header content in front of so many zero floats. */
static void write_npy(int version, const char *header, int floats)
{
    char b[512] = "\x93NUMPY";
    size_t n = strlen(header);
    b[6] = (char)version;
    b[8] = (char)n;
    memcpy(b + 10, header, n);
    write_file("x.npy", b, 10 + n + 4 * (size_t)floats);
}

START_TEST(other_peoples_npy_files_are_read_with_any_header_length_and_one_dimension)
{
    write_npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }\n", 3);
    Mat x = npy_read(folder, "x.npy", &mem);
    ck_assert(x.n == 3 && x.d == 1);
    write_npy(1, "{'shape': (2, 3), 'fortran_order': False, 'descr': '<f4'}\n", 6);
    x = npy_read(folder, "x.npy", &mem);
    ck_assert(x.n == 2 && x.d == 3);
}
END_TEST

START_TEST(npy_files_of_another_kind_or_damaged_die)
{
    static const struct {
        const char *header;
        int floats;
        const char *says;
    } bad[] = {
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", 12, "/x.npy: want float32 in row order"},
        {"{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", 6, "/x.npy: want float32 in row order"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (), }", 1, "/x.npy: want one or two dimensions"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3, 4), }", 24, "/x.npy: want one or two dimensions"},
        {"{'descr': '<f4', 'fortran_order': False, }", 6, "/x.npy: want one or two dimensions"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (-2, 3), }", 6, "/x.npy: want one or two dimensions"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 5, "/x.npy: not as long as its shape (2,3)"},
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 7, "/x.npy: not as long as its shape (2,3)"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        write_npy(1, bad[i].header, bad[i].floats);
        dies(npy_read(folder, "x.npy", &mem), bad[i].says);
    }
    write_npy(2, bad[6].header, 6);
    dies(npy_read(folder, "x.npy", &mem), "/x.npy: is not an npy file of version 1");
    write_file("x.npy", "\x93NUMPY\x01\x00\x76\x00{", 11); /* ends within its header */
    dies(npy_read(folder, "x.npy", &mem), "/x.npy: is not an npy file");
    write_file("x.npy", "", 0);
    dies(npy_read(folder, "x.npy", &mem), "/x.npy: is not an npy file");
    dies(npy_read(folder, "y.npy", &mem), "/y.npy: cannot open: No such file", "\n  hint: --load");
}
END_TEST

START_TEST(a_table_is_the_same_numbers_as_csv_and_as_npy)
{
    Mat x = random_mat(7, 2, 3);
    table_write(folder, "both", "a,b", x);
    same_bytes(npy_read(folder, "both.npy", &mem), x);
    read_back("both.csv");
    ck_assert(!strncmp(content, "a,b\n", 4));
    char *at = content + 4;
    for (int i = 0; i < 14; i++, at++) ck_assert(strtof(at, &at) == x.a[i]);
    dies(table_write(folder, "other", "a,b,c", x), "/other.csv: a header of 3 columns over a matrix of 2");
}
END_TEST

int main(void)
{
    return run_tests("npy",
                 (const TTest *[]){an_npy_file_is_version_1_with_its_numbers_behind_a_multiple_of_64_bytes,
                                   bytes_go_into_npy_files_of_one_to_four_dimensions,
                                   npy_files_of_any_size_survive_the_round_trip,
                                   other_peoples_npy_files_are_read_with_any_header_length_and_one_dimension,
                                   npy_files_of_another_kind_or_damaged_die,
                                   a_table_is_the_same_numbers_as_csv_and_as_npy, NULL});
}
