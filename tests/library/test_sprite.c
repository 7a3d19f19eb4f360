/* test_sprite.c: sprites: words and captions there and back, what is held out, what a picture shows, and that the
 * readers measure it. */
#include "suite.h"

enum { SIDE = 32, PIXELS = 3 * SIDE * SIDE };

static bool same(Sprite a, Sprite b) { return !memcmp(a.value, b.value, sizeof a.value); }

static bool is_unclear(Sprite s) { return s.value[SPRITE_SHAPE] == SPRITE_UNCLEAR; }

/* Calls f with every sprite that there is. */
static int every_sprite(void (*f)(Sprite s))
{
    int count = 0;
    Sprite s = {0};
    for (;;) {
        bool round = s.value[SPRITE_SHAPE] == 0 || s.value[SPRITE_SHAPE] == 4;
        if (!(round && s.value[SPRITE_ROTATION])) {
            f(s);
            count++;
        }
        int k = 0;
        for (; k < SPRITE_ATTRIBUTES; k++) {
            s.value[k]++;
            if (s.value[k] < sprite_values(k)) break;
            s.value[k] = 0;
        }
        if (k == SPRITE_ATTRIBUTES) return count;
    }
}

static void there_and_back(Sprite s)
{
    char caption[SPRITE_CAPTION], why[256] = "";
    Sprite back;
    sprite_caption(s, caption);
    ck_assert_msg(sprite_from_caption(caption, &back, why, sizeof why), "%s: %s", caption, why);
    ck_assert_msg(same(s, back), "%s comes back as another sprite", caption);
}

START_TEST(every_caption_comes_back_as_its_sprite)
{
    ck_assert_int_eq(every_sprite(there_and_back), (4 * 2 + 2) * 8 * 3 * 5 * 3 * 4);
}
END_TEST

START_TEST(captions_read_as_english)
{
    char caption[SPRITE_CAPTION];
    sprite_caption((Sprite){{3, 0, 0, 0, 0, 1, 3}}, caption);
    ck_assert_str_eq(caption, "a small red striped star on a blue background");
    sprite_caption((Sprite){{5, 6, 2, 4, 1, 0, 0}}, caption);
    ck_assert_str_eq(caption, "a turned large purple cross on a white background, at the bottom");
}
END_TEST

START_TEST(a_word_that_is_unknown_is_named_with_those_that_are_known)
{
    Sprite s;
    char why[256];
    const struct {
        const char *caption, *says, *lists;
    } cases[] = {
        {"a tiny red star on a blue background", "'tiny' stands where a size belongs", "small medium large"},
        {"a small crimson star on a blue background", "'crimson' stands where a colour belongs", "purple"},
        {"a small red furry star on a blue background", "'furry' stands where a shape belongs", "triangle"},
        {"a small red star on a pink background", "'pink' stands where a background belongs", "white grey black blue"},
        {"a small red star on a blue background, at the middle", "'middle' stands where a position belongs", "left"},
        {"a small red star", "'the end' stands where 'on' belongs", "background"},
        {"red star", "'red' stands where 'a' belongs", "a small red"},
        {"", "'the end' stands where 'a' belongs", "a small red"},
        {"a small red star on a blue background please", "'please' stands where 'the end' belongs", "a small red"},
        {"a turned small red disc on a blue background", "a turned", "leave 'turned' out"},
        {"a small redredredredredredredredredred star on a blue background", "too long", "a small red"},
    };
    for (int i = 0; i < (int)(sizeof cases / sizeof *cases); i++) {
        ck_assert_msg(!sprite_from_caption(cases[i].caption, &s, why, sizeof why), "'%s' is taken", cases[i].caption);
        ck_assert_msg(strstr(why, cases[i].says) && strstr(why, cases[i].lists) && strstr(why, "\n  hint: "),
                      "'%s': %s", cases[i].caption, why);
    }
    ck_assert(sprite_from_caption("A  small RED striped star, on a blue background at the left", &s, why, sizeof why));
}
END_TEST

static int held, all;
static int colour_of_shape[6][8], texture_seen[3], colour_seen[8], shape_seen[6];
static void count(Sprite s)
{
    all++;
    if (sprite_held_out(s)) {
        held++;
        return;
    }
    colour_of_shape[s.value[SPRITE_SHAPE]][s.value[SPRITE_COLOUR]]++;
    texture_seen[s.value[SPRITE_TEXTURE]]++;
    colour_seen[s.value[SPRITE_COLOUR]]++;
    shape_seen[s.value[SPRITE_SHAPE]]++;
}

START_TEST(what_is_held_out_is_a_tenth_to_a_third_and_every_value_is_trained_on)
{
    every_sprite(count);
    ck_assert_msg(held * 10 > all && held * 3 < all, "%d of %d", held, all);
    for (int i = 0; i < 8; i++) ck_assert_int_gt(colour_seen[i], 0);
    for (int i = 0; i < 6; i++) ck_assert_int_gt(shape_seen[i], 0);
    for (int i = 0; i < 3; i++) ck_assert_int_gt(texture_seen[i], 0);
    int never = 0;
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 8; j++) never += colour_of_shape[i][j] == 0;
    ck_assert_int_eq(never, 6);
    Rng rng = rng_new(1);
    for (int i = 0; i < 5000; i++) ck_assert(!sprite_held_out(sprite_among(false, &rng)));
}
END_TEST

START_TEST(the_same_seed_draws_the_same_picture_and_another_one_another)
{
    static float a[PIXELS], b[PIXELS], c[PIXELS];
    Rng first = rng_new(7), again = rng_new(7), other = rng_new(8);
    Sprite s = {{3, 2, 1, 0, 0, 2, 3}};
    sprite_draw(s, SIDE, &first, a, NULL);
    sprite_draw(s, SIDE, &again, b, NULL);
    sprite_draw(s, SIDE, &other, c, NULL);
    ck_assert(!memcmp(a, b, sizeof a) && memcmp(a, c, sizeof a));
    for (int i = 0; i < PIXELS; i++) ck_assert(a[i] >= 0 && a[i] <= 1);
}
END_TEST

START_TEST(a_square_by_hand) /* medium, in the middle of 50 pixels: half a side of .8 * .22 * 50 = 8.8 */
{
    static float rgb[3 * 50 * 50];
    static uint8_t label[50 * 50];
    sprite_draw((Sprite){{1, 0, 1, 0, 0, 0, 2}}, 50, NULL, rgb, label);
    const float *red = rgb + 3 * (25 * 50 + 25), *black = rgb, *edge = rgb + 3 * (25 * 50 + 33);
    close_to((double)red[0], .86, 1e-6);
    close_to((double)red[1], .16, 1e-6);
    close_to((double)black[0], .08, 1e-6);
    close_to((double)edge[0], .08 + .8 * (.86 - .08), 1e-4); /* pixel 33 reaches from 8 to 9 */
    int inside = 0;
    for (int i = 0; i < 50 * 50; i++) {
        inside += label[i] == 2;
        ck_assert(label[i] == 0 || label[i] == 2);
    }
    ck_assert_int_eq(inside, 18 * 18);
}
END_TEST

START_TEST(label_maps_name_the_shape_where_it_is)
{
    static float rgb[PIXELS], plain[PIXELS];
    static uint8_t label[SIDE * SIDE];
    for (int shape = 0; shape < 6; shape++) {
        sprite_draw((Sprite){{shape, 0, 2, 0, 0, 0, 0}}, SIDE, NULL, rgb, label);
        sprite_draw((Sprite){{shape, 0, 2, 0, 0, 0, 0}}, SIDE, NULL, plain, NULL);
        ck_assert(!memcmp(rgb, plain, sizeof rgb));
        for (int i = 0; i < SIDE * SIDE; i++) {
            bool red = rgb[3 * i + 1] < .565f; /* half way from white to red */
            ck_assert_int_eq(label[i], red ? 1 + shape : 0);
        }
    }
}
END_TEST

/* How many of n fresh sprites are read right, attribute by attribute. */
static void read_fresh(int n, int side, int right[SPRITE_ATTRIBUTES])
{
    int count[SPRITE_ATTRIBUTES] = {0};
#pragma omp parallel for schedule(static) reduction(+ : count[:SPRITE_ATTRIBUTES])
    for (int i = 0; i < n; i++) {
        float rgb[3 * 64 * 64];
        Rng rng = rng_new(1000 + (uint64_t)i);
        Sprite s = sprite_random(&rng);
        sprite_draw(s, side, &rng, rgb, NULL);
        Sprite r = sprite_read(rgb, side);
        for (int k = 0; k < SPRITE_ATTRIBUTES; k++) count[k] += r.value[k] == s.value[k];
    }
    memcpy(right, count, sizeof count);
}

START_TEST(the_readers_are_right_on_20000_fresh_sprites)
{
    int right[SPRITE_ATTRIBUTES], n = REDZONE ? 1000 : 20000; /* sanitizers look at fewer */
    read_fresh(n, SIDE, right);
    for (int k = 0; k < SPRITE_ATTRIBUTES; k++)
        ck_assert_msg(right[k] >= .995 * n, "%s: %d of %d", sprite_attribute(k), right[k], n);
}
END_TEST

START_TEST(the_readers_are_right_on_small_and_large_pictures_too)
{
    int right[SPRITE_ATTRIBUTES];
    read_fresh(2000, 16, right);
    for (int k = 0; k < SPRITE_ATTRIBUTES; k++)
        ck_assert_msg(right[k] >= 1970, "16 pixels, %s: %d of 2000", sprite_attribute(k), right[k]);
    read_fresh(1000, 64, right);
    for (int k = 0; k < SPRITE_ATTRIBUTES; k++)
        ck_assert_msg(right[k] >= 995, "64 pixels, %s: %d of 1000", sprite_attribute(k), right[k]);
    read_fresh(1000, 31, right);
    for (int k = 0; k < SPRITE_ATTRIBUTES; k++)
        ck_assert_msg(right[k] >= 990, "31 pixels, %s: %d of 1000", sprite_attribute(k), right[k]);
}
END_TEST

START_TEST(what_is_no_sprite_is_unclear) /* noise of every strength, empty pictures, two sprites half and half */
{
    enum { MANY = 1000 };
    static float rgb[PIXELS], other[PIXELS];
    Rng rng = rng_new(3);
    int noise = 0, empty = 0, halves = 0;
    for (int i = 0; i < MANY; i++) {
        float paper[3] = {rng_uniform(&rng), rng_uniform(&rng), rng_uniform(&rng)}, sd = .05f + rng_uniform(&rng);
        for (int k = 0; k < PIXELS; k++) rgb[k] = fminf(1, fmaxf(0, paper[k % 3] + sd * rng_normal(&rng)));
        noise += is_unclear(sprite_read(rgb, SIDE));
        for (int k = 0; k < PIXELS; k++) rgb[k] = paper[k % 3];
        empty += is_unclear(sprite_read(rgb, SIDE));
        sprite_draw(sprite_random(&rng), SIDE, &rng, rgb, NULL);
        sprite_draw(sprite_random(&rng), SIDE, &rng, other, NULL);
        for (int k = 0; k < PIXELS; k++) rgb[k] = .5f * (rgb[k] + other[k]);
        halves += is_unclear(sprite_read(rgb, SIDE));
    }
    ck_assert_msg(noise >= .95 * MANY && empty == MANY && halves >= .95 * MANY,
                  "unclear of %d: noise %d, empty %d, halves %d", MANY, noise, empty, halves);
}
END_TEST

START_TEST(a_little_noise_or_blur_does_not_confuse_the_readers) /* as a generator's pictures are */
{
    static float rgb[PIXELS];
    Rng rng = rng_new(4);
    int right = 0;
    for (int i = 0; i < 500; i++) {
        Sprite s = sprite_random(&rng);
        sprite_draw(s, SIDE, &rng, rgb, NULL);
        for (int k = 0; k < PIXELS; k++) rgb[k] += .03f * rng_normal(&rng);
        right += same(sprite_read(rgb, SIDE), s);
    }
    ck_assert_int_ge(right, 480);
}
END_TEST

START_TEST(a_picture_too_large_or_too_small_is_refused)
{
    static float rgb[3 * 65 * 65];
    dies(sprite_read(rgb, 65), "sprite_read: a side of 65 pixels; wants 8 to 64");
    dies(sprite_read(rgb, 7), "sprite_read: a side of 7 pixels");
}
END_TEST

/* ---- many at a time ---- */

START_TEST(many_are_the_same_for_any_number_of_threads_and_those_asked_for)
{
    enum { N = 60 };
    for (int held_out = 0; held_out < 2; held_out++) {
        Rng one = rng_new(5), two = rng_new(5);
        threads_set(1);
        Sprites a = sprites_draw(N, 16, held_out, &one, &mem);
        threads_set(2);
        Sprites b = sprites_draw(N, 16, held_out, &two, &mem);
        same_bytes(a.x, b.x);
        same_bytes(a.value, b.value);
        for (int i = 0; i < N; i++) ck_assert_int_eq(sprite_held_out(sprite_of_row(a.value, i)), held_out);
        mats_close(sprites_read(a.x, 16, &mem), a.value, 0, 0);
    }
    Rng rng = rng_new(5);
    dies(sprites_draw(0, 16, false, &rng, &mem), "sprites_draw: 0 pictures of 16 x 16");
    dies(sprites_read(mat_zeros(&mem, 2, 100), 16, &mem),
         "sprites_read: rows of 100 numbers are no pictures of 16 x 16 x 3");
}
END_TEST

START_TEST(plain_ones_are_upright_and_solid_and_of_every_other_value)
{
    Rng rng = rng_new(8);
    for (int held_out = 0; held_out < 2; held_out++) {
        Sprites s = sprites_plain(3000, 8, held_out, &rng, &mem);
        int seen[SPRITE_ATTRIBUTES][8] = {{0}};
        for (int i = 0; i < s.x.n; i++) {
            Sprite one = sprite_of_row(s.value, i);
            ck_assert_int_eq(sprite_held_out(one), held_out);
            for (int k = 0; k < SPRITE_ATTRIBUTES; k++) seen[k][one.value[k]]++;
        }
        ck_assert(seen[SPRITE_ROTATION][0] == 3000 && seen[SPRITE_TEXTURE][0] == 3000);
        for (int k = 0; k < SPRITE_PLAIN; k++)
            for (int v = 0; v < sprite_values(sprite_plain_attribute[k]); v++) {
                bool possible = !held_out || sprite_plain_attribute[k] != SPRITE_COLOUR || (v != 2 && v != 7);
                ck_assert_int_eq(seen[sprite_plain_attribute[k]][v] > 0,
                                 possible); /* of these two only textures are held out */
            }
    }
    dies(sprites_plain(0, 16, false, &rng, &mem), "sprites_plain: 0 pictures of 16 x 16");
}
END_TEST

START_TEST(a_misdescribed_one_differs_in_one_word_and_any_of_them)
{
    Rng rng = rng_new(9);
    int changed[SPRITE_ATTRIBUTES] = {0};
    for (int i = 0; i < 1000; i++) {
        Sprite s = sprite_plain(i % 2, &rng), wrong = sprite_misdescribed(s, &rng);
        int differ = 0;
        for (int k = 0; k < SPRITE_ATTRIBUTES; k++) {
            changed[k] += s.value[k] != wrong.value[k];
            differ += s.value[k] != wrong.value[k];
        }
        ck_assert_int_eq(differ, 1);
        ck_assert(!sprite_held_out(wrong));
    }
    for (int k = 0; k < SPRITE_PLAIN; k++) ck_assert_int_gt(changed[sprite_plain_attribute[k]], 50);
    ck_assert(changed[SPRITE_ROTATION] == 0 && changed[SPRITE_TEXTURE] == 0);
}
END_TEST

START_TEST(one_hot_has_a_one_for_each_attribute)
{
    Mat value = {2, 7, (float[]){0, 0, 0, 0, 0, 0, 0, 5, 7, 2, 4, 1, 2, 3}}, y = sprites_one_hot(value, &mem);
    const int first[] = {0, 6, 14, 17, 22, 24, 27, 31};
    ck_assert_int_eq(y.d, 31);
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < SPRITE_ATTRIBUTES; k++)
            for (int j = first[k]; j < first[k + 1]; j++)
                ck_assert(row(y, i)[j] == (j - first[k] == (int)row(value, i)[k] ? 1.f : 0.f));
}
END_TEST

START_TEST(a_score_counts_each_attribute_and_all_at_once)
{
    Mat asked = mat_zeros(&mem, 4, SPRITE_ATTRIBUTES), seen = mat_copy(&mem, asked);
    row(seen, 1)[SPRITE_SIZE] = 2;
    row(seen, 2)[SPRITE_SIZE] = 1;
    row(seen, 2)[SPRITE_COLOUR] = 1;
    for (int k = 0; k < SPRITE_ATTRIBUTES; k++) row(seen, 3)[k] = SPRITE_UNCLEAR;
    SpriteScore s = sprites_score(asked, seen);
    close_to(s.right[SPRITE_SHAPE], .75, 1e-12);
    close_to(s.right[SPRITE_COLOUR], .5, 1e-12);
    close_to(s.right[SPRITE_SIZE], .25, 1e-12);
    close_to(s.worst, .25, 1e-12);
    close_to(s.all, .25, 1e-12);
    close_to(s.unclear, .25, 1e-12);
    dies(sprites_score(asked, mat_rows(seen, 0, 3)), "sprites_score: 4 sprites asked for, 3 seen");
}
END_TEST

START_TEST(pictures_and_attributes_are_written_as_bytes)
{
    Mat x = mat_new(&mem, 1, 12), value = mat_zeros(&mem, 2, 3);
    for (int i = 0; i < 12; i++) x.a[i] = (float)i / 11;
    row(value, 1)[1] = 7;
    row(value, 1)[2] = SPRITE_UNCLEAR;
    npy_write_images(folder, "x.npy", x, 2, 2, 3);
    sprites_write(folder, "value.npy", value);
    close_to(x.a[1], 23 / 255., 1e-7); /* rounded to what was written */
    uint8_t byte[256], last[6] = {0, 0, 0, 0, 7, 255};
    FILE *f = fopen(path("value.npy"), "rb");
    size_t n = fread(byte, 1, sizeof byte, f);
    fclose(f);
    ck_assert_mem_eq(byte + n - 6, last, 6);
    dies(npy_write_images(folder, "x.npy", x, 2, 2, 1), "rows of 12 numbers are no images of 2 x 2 x 1");
}
END_TEST

/* The head of an npy file says this of its shape, and the bytes after it are those. */
static void shape_and_bytes(const char *name, const char *shape, const uint8_t *want, size_t bytes)
{
    static char file[1024];
    FILE *f = fopen(path(name), "rb");
    size_t n = fread(file, 1, sizeof file - 1, f);
    fclose(f);
    ck_assert(n == 128 + bytes);
    ck_assert_mem_eq(file + 128, want, bytes);
    file[128] = 0;
    ck_assert_msg(strstr(file + 10, shape) != NULL, "%s: want %s in %s", name, shape, file + 10);
}

START_TEST(groups_of_them_have_a_dimension_more_and_the_same_bytes)
{
    Mat x = mat_new(&mem, 4, 12), value = mat_zeros(&mem, 4, 7);
    uint8_t pixels[48], values[28] = {0};
    for (int i = 0; i < 48; i++) {
        pixels[i] = (uint8_t)(5 * i);
        x.a[i] = (float)pixels[i] / 255;
    }
    row(value, 3)[6] = SPRITE_UNCLEAR;
    values[27] = 255;
    npy_write_groups(folder, "x.npy", x, 2, 2, 2, 3);
    shape_and_bytes("x.npy", "(2, 2, 2, 2, 3)", pixels, 48);
    npy_write_groups(folder, "grey.npy", x, 4, 3, 4, 1);
    shape_and_bytes("grey.npy", "(1, 4, 3, 4)", pixels, 48);
    sprites_write_groups(folder, "value.npy", value, 2);
    shape_and_bytes("value.npy", "(2, 2, 7)", values, 28);
    dies(npy_write_groups(folder, "x.npy", x, 3, 2, 2, 3), "4 images are no groups of 3");
    dies(sprites_write_groups(folder, "value.npy", value, 3), "4 sprites are no groups of 3");
}
END_TEST

START_TEST(captions_are_a_line_each)
{
    static const float value[2][SPRITE_ATTRIBUTES] = {{0}, {4, 5, 2, 1, 0, 1, 2}};
    captions_write(folder, "captions.txt", (Mat){2, SPRITE_ATTRIBUTES, (float *)value});
    read_back("captions.txt");
    ck_assert_str_eq(
        content, "a small red disc on a white background\n"
                 "a large blue striped ring on a black background, at the left\n");
}
END_TEST

int main(void)
{
    return run_tests("sprite", (const TTest *[]){every_caption_comes_back_as_its_sprite,
                                                 captions_read_as_english,
                                                 a_word_that_is_unknown_is_named_with_those_that_are_known,
                                                 what_is_held_out_is_a_tenth_to_a_third_and_every_value_is_trained_on,
                                                 the_same_seed_draws_the_same_picture_and_another_one_another,
                                                 a_square_by_hand,
                                                 label_maps_name_the_shape_where_it_is,
                                                 the_readers_are_right_on_20000_fresh_sprites,
                                                 the_readers_are_right_on_small_and_large_pictures_too,
                                                 what_is_no_sprite_is_unclear,
                                                 a_little_noise_or_blur_does_not_confuse_the_readers,
                                                 a_picture_too_large_or_too_small_is_refused,
                                                 many_are_the_same_for_any_number_of_threads_and_those_asked_for,
                                                 plain_ones_are_upright_and_solid_and_of_every_other_value,
                                                 a_misdescribed_one_differs_in_one_word_and_any_of_them,
                                                 one_hot_has_a_one_for_each_attribute,
                                                 a_score_counts_each_attribute_and_all_at_once,
                                                 pictures_and_attributes_are_written_as_bytes,
                                                 groups_of_them_have_a_dimension_more_and_the_same_bytes,
                                                 captions_are_a_line_each, NULL});
}
