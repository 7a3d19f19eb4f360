/* test_classifier.c: the classifier that scores samples, and the yardstick made of it. Of classifier.c, yardstick.c. */
#include "suite.h"

#include <dirent.h>

/* Two classes that anybody can tell apart: bright above, or bright below. */
static Data stripes(int n, uint64_t seed)
{
    Data data = {.x = mat_new(&mem, n, 64),
                 .label = arena_alloc(&mem, (size_t)n),
                 .h = 8,
                 .w = 8,
                 .classes = 2,
                 .name = "stripes"};
    Rng rng = rng_new(seed);
    mat_uniform(data.x, 0, .5f, &rng);
    for (int i = 0; i < n; i++) {
        data.label[i] = (uint8_t)rng_below(&rng, 2);
        for (int j = 0; j < 32; j++) row(data.x, i)[32 * data.label[i] + j] += .5f;
    }
    return data;
}

static int folders_in(const char *dir)
{
    int n = 0;
    DIR *d = opendir(dir);
    for (struct dirent *e; (e = readdir(d));) n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

START_TEST(the_classifier_learns_is_kept_on_disk_and_comes_back_the_same)
{
    Data train = stripes(600, 1), test = stripes(200, 2);
    Classifier first = classifier_get(train, folder, &mem);
    ck_assert_int_eq(folders_in(folder), 1);
    close_to(classifier_accuracy(&first, test, &mem), 1, 1e-9);

    Classifier again = classifier_get(train, folder, &mem);
    Mat a = classifier_features(&first, test.x, &mem), b = classifier_features(&again, test.x, &mem);
    ck_assert(a.n == 200 && a.d == 128 && mat_finite(a));
    same_bytes(b, a);
}
END_TEST

START_TEST(a_label_does_not_depend_on_the_company_it_is_judged_in)
{
    Data train = stripes(600, 1), test = stripes(50, 3);
    uint8_t all[50], one;
    Classifier classifier = classifier_get(train, folder, &mem);
    classifier_label(&classifier, test.x, all, &mem);
    for (int i = 0; i < 50; i += 7) {
        classifier_label(&classifier, mat_rows(test.x, i, 1), &one, &mem);
        ck_assert_int_eq(one, all[i]);
    }
}
END_TEST

START_TEST(classifiers_of_different_data_are_kept_apart)
{
    Data one = stripes(600, 1), other = stripes(600, 4);
    Classifier first = classifier_get(one, folder, &mem), second = classifier_get(other, folder, &mem),
               again = classifier_get(one, folder, &mem);
    ck_assert_int_eq(folders_in(folder), 2);
    Mat a = classifier_features(&first, one.x, &mem), b = classifier_features(&second, one.x, &mem);
    ck_assert(memcmp(a.a, b.a, mat_size(a) * sizeof *a.a) != 0);
    same_bytes(classifier_features(&again, one.x, &mem), a);
}
END_TEST

START_TEST(the_yardstick_puts_real_images_near_0_and_pixel_gaussians_near_1)
{
    Dataset real = {.train = stripes(800, 1), .test = stripes(400, 2)};
    Yardstick y = yardstick(real, folder, &mem);
    close_to(y.accuracy, 1, 1e-9);
    ck_assert(y.null > 2 * y.floor && y.floor > 0);
    Score fresh = yardstick_score(&y, stripes(400, 5).x, &mem);
    ck_assert_msg(fabs(fresh.norm) < .3, "fresh real images: %g", fresh.norm);
    Mat noise = mat_new(&mem, 400, 64);
    Rng rng = rng_new(7);
    mat_uniform(noise, 0, 1, &rng);
    ck_assert(yardstick_score(&y, noise, &mem).norm > .7);
}
END_TEST

START_TEST(class_shares_are_counted_against_the_test_set)
{
    Dataset real = {.train = stripes(600, 1), .test = stripes(400, 2)};
    Yardstick y = yardstick(real, folder, &mem);
    Data ours = stripes(400, 6);
    int zeros = 0, index[400], n = 0;
    for (int i = 0; i < 400; i++) zeros += !real.test.label[i];
    int want[2] = {120, 40};                        /* three of four in class 0 */
    for (int class = 0; class < 2; class++)
        for (int i = 0; i < 400 && want[class] > 0; i++) {
            if (ours.label[i] != class) continue;
            index[n++] = i;
            want[class]--;
        }
    Score s = yardstick_score(&y, mat_gather(&mem, ours.x, index, n), &mem);
    close_to(s.share[0], .75, 1e-9);
    close_to(s.class_min, .25, 1e-9);
    close_to(s.class_tv, fabs(.75 - zeros / 400.), 1e-9);
}
END_TEST

int main(void)
{
    return run_tests("classifier",
                 (const TTest *[]){the_classifier_learns_is_kept_on_disk_and_comes_back_the_same,
                                   a_label_does_not_depend_on_the_company_it_is_judged_in,
                                   classifiers_of_different_data_are_kept_apart,
                                   the_yardstick_puts_real_images_near_0_and_pixel_gaussians_near_1,
                                   class_shares_are_counted_against_the_test_set, NULL});
}
