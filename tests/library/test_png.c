/* test_png.c: one PNG file written and read; folders of them: order, numbers, grey, colour and alpha, and the message
 * for each file that does not fit.
 */
#include "suite.h"

START_TEST(a_png_holds_the_pixels_it_was_given)
{
    uint8_t pixels[5 * 7 * 3];
    for (int i = 0; i < 5 * 7 * 3; i++) pixels[i] = (uint8_t)(i * 37);
    for (int c = 1; c <= 3; c += 2) {
        png_write(folder, "p.png", pixels, 5, 7, c);
        Png got = png_read(path("p.png"), "", &mem);
        ck_assert(got.h == 5 && got.w == 7 && got.c == c);
        ck_assert_mem_eq(got.pixel, pixels, (size_t)(35 * c));
    }
    dies(png_write(folder, "q.png", pixels, 5, 7, 2), "/q.png: a picture of 5 x 7 with 2 channels");
    dies(png_write(folder, "q.png", pixels, 0, 7, 1), "a picture of 0 x 7");
}
END_TEST

enum { H = 3, W = 5 };

static void write_png(const char *name, int h, int w, int c, int first)
{
    uint8_t pixel[64 * 64 * 3];
    for (int i = 0; i < h * w * c; i++) pixel[i] = (uint8_t)(first + i);
    png_write(folder, name, pixel, h, w, c);
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

int main(void)
{
    return run_tests("png",
                 (const TTest *[]){a_png_holds_the_pixels_it_was_given, files_come_in_the_order_of_their_names,
                                   colours_lie_pixel_by_pixel, what_is_transparent_is_seen_on_white,
                                   a_file_that_does_not_fit_is_named, two_folders_must_match, NULL});
}
