/* test_export.c: csv, npy and png, written and read back. How files come to be or not to be: test_files.c. */
#include "suite.h"

#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#if __has_include(<stb/stb_image.h>)
#include <stb/stb_image.h>
#else
#include <stb_image.h>
#endif

static char text[1 << 16]; /* the file that was read last */
static size_t read_back(const char *name)
{
    FILE *f = fopen(path(name), "rb");
    ck_assert_msg(f != NULL, "there is no %s", name);
    size_t n = fread(text, 1, sizeof text - 1, f);
    text[n] = 0;
    fclose(f);
    return n;
}

static void write_file(const char *name, const void *bytes, size_t n)
{
    FILE *f = fopen(path(name), "wb");
    ck_assert(f && fwrite(bytes, 1, n, f) == n && fclose(f) == 0);
}

#define folder_is_empty() ck_assert_msg(rmdir(folder) == 0, "something was left in the folder")

/* ---- csv ---- */

START_TEST(a_csv_is_its_header_and_its_rows)
{
    Csv *csv = csv_open(folder, "loss.csv", "step,loss,what");
    csv_row(csv, "%d,%g,%s", 1, .5, "a");
    csv_row(csv, "%d,%g,%s", 2, .25, "b");
    csv_close(csv);
    read_back("loss.csv");
    ck_assert_str_eq(text, "step,loss,what\n1,0.5,a\n2,0.25,b\n");
}
END_TEST

START_TEST(captions_are_a_line_each)
{
    static const float value[2][SPRITE_ATTRIBUTES] = {{0}, {4, 5, 2, 1, 0, 1, 2}};
    captions_write(folder, "captions.txt", (Mat){2, SPRITE_ATTRIBUTES, (float *)value});
    read_back("captions.txt");
    ck_assert_str_eq(
        text, "a small red disc on a white background\na large blue striped ring on a black background, at the left\n");
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
    char *at = strchr(text, '\n') + 1;
    for (size_t i = 0; i < mat_size(x); i++) {
        float v = strtof(at, &at);
        ck_assert_mem_eq(&v, &x.a[i], 4);
        ck_assert_int_eq(*at, i % 3 < 2 ? ',' : '\n');
        at++;
    }
    ck_assert_int_eq(*at, 0);
}
END_TEST

/* ---- npy ---- */

START_TEST(an_npy_file_is_version_1_with_its_numbers_behind_a_multiple_of_64_bytes)
{
    Mat x = {2, 3, (float[]){1, -2, .5f, 1e-40f, INFINITY, -0.f}};
    npy_write(folder, "x.npy", x);
    size_t n = read_back("x.npy"), head = 10 + (size_t)(uint8_t)text[8] + 256 * (size_t)(uint8_t)text[9];
    ck_assert_mem_eq(text, "\x93NUMPY\x01\x00", 8);
    ck_assert_uint_eq(head % 64, 0);
    ck_assert_int_eq(text[head - 1], '\n');
    ck_assert_uint_eq(n, head + 24);
    ck_assert_mem_eq(text + head, x.a, 24); /* little-endian, as is every machine this suite knows */
    static const char want[] = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } ";
    ck_assert_mem_eq(text + 10, want, sizeof want - 1);
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
        ck_assert_ptr_nonnull(strstr(text + 10, "'|u1'"));
        ck_assert_ptr_nonnull(strstr(text + 10, shape[k]));
        ck_assert_mem_eq(text + 128, a, 24);
    }
    static const float f[24] = {1.5f, -2};
    npy_write_f32(folder, "f.npy", f, 3, size[2]);
    ck_assert_uint_eq(read_back("f.npy"), 128 + 24 * sizeof *f);
    ck_assert(strstr(text + 10, "'<f4'") && strstr(text + 10, "(2, 3, 4)"));
    ck_assert_mem_eq(text + 128, f, 24 * sizeof *f);
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

/* An npy file with this header text in front of so many zero floats. */
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

/* ---- png ---- */

static int height, width;
static uint8_t *read_png(const char *name, int channels)
{
    int c;
    uint8_t *p = stbi_load(path(name), &width, &height, &c, 0);
    ck_assert_msg(p != NULL, "%s: %s", name, stbi_failure_reason());
    ck_assert_int_eq(c, channels);
    return p;
}

START_TEST(a_png_holds_the_pixels_it_was_given)
{
    uint8_t pixels[5 * 7 * 3];
    for (int i = 0; i < 5 * 7 * 3; i++) pixels[i] = (uint8_t)(i * 37);
    for (int c = 1; c <= 3; c += 2) {
        png_write(folder, "p.png", pixels, 5, 7, c);
        uint8_t *got = read_png("p.png", c);
        ck_assert(height == 5 && width == 7);
        ck_assert_mem_eq(got, pixels, (size_t)(35 * c));
        free(got);
    }
    dies(png_write(folder, "q.png", pixels, 5, 7, 2), "/q.png: a picture of 5 x 7 with 2 channels");
    dies(png_write(folder, "q.png", pixels, 0, 7, 1), "a picture of 0 x 7");
}
END_TEST

START_TEST(a_sheet_lays_tiles_out_in_rows_with_white_gutters)
{
    enum { H = 2, W = 3, C = 3, ZOOM = 2, COLS = 2 }; /* three tiles of 4 x 6 pixels, 2 between them: 10 x 14 */
    Mat x = mat_new(&mem, 3, H * W * C);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = -1 + (float)i * 2 / 100;
    png_sheet(folder, "s.png", x, (Sheet){.h = H, .w = W, .c = C, .cols = COLS, .zoom = ZOOM, .lo = -1, .hi = 1});
    uint8_t *got = read_png("s.png", C);
    ck_assert(height == 10 && width == 14);
    for (int y = 0; y < 10; y++)
        for (int px = 0; px < 14; px++)
            for (int k = 0; k < C; k++) {
                int tile = y / 6 * COLS + px / 8, v = y % 6 / ZOOM, u = px % 8 / ZOOM;
                bool inside = tile < 3 && y % 6 < 4 && px % 8 < 6;
                double want = inside ? 255 * ((double)tile * H * W * C + (v * W + u) * C + k) / 100 : 255;
                ck_assert_msg(fabs(got[(y * 14 + px) * C + k] - want) < .51, "pixel (%d,%d) channel %d", y, px, k);
            }
    free(got);
}
END_TEST

START_TEST(values_beyond_black_and_white_are_cut_off)
{
    Mat x = {1, 4, (float[]){-1e30f, INFINITY, -INFINITY, .5f}};
    png_sheet(folder, "s.png", x, (Sheet){.h = 1, .w = 4, .c = 1, .cols = 1, .zoom = 1, .lo = 0, .hi = 1});
    uint8_t *got = read_png("s.png", 1);
    ck_assert_mem_eq(got, ((uint8_t[]){0, 255, 0, 128}), 4);
    free(got);
}
END_TEST

START_TEST(sheets_that_do_not_fit_their_images_die)
{
    Mat x = random_mat(3, 18, 1);
    Sheet wrong = {.h = 2, .w = 3, .c = 1, .cols = 2, .zoom = 1, .hi = 1},
          flat = {.h = 2, .w = 3, .c = 3, .cols = 2, .zoom = 1};
    dies(png_sheet(folder, "s.png", x, wrong), "/s.png: rows of 18 numbers are no images of 2 x 3 x 1");
    dies(png_sheet(folder, "s.png", x, flat), "/s.png: a sheet wants cols and zoom of 1 or more, and lo below hi");
    folder_is_empty();
}
END_TEST

START_TEST(a_table_is_the_same_numbers_as_csv_and_as_npy)
{
    Mat x = random_mat(7, 2, 3);
    table_write(folder, "both", "a,b", x);
    same_bytes(npy_read(folder, "both.npy", &mem), x);
    read_back("both.csv");
    ck_assert(!strncmp(text, "a,b\n", 4));
    char *at = text + 4;
    for (int i = 0; i < 14; i++, at++) ck_assert(strtof(at, &at) == x.a[i]);
    dies(table_write(folder, "other", "a,b,c", x), "/other.csv: a header of 3 columns over a matrix of 2");
}
END_TEST

static size_t bytes_of(const char *name, char *into, size_t room)
{
    FILE *f = fopen(path(name), "rb");
    ck_assert_msg(f != NULL, "there is no %s", name);
    size_t n = fread(into, 1, room, f);
    fclose(f);
    return n;
}

START_TEST(rows_of_a_sheet_are_the_picked_images_of_each_matrix)
{
    static char a[20000], b[20000];
    Mat x = random_mat(5, 12, 1), y = random_mat(4, 12, 2), sheet = mat_new(&mem, 6, 12);
    Sheet s = {3, 4, 1, .cols = 3, .zoom = 2, .lo = -2, .hi = 2};
    const int pick[3] = {3, 0, 2};
    for (int i = 0; i < 3; i++) {
        mat_set(mat_rows(sheet, i, 1), mat_rows(x, pick[i], 1));
        mat_set(mat_rows(sheet, 3 + i, 1), mat_rows(y, pick[i], 1));
    }
    png_sheet(folder, "want.png", sheet, s);
    png_rows(folder, "got.png", (Mat[]){x, y}, 2, pick, s, &mem);
    size_t n = bytes_of("want.png", a, sizeof a);
    ck_assert(n > 50 && bytes_of("got.png", b, sizeof b) == n && memcmp(a, b, n) == 0);
    png_rows(folder, "first.png", (Mat[]){x, y}, 2, NULL, s, &mem);
    ck_assert(bytes_of("first.png", b, sizeof b) != n || memcmp(a, b, n) != 0);
    dies(png_rows(folder, "bad.png", (Mat[]){x, y}, 2, (int[]){0, 1, 4}, s, &mem), "row 4 of a matrix with 4 rows");
}
END_TEST

int main(void)
{
    return run_tests("export",
                     (const TTest *[]){a_csv_is_its_header_and_its_rows, captions_are_a_line_each,
                                       a_row_or_matrix_of_other_columns_than_the_header_dies_and_leaves_nothing,
                                       csv_mat_keeps_every_bit_of_every_float,
                                       an_npy_file_is_version_1_with_its_numbers_behind_a_multiple_of_64_bytes,
                                       bytes_go_into_npy_files_of_one_to_four_dimensions,
                                       npy_files_of_any_size_survive_the_round_trip,
                                       other_peoples_npy_files_are_read_with_any_header_length_and_one_dimension,
                                       npy_files_of_another_kind_or_damaged_die, a_png_holds_the_pixels_it_was_given,
                                       a_sheet_lays_tiles_out_in_rows_with_white_gutters,
                                       values_beyond_black_and_white_are_cut_off,
                                       sheets_that_do_not_fit_their_images_die,
                                       a_table_is_the_same_numbers_as_csv_and_as_npy,
                                       rows_of_a_sheet_are_the_picked_images_of_each_matrix, NULL});
}
