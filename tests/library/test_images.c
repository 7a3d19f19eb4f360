/* test_images.c: rows that are images: their range, their mirror, how they differ. */
#include "suite.h"

enum { H = 3 };

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

START_TEST(sharpness_by_hand_and_of_a_blur)
{
    Mat dot_ = mat_zeros(&mem, 1, 25), flat = mat_zeros(&mem, 1, 25);
    dot_.a[12] = 1; /* Laplacian over 3 x 3 inner pixels: -4 once, 1 four times, 0 four times: mean 0 */
    mat_fill(flat, .3f);
    close_to(sharpness(dot_, 5, 5), (16 + 4) / 9., 1e-6);
    close_to(sharpness(flat, 5, 5), 0, 1e-9);
    dies(sharpness(flat, 5, 6), "25 pixels", "5 x 6");
}
END_TEST

/* Every pixel of the middle is where it should be, all else is the value; cutting out gives the image back. */
START_TEST(padding_puts_an_image_in_the_middle_and_cropping_cuts_it_out)
{
    for (int side = 5; side < 9; side++)
        for (int c = 1; c <= 3; c += 2) {
            Shape s = {side - 2, side - 5 + c, c};
            int top = (side - s.h) / 2, left = (side - s.w) / 2;
            Mat x = random_mat(3, shape_size(s), 1), y = images_pad(x, s, side, -7, &mem);
            for (int i = 0; i < x.n; i++)
                for (int q = 0; q < y.d; q++) {
                    int r = q / c / side - top, w = q / c % side - left, k = q % c;
                    bool inside = r >= 0 && r < s.h && w >= 0 && w < s.w;
                    ck_assert(row(y, i)[q] == (inside ? row(x, i)[(r * s.w + w) * c + k] : -7));
                }
            same_bytes(images_crop(y, side, s, &mem), x);
        }
    Mat x = random_mat(1, 12, 1);
    same_bytes(images_pad(x, (Shape){2, 2, 3}, 2, 0, &mem), x); /* nothing to pad */
    dies(images_pad(x, (Shape){2, 2, 3}, 1, 0, &mem), "images_pad: rows of 12 numbers, 2 x 2 x 3, to 1 x 1");
    dies(images_pad(x, (Shape){2, 2, 1}, 4, 0, &mem), "images_pad: rows of 12 numbers");
    dies(images_crop(x, 2, (Shape){1, 1, 1}, &mem), "images_crop: rows of 12 numbers, 2 x 2, to 1 x 1 x 1");
}
END_TEST

START_TEST(what_lies_beyond_the_range_of_tanh_is_clamped)
{
    Mat x = {1, 5, (float[]){-3, -1, 0, 1, 1.5f}}, want = {1, 5, (float[]){0, 0, .5f, 1, 1}};
    same_bytes(pictures_from_signs(x, &mem), want);
    ck_assert(x.a[0] == -3); /* a copy */
}
END_TEST

int main(void)
{
    return run_tests("images",
                     (const TTest *[]){signs_there_and_back, a_mirror_turns_one_picture, how_far_and_how_colourful,
                                       sharpness_by_hand_and_of_a_blur,
                                       padding_puts_an_image_in_the_middle_and_cropping_cuts_it_out,
                                       what_lies_beyond_the_range_of_tanh_is_clamped, NULL});
}
