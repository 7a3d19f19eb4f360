/* test_picture.c: folders of PNG files: their order and their numbers, grey, colour and alpha, and what is said of each
 * file that does not fit; rows that are pictures: signs, mirrors, some of many.
 */
#include "suite.h"

#include <sys/stat.h>

enum { H = 3, W = 5 };

static void write_png(const char *name, int h, int w, int c, int first)
{
    uint8_t pixel[64 * 64 * 3];
    for (int i = 0; i < h * w * c; i++) pixel[i] = (uint8_t)(first + i);
    png_write(folder, name, pixel, h, w, c);
}

static void write_file(const char *name, const void *bytes, size_t n)
{
    FILE *f = fopen(path(name), "wb");
    ck_assert(f && fwrite(bytes, 1, n, f) == n);
    fclose(f);
}

START_TEST(files_come_in_the_order_of_their_names)
{
    static const char *const name[] = {"b.png", "a.png", "c.PNG", "a10.png", "a2.png"};
    static const int first[] = {20, 10, 50, 11, 12}, sorted[] = {10, 11, 12, 20, 50};
    for (int i = 0; i < 5; i++) write_png(name[i], H, W, 1, first[i]);
    write_file("notes.txt", "no picture", 10);
    write_file(".hidden.png", "no picture", 10);
    Pictures p = pictures_read(folder, 64, &mem);
    ck_assert_int_eq(p.n, 5);
    ck_assert(p.h == H && p.w == W && p.c == 1);
    ck_assert_int_eq(p.x.d, H * W);
    for (int i = 0; i < 5; i++)
        for (int q = 0; q < H * W; q++) close_to(row(p.x, i)[q], (sorted[i] + q) / 255., 1e-6);
    ck_assert(strstr(p.first, "/a.png"));
}
END_TEST

START_TEST(colours_lie_pixel_by_pixel)
{
    write_png("one.png", 7, 2, 3, 100);
    Pictures p = pictures_read(folder, 7, &mem);
    ck_assert(p.n == 1 && p.h == 7 && p.w == 2 && p.c == 3);
    for (int q = 0; q < 7 * 2 * 3; q++) close_to(row(p.x, 0)[q], (100 + q) / 255., 1e-6);
}
END_TEST

/* One pixel of grey 0 with alpha 102, as a PNG of colour type 4, made by hand: 0 * .4 + 1 - .4. */
START_TEST(what_is_transparent_is_seen_on_white)
{
    static const uint8_t png[] = {
        0x89, 'P', 'N', 'G', 13,  10,  26,  10,  0,    0, 0, 13,  'I', 'H',  'D',  'R', 0, 0,   0,
        1,    0,   0,   0,   1,   8,   4,   0,   0,    0, 0, 0,   0,   0, /* stb_image asks for no check sum of a chunk
                                                                           */
        0,    0,   0,   14,  'I', 'D', 'A', 'T', 0x78, 1, 1, 3,   0,   0xfc, 0xff, 0,   0, 102, 0,
        106,  0,   103, 0,   0,   0,   0,   0,   0,    0, 0, 'I', 'E', 'N',  'D',  0,   0, 0,   0};
    write_file("alpha.png", png, sizeof png);
    Pictures p = pictures_read(folder, 64, &mem);
    ck_assert(p.n == 1 && p.c == 1 && p.x.d == 1);
    close_to(p.x.a[0], .6, 1e-6);
}
END_TEST

START_TEST(a_file_that_does_not_fit_is_named)
{
    dies(pictures_read(path("nowhere"), 64, &mem), "nowhere: cannot open this folder", "hint");
    dies(pictures_read(folder, 64, &mem), "no PNG file in it", "hint");
    write_png("a.png", H, W, 3, 0);
    write_png("b.png", H, W, 3, 0);
    write_png("c.png", W, H, 3, 0);
    dies(pictures_read(folder, 64, &mem), "c.png: 3 x 5 pixels, and", "a.png has 5 x 3", "hint");
    write_png("c.png", H, W, 1, 0);
    dies(pictures_read(folder, 64, &mem), "c.png: is grey, and", "a.png is in colour", "hint");
    write_file("c.png", "\x89PNG\r\n\x1a\n and no more", 20);
    dies(pictures_read(folder, 64, &mem), "c.png: is damaged, or no PNG file (", "hint");
    write_file("c.png", "", 0);
    dies(pictures_read(folder, 64, &mem), "c.png: is damaged, or no PNG file (", "hint");
    remove(path("c.png"));
    dies(pictures_read(folder, 4, &mem), "a.png: 5 x 3 pixels; at most 4 x 4", "hint");
    ck_assert_int_eq(pictures_read(folder, 5, &mem).n, 2);
}
END_TEST

START_TEST(two_folders_must_match)
{
    Pictures a = {.h = 32, .w = 32, .c = 3, .first = "sun/a.png"}, b = a;
    b.first = "moon/b.png";
    pictures_match(&a, &b);
    b.w = 16;
    dies(pictures_match(&a, &b), "moon/b.png: 16 x 32 pixels, and sun/a.png has 32 x 32", "hint");
    b = (Pictures){.h = 32, .w = 32, .c = 1, .first = "moon/b.png"};
    dies(pictures_match(&a, &b), "moon/b.png: is grey, and sun/a.png is in colour", "hint");
}
END_TEST

START_TEST(signs_there_and_back)
{
    Mat x = mat_new(&mem, 2, 3);
    for (int i = 0; i < 6; i++) x.a[i] = (float)i / 5;
    Mat same = pictures_to_signs(x);
    ck_assert_ptr_eq(same.a, x.a);
    for (int i = 0; i < 6; i++) close_to(x.a[i], 2 * i / 5. - 1, 1e-6);
    Mat back = pictures_from_signs(x, &mem);
    ck_assert_ptr_ne(back.a, x.a);
    for (int i = 0; i < 6; i++) close_to(back.a[i], i / 5., 1e-6);
    close_to(x.a[0], -1, 1e-6);
}
END_TEST

START_TEST(a_mirror_turns_one_picture)
{
    for (int w = 1; w <= 4; w++) {
        int d = H * w * 2;
        Mat x = random_mat(3, d, 7), was = mat_copy(&mem, x);
        picture_mirror(x, 1, H, w, 2);
        for (int i = 0; i < 3; i++)
            for (int r = 0; r < H; r++)
                for (int c = 0; c < w; c++)
                    for (int k = 0; k < 2; k++) {
                        int from = i == 1 ? w - 1 - c : c;
                        ck_assert_float_eq(row(x, i)[(r * w + c) * 2 + k], row(was, i)[(r * w + from) * 2 + k]);
                    }
        picture_mirror(x, 1, H, w, 2);
        same_bytes(x, was);
    }
    Mat x = random_mat(1, 7, 1);
    dies(picture_mirror(x, 0, 2, 2, 2), "rows of 7 numbers are no pictures of 2 x 2 x 2");
}
END_TEST

START_TEST(how_far_and_how_colourful)
{
    Mat truth = mat_new(&mem, 1, 12), y = mat_new(&mem, 1, 12);
    static const float is[12] = {1, 1, 1, 1, 0, 0, .5f, .5f, .5f, 1, .96f, .97f},
                       made[12] = {0, 1, 1, .75f, .25f, .5f, .5f, .5f, .6f, 1, 0, 0};
    memcpy(truth.a, is, sizeof is);
    memcpy(y.a, made, sizeof made);
    close_to(pictures_distance(y, truth), (1 + .25 + .25 + .5 + .1 + .96 + .97) / 12, 1e-6);
    close_to(pictures_distance(truth, truth), 0, 1e-9);
    close_to(pictures_chroma(y, truth), (.5 + .1) / 2, 1e-6); /* the first and the last pixel are white in the truth */
    close_to(pictures_chroma(truth, truth), .5, 1e-6);
    mat_fill(truth, 1);
    close_to(pictures_chroma(y, truth), 0, 1e-9);
    dies(pictures_distance(y, mat_rows(truth, 0, 0)), "pictures_distance: (1,12) and (0,12)");
}
END_TEST

START_TEST(rows_are_picked_evenly)
{
    Mat x = mat_new(&mem, 10, 1);
    for (int i = 0; i < 10; i++) x.a[i] = (float)i;
    static const int four[] = {0, 2, 5, 7};
    Mat some = mat_evenly(x, 4, &mem);
    for (int i = 0; i < 4; i++) ck_assert_float_eq(some.a[i], (float)four[i]);
    same_bytes(mat_evenly(x, 10, &mem), x);
    dies(mat_evenly(x, 11, &mem), "mat_evenly: 11 of 10 rows");
}
END_TEST

int main(void)
{
    return run_tests("picture",
                     (const TTest *[]){files_come_in_the_order_of_their_names, colours_lie_pixel_by_pixel,
                                       what_is_transparent_is_seen_on_white, a_file_that_does_not_fit_is_named,
                                       two_folders_must_match, signs_there_and_back, a_mirror_turns_one_picture,
                                       how_far_and_how_colourful, rows_are_picked_evenly, NULL});
}
