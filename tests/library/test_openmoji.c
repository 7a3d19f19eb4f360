/* test_openmoji.c: the drawings: how many, aligned pairs, the split by outline, and what is said of damaged files. */
#include "suite.h"

static Openmoji shipped(void) { return openmoji_read(data_shipped(), &mem); }

START_TEST(there_are_4495_drawings_in_12_groups_with_2049_outlines)
{
    Openmoji o = shipped();
    int outlines = 0, faces = 0;
    for (int i = 0; i < o.n; i++) {
        outlines += o.drawing[i].outline == i;
        faces += !strcmp(o.drawing[i].group, "smileys-emotion");
    }
    ck_assert_int_eq(o.n, 4495);
    ck_assert_int_eq(outlines, 2049);
    ck_assert_int_eq(faces, 171);
    ck_assert_str_eq(o.drawing[0].name, "grinning face");
    ck_assert_str_eq(o.drawing[0].code, "1F600");
}
END_TEST

START_TEST(drawings_that_share_an_outline_have_the_same_one_and_others_have_not)
{
    Openmoji o = shipped();
    size_t bytes = OPENMOJI_SIDE * OPENMOJI_SIDE;
    for (int i = 1; i < o.n; i++) {
        int first = o.drawing[i].outline;
        ck_assert_int_eq(o.drawing[first].outline, first);
        ck_assert(!memcmp(o.outline + (size_t)i * bytes, o.outline + (size_t)first * bytes, bytes));
        if (first == i) ck_assert(memcmp(o.outline + (size_t)i * bytes, o.outline + (size_t)(i - 1) * bytes, bytes));
    }
}
END_TEST

START_TEST(no_outline_is_in_training_and_in_the_test)
{
    Openmoji o = shipped();
    static int train[5000], test[5000];
    int n_train = openmoji_split(&o, NULL, false, train), n_test = openmoji_split(&o, NULL, true, test);
    static bool trained[5000];
    int outlines = 0;
    ck_assert_int_eq(n_train + n_test, o.n);
    for (int i = 0; i < n_train; i++) trained[o.drawing[train[i]].outline] = true;
    for (int i = 0; i < n_test; i++) {
        ck_assert(!trained[o.drawing[test[i]].outline]);
        outlines += o.drawing[test[i]].outline == test[i];
    }
    ck_assert_msg(outlines >= 150 && outlines <= 260, "%d outlines of 2049 in the test", outlines);
    int faces = openmoji_split(&o, "smileys-emotion", false, train) + openmoji_split(&o, "smileys-emotion", true, test);
    ck_assert_int_eq(faces, 171);
    ck_assert_int_eq(openmoji_split(&o, "no such group", false, train), 0);
}
END_TEST

START_TEST(
    pairs_are_aligned) /* where the outline is black, the coloured drawing is dark: at most drawings, most pixels */
{
    Openmoji o = shipped();
    static float line[OPENMOJI_SIDE * OPENMOJI_SIDE], paint[3 * OPENMOJI_SIDE * OPENMOJI_SIDE];
    long black = 0, dark = 0, shifted = 0;
    for (int i = 0; i < o.n; i += 7) {
        openmoji_pair(&o, i, line, paint);
        for (int k = 0; k < OPENMOJI_SIDE * OPENMOJI_SIDE - 3; k++) {
            ck_assert(line[k] >= 0 && line[k] <= 1 && paint[3 * k] >= 0 && paint[3 * k] <= 1);
            if (line[k] > .2f) continue;
            black++;
            dark += paint[3 * k + 1] < .5f;
            shifted += paint[3 * (k + 3) + 1] < .5f;
        }
    }
    ck_assert_msg(dark > .9 * (double)black, "%ld of %ld", dark, black);
    ck_assert_msg(shifted < .7 * (double)black, "%ld of %ld three pixels away", shifted, black);
}
END_TEST

START_TEST(rows_are_outlines_or_colours)
{
    Openmoji o = shipped();
    enum { P = OPENMOJI_SIDE * OPENMOJI_SIDE };
    static float line[P], paint[3 * P];
    static const int index[3] = {7, 4000, 7};
    Mat outline = openmoji_rows(&o, index, 3, false, &mem), colour = openmoji_rows(&o, index, 3, true, &mem);
    for (int i = 0; i < 3; i++) {
        openmoji_pair(&o, index[i], line, paint);
        for (int q = 0; q < 3 * P; q++) ck_assert(row(outline, i)[q] == line[q / 3] && row(colour, i)[q] == paint[q]);
    }
}
END_TEST

START_TEST(drawings_of_the_test_lie_evenly_and_are_listed)
{
    Openmoji o = shipped();
    static int all[5000], some[5000];
    int n = openmoji_split(&o, NULL, true, all);
    openmoji_test(&o, 7, some, folder);
    for (int i = 0; i < 7; i++) ck_assert_int_eq(some[i], all[i * n / 7]);
    char line[64], want[64];
    FILE *f = fopen(path("drawings.csv"), "r");
    ck_assert(f && fgets(line, sizeof line, f));
    ck_assert_str_eq(line, "code,outline\n");
    for (int i = 0; i < 7; i++) {
        const Drawing *d = &o.drawing[some[i]];
        snprintf(want, sizeof want, "%s,%d\n", d->code, d->outline);
        ck_assert(fgets(line, sizeof line, f));
        ck_assert_str_eq(line, want);
    }
    ck_assert(!fgets(line, sizeof line, f));
    fclose(f);
    dies(openmoji_test(&o, n + 1, some, folder), "drawings");
}
END_TEST

/* of a shipped file, into the test's folder; bytes < 0: all */
static void copy_of(const char *name, long bytes)
{
    char from[512];
    snprintf(from, sizeof from, "%s/%s", data_shipped(), name);
    FILE *in = fopen(from, "rb"), *out = fopen(path(name), "wb");
    ck_assert(in && out);
    for (long i = 0; i != bytes; i++) {
        int c = getc(in);
        if (c == EOF) break;
        putc(c, out);
    }
    fclose(in);
    fclose(out);
}

START_TEST(damaged_files_are_told_in_a_line)
{
    dies(openmoji_read(folder, &mem), "openmoji-LICENSE.txt: is missing", "licence");
    copy_of("openmoji-LICENSE.txt", -1);
    dies(openmoji_read(folder, &mem), "openmoji.csv: cannot open", "make_openmoji.mjs");
    copy_of("openmoji.csv", 20);
    dies(openmoji_read(folder, &mem), "openmoji.csv", "hint");
    copy_of("openmoji.csv", -1);
    dies(openmoji_read(folder, &mem), "openmoji-outline.png: cannot open");
    copy_of("openmoji-outline.png", 100000);
    dies(openmoji_read(folder, &mem), "openmoji-outline.png: is damaged", "make_openmoji.mjs");
    copy_of("openmoji-outline.png", -1);
    copy_of("openmoji-colour.png", -1);
    copy_of("openmoji.csv", 3000);
    dies(openmoji_read(folder, &mem), "openmoji", "hint");
    FILE *f = fopen(path("openmoji.csv"), "w");
    fputs("code,group,name,outline\n1F600,smileys-emotion,grinning face,0\n", f);
    fclose(f);
    dies(openmoji_read(folder, &mem),
         "openmoji-outline.png: 2144 x 2176 pixels of 1 channels; 1 drawings want 2144 x 32");
    f = fopen(path("openmoji.csv"), "w");
    fputs("code,group,name,outline\n1F600,smileys-emotion,grinning face,7\n", f);
    fclose(f);
    dies(openmoji_read(folder, &mem), "openmoji.csv: line 2 is not CODE,GROUP,NAME,OUTLINE");
}
END_TEST

int main(void)
{
    return run_tests("openmoji",
                     (const TTest *[]){there_are_4495_drawings_in_12_groups_with_2049_outlines,
                                       drawings_that_share_an_outline_have_the_same_one_and_others_have_not,
                                       no_outline_is_in_training_and_in_the_test, pairs_are_aligned,
                                       rows_are_outlines_or_colours, drawings_of_the_test_lie_evenly_and_are_listed,
                                       damaged_files_are_told_in_a_line, NULL});
}
