/* test_scene.c: scenes: what a label map says and what it does not, its colours there and back, the same scenes for any
 * number of them. */
#include "suite.h"

enum { SIDE = 32, P = SIDE * SIDE, N = 200 };

static bool dark_there(int texture, int i, int j)
{
    bool row = (i + 1) / 2 % 2, column = (j + 1) / 2 % 2;
    return texture == 1 ? row : texture == 2 && row && column;
}

START_TEST(all_classes_are_there_and_most_pixels_are_ground)
{
    Rng rng = rng_new(16);
    Scenes s = scenes_draw(N, SIDE, &rng, &mem);
    int count[SCENE_CLASSES] = {0};
    for (int q = 0; q < N * P; q++) {
        ck_assert_int_lt(s.label[q], SCENE_CLASSES);
        count[s.label[q]]++;
    }
    ck_assert_msg(count[0] > .4 * N * P && count[0] < .8 * N * P, "%d of %d pixels are ground", count[0], N * P);
    for (int c = 1; c < SCENE_CLASSES; c++)
        ck_assert_msg(count[c] > 500, "class %d has %d pixels in %d scenes", c, count[c], N);
    for (size_t q = 0; q < mat_size(s.x); q++) ck_assert(s.x.a[q] >= 0 && s.x.a[q] <= 1);
}
END_TEST

START_TEST(a_pixel_has_the_ink_or_the_dark_ink_of_one_of_its_shapes_two_colours)
{
    Rng rng = rng_new(16);
    Scenes s = scenes_draw(N, SIDE, &rng, &mem);
    bool met[6][2] = {{false}};
    for (int q = 0; q < N * P; q++) {
        if (!s.label[q]) continue;
        int shape = (s.label[q] - 1) / 3, texture = (s.label[q] - 1) % 3, at = q % P, fits = 0;
        for (int other = 0; other < 2; other++) {
            float ink[3], tone = dark_there(texture, at / SIDE, at % SIDE) ? .5f : 1;
            sprite_ink((shape + 4 * other) % 8, ink);
            bool same = true;
            for (int k = 0; k < 3; k++) same &= fabsf(s.x.a[3 * q + k] - tone * ink[k]) < 1e-6f;
            fits += same;
            met[shape][other] |= same;
        }
        ck_assert_msg(fits == 1, "pixel %d of scene %d has label %d, and %d of its two colours", at, q / P, s.label[q],
                      fits);
    }
    for (int shape = 0; shape < 6; shape++) ck_assert(met[shape][0] && met[shape][1]);
}
END_TEST

START_TEST(a_scene_is_the_same_however_many_follow_and_by_any_number_of_threads)
{
    uint64_t seed = 160;
    Rng one = rng_new(seed), many = rng_new(seed);
    threads_set(1);
    Scenes first = scenes_draw(3, SIDE, &one, &mem);
    threads_set(2);
    Scenes all = scenes_draw(40, SIDE, &many, &mem);
    ck_assert(!memcmp(first.x.a, all.x.a, mat_size(first.x) * sizeof(float)) && !memcmp(first.label, all.label, 3 * P));
    ck_assert(memcmp(all.label, all.label + P, P));
}
END_TEST

START_TEST(label_maps_come_back_from_their_pictures)
{
    Rng rng = rng_new(16);
    for (int side = 9; side <= 41; side += 32) {
        Scenes s = scenes_draw(11, side, &rng, &mem);
        Mat map = scenes_map(s.label, 11, side * side, &mem);
        ck_assert_int_eq(map.d, 3 * side * side);
        for (size_t i = 0; i < mat_size(map); i++)
            map.a[i] += .14f * (2 * rng_uniform(&rng) - 1); /* not quite the right colours */
        uint8_t *back = arena_alloc(&mem, (size_t)(11 * side * side));
        scenes_labels(map, back);
        ck_assert(!memcmp(back, s.label, (size_t)(11 * side * side)));
    }
}
END_TEST

START_TEST(colours_of_classes_lie_apart)
{
    for (int a = 0; a < SCENE_CLASSES; a++)
        for (int b = 0; b < a; b++) {
            float p[3], q[3], d = 0;
            scene_colour(a, p);
            scene_colour(b, q);
            for (int k = 0; k < 3; k++) d += (p[k] - q[k]) * (p[k] - q[k]);
            ck_assert_msg(sqrtf(d) > .29f, "classes %d and %d are %.3f apart", a, b, (double)sqrtf(d));
        }
    float rgb[3];
    dies(scene_colour(SCENE_CLASSES, rgb), "class 19 of 19");
    dies(scene_colour(-1, rgb), "class -1 of 19");
    Rng rng = rng_new(1);
    dies(scenes_draw(0, SIDE, &rng, &mem), "0 pictures of 32 x 32");
    dies(scenes_draw(3, 7, &rng, &mem), "wants 1 or more of 8 x 8 or more");
}
END_TEST

int main(void)
{
    return run_tests("scene",
                     (const TTest *[]){all_classes_are_there_and_most_pixels_are_ground,
                                       a_pixel_has_the_ink_or_the_dark_ink_of_one_of_its_shapes_two_colours,
                                       a_scene_is_the_same_however_many_follow_and_by_any_number_of_threads,
                                       label_maps_come_back_from_their_pictures, colours_of_classes_lie_apart, NULL});
}
