/* test_sheet.c: sheets of images, read back. */
#include "suite.h"

static Png read_png(const char *name, int channels)
{
    Png p = png_read(path(name), "", &mem);
    ck_assert_int_eq(p.c, channels);
    return p;
}

START_TEST(a_sheet_lays_tiles_out_in_rows_with_white_gutters)
{
    enum { H = 2, W = 3, C = 3, ZOOM = 2, COLS = 2 }; /* three tiles of 4 x 6 pixels, 2 between them: 10 x 14 */
    Mat x = mat_new(&mem, 3, H * W * C);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = -1 + (float)i * 2 / 100;
    png_sheet(folder, "s.png", x, (Sheet){.h = H, .w = W, .c = C, .cols = COLS, .zoom = ZOOM, .lo = -1, .hi = 1});
    Png got = read_png("s.png", C);
    ck_assert(got.h == 10 && got.w == 14);
    for (int y = 0; y < 10; y++)
        for (int px = 0; px < 14; px++)
            for (int k = 0; k < C; k++) {
                int tile = y / 6 * COLS + px / 8, v = y % 6 / ZOOM, u = px % 8 / ZOOM;
                bool inside = tile < 3 && y % 6 < 4 && px % 8 < 6;
                double want = inside ? 255 * ((double)tile * H * W * C + (v * W + u) * C + k) / 100 : 255;
                double off = fabs(got.pixel[(y * 14 + px) * C + k] - want);
                ck_assert_msg(off < .51, "pixel (%d,%d) channel %d", y, px, k);
            }
}
END_TEST

START_TEST(values_beyond_black_and_white_are_cut_off)
{
    Mat x = {1, 4, (float[]){-1e30f, INFINITY, -INFINITY, .5f}};
    png_sheet(folder, "s.png", x, (Sheet){.h = 1, .w = 4, .c = 1, .cols = 1, .zoom = 1, .lo = 0, .hi = 1});
    Png got = read_png("s.png", 1);
    ck_assert_mem_eq(got.pixel, ((uint8_t[]){0, 255, 0, 128}), 4);
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
    return run_tests("sheet",
                 (const TTest *[]){a_sheet_lays_tiles_out_in_rows_with_white_gutters,
                                   values_beyond_black_and_white_are_cut_off, sheets_that_do_not_fit_their_images_die,
                                   rows_of_a_sheet_are_the_picked_images_of_each_matrix, NULL});
}
