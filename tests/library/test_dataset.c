/* test_dataset.c: IDX files good and damaged, sets under the names that people have, the data that ship. Of idx.c and
 * dataset.c.
 */
#include "suite.h"

#include <sys/stat.h>
#include <zlib.h>

/* ---- writing IDX ---- */

typedef struct {
    int n, h, w, classes;
    const char *images, *labels;
} Set; /* a file whose name ends in z is compressed */

/* A pixel's value tells where it is from. */
static uint8_t pixel(int i, int j) { return (uint8_t)(31 * i + 7 * j); }

/* big-endian */
static void number(uint8_t *to, int v)
{
    for (int i = 0; i < 4; i++) to[i] = (uint8_t)(v >> (24 - 8 * i));
}

static void write_bytes(const char *name, const uint8_t *bytes, int n)
{
    gzFile f = gzopen(path(name), name[strlen(name) - 1] == 'z' ? "wb" : "wbT"); /* T: as it is */
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(gzwrite(f, bytes, (unsigned)n), n);
    ck_assert_int_eq(gzclose(f), Z_OK);
}

static void write_images(Set s)
{
    int bytes = 16 + s.n * s.h * s.w;
    uint8_t *b = arena_alloc(&mem, (size_t)bytes);
    memcpy(b, "\0\0\10\3", 4);
    number(b + 4, s.n);
    number(b + 8, s.h);
    number(b + 12, s.w);
    for (int i = 0; i < s.n; i++)
        for (int j = 0; j < s.h * s.w; j++) b[16 + i * s.h * s.w + j] = pixel(i, j);
    write_bytes(s.images, b, bytes);
}

static void write_labels(Set s)
{
    uint8_t *b = arena_alloc(&mem, 8 + (size_t)s.n);
    memcpy(b, "\0\0\10\1", 4);
    number(b + 4, s.n);
    for (int i = 0; i < s.n; i++) b[8 + i] = (uint8_t)(i % s.classes);
    write_bytes(s.labels, b, 8 + s.n);
}

static const Set tiny = {5, 2, 3, 4, "images", "labels"}, packed = {50, 20, 20, 4, "images.gz", "labels.gz"};

static Data read_set(Set s) { return idx_read(path(s.images), path(s.labels), &mem); }
static Set written(Set s)
{
    write_images(s);
    write_labels(s);
    return s;
}

/* Flips these bits of one byte; at < 0 counts from the end. */
static void flip(const char *name, long at, int bits)
{
    FILE *f = fopen(path(name), "r+b");
    ck_assert(f && fseek(f, at, at < 0 ? SEEK_END : SEEK_SET) == 0);
    int byte = fgetc(f) ^ bits;
    ck_assert(fseek(f, -1, SEEK_CUR) == 0 && fputc(byte, f) == byte && fclose(f) == 0);
}

static long size_of(const char *name)
{
    struct stat s;
    ck_assert_int_eq(stat(path(name), &s), 0);
    return s.st_size;
}

/* ---- good files ---- */

START_TEST(a_set_is_read_as_it_was_written_plain_or_compressed)
{
    const Set set[] = {tiny, packed};
    for (int k = 0; k < 2; k++) {
        Set s = set[k];
        Data d = read_set(written(s));
        ck_assert(d.x.n == s.n && d.x.d == s.h * s.w && d.h == s.h && d.w == s.w && d.classes == 4);
        for (int i = 0; i < s.n; i++) {
            ck_assert_int_eq(d.label[i], i % 4);
            for (int j = 0; j < d.x.d; j++) ck_assert_float_eq(row(d.x, i)[j], (float)pixel(i, j) / 255);
        }
    }
}
END_TEST

/* The four files of such sizes under their usual names, compressed or not. */
static void write_folder(Set train, Set test)
{
    train.images = "train-images-idx3-ubyte.gz";
    train.labels = "train-labels-idx1-ubyte";
    test.images = "t10k-images-idx3-ubyte";
    test.labels = "t10k-labels-idx1-ubyte.gz";
    written(train);
    written(test);
}

START_TEST(a_folder_of_four_files_is_read_and_cut_to_size_when_quick)
{
    write_folder((Set){.n = 2003, .h = 1, .w = 2, .classes = 10}, (Set){.n = 502, .h = 1, .w = 2, .classes = 10});
    Dataset all = data_images(folder, false, &mem), quick = data_images(folder, true, &mem);
    ck_assert(all.train.x.n == 2003 && all.test.x.n == 502 && all.train.classes == 10 && all.test.classes == 10);
    ck_assert(quick.train.x.n == 2000 && quick.test.x.n == 500);
    same_bytes(quick.train.x, mat_rows(all.train.x, 0, 2000));
    ck_assert_str_eq(all.train.name, folder);
}
END_TEST

START_TEST(a_folder_that_lacks_a_file_dies_with_its_name)
{
    dies(data_images(path("nowhere"), false, &mem), "/nowhere: cannot open this folder", "\n  hint: --data");
    dies(data_images(folder, false, &mem), folder, ": no train-images-idx3-ubyte in it, plain or .gz",
         "\n  hint: --data");
    write_folder(tiny, tiny);
    ck_assert_int_eq(remove(path("t10k-labels-idx1-ubyte.gz")), 0);
    dies(data_images(folder, false, &mem), "/t10k-images-idx3-ubyte: no labels beside it, as t10k-labels-idx1-ubyte",
         "\n  hint: a set has four files");
    Set larger = tiny;
    larger.w = 4;
    write_folder(tiny, larger);
    dies(data_images(folder, false, &mem), "training images are 2 x 3, test images 2 x 4");
}
END_TEST

/* Writes a set of n images under such names, reads the folder, and tells how many training images it found. */
static int found(const char *train_images, const char *train_labels, const char *test_images, const char *test_labels,
                 int n)
{
    written((Set){n, 2, 3, 4, train_images, train_labels});
    written((Set){4, 2, 3, 4, test_images, test_labels});
    Dataset set = data_images(folder, false, &mem);
    ck_assert_int_eq(set.test.x.n, 4);
    return set.train.x.n;
}

START_TEST(files_are_found_under_the_names_that_people_have)
{
    ck_assert_int_eq(found("train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images.idx3-ubyte",
                           "t10k-labels.idx1-ubyte", 7),
                     7);
}
END_TEST

START_TEST(files_are_found_behind_a_prefix_and_packed)
{
    ck_assert_int_eq(found("emnist-letters-train-images-idx3-ubyte.gz", "emnist-letters-train-labels-idx1-ubyte.gz",
                           "emnist-letters-test-images-idx3-ubyte.gz", "emnist-letters-test-labels-idx1-ubyte", 8),
                     8);
}
END_TEST

START_TEST(a_prefix_may_hold_the_word_images)
{
    ck_assert_int_eq(found("images_train-images-idx3-ubyte", "images_train-labels-idx1-ubyte",
                           "images_test-images-idx3-ubyte", "images_test-labels-idx1-ubyte", 9),
                     9);
}
END_TEST

START_TEST(a_plain_file_comes_before_the_packed_one_and_two_sets_are_one_too_many)
{
    write_folder((Set){.n = 5, .h = 2, .w = 3, .classes = 4}, tiny);
    written((Set){6, 2, 3, 4, "train-images-idx3-ubyte", "train-labels-idx1-ubyte"});
    ck_assert_int_eq(data_images(folder, false, &mem).train.x.n, 6);
    written((Set){5, 2, 3, 4, "other-train-images-idx3-ubyte", "other-train-labels-idx1-ubyte"});
    dies(data_images(folder, false, &mem), "images of two sets", "other-train-images-idx3-ubyte",
         "\n  hint: a folder for each");
}
END_TEST

START_TEST(a_name_that_only_resembles_one_is_not_taken)
{
    written((Set){5, 2, 3, 4, "mytrain-images-idx3-ubyte", "mytrain-labels-idx1-ubyte"});
    dies(data_images(folder, false, &mem), "no train-images-idx3-ubyte in it");
}
END_TEST

/* ---- damaged files ---- */

START_TEST(a_web_page_under_the_name_of_a_file_is_called_what_it_is)
{
    write_folder(tiny, tiny);
    ck_assert_int_eq(remove(path("train-images-idx3-ubyte.gz")), 0);
    static const char page[] = "<!DOCTYPE html><html><body>404 Not Found</body></html>";
    write_bytes("train-images-idx3-ubyte", (const uint8_t *)page, sizeof page - 1);
    dies(data_images(folder, false, &mem), "/train-images-idx3-ubyte: is a web page, no IDX file\n  hint: ");
}
END_TEST

START_TEST(a_file_that_is_not_idx_or_of_the_other_kind_dies_with_its_first_bytes)
{
    written(tiny);
    dies(idx_read(path("labels"), path("images"), &mem), "/labels: starts with 00 00 08 01",
         "an IDX file of images starts with 00 00 08 03", "\n  hint: images and labels swapped");
    dies(idx_read(path("images"), path("images"), &mem), "an IDX file of labels starts with 00 00 08 01");
    flip("images", 2, 8 ^ 13); /* float32 */
    dies(read_set(tiny), "/images: starts with 00 00 0d 03");
    write_bytes("images", (const uint8_t *)"PNG!", 4);
    dies(read_set(tiny), "starts with 50 4e 47 21");
    dies(idx_read(path("nothing"), path("labels"), &mem), "/nothing: cannot open", "\n  hint: --data wants a folder");
}
END_TEST

START_TEST(a_short_file_dies_wherever_it_ends)
{
    static const long length[] = {0, 3, 4, 15, 16, 17, 16 + 29};
    for (int i = 0; i < 7; i++) {
        written(tiny);
        ck_assert_int_eq(truncate(path("images"), length[i]), 0);
        dies(read_set(tiny), "/images: ends too early\n  hint: ");
    }
    written(tiny);
    ck_assert_int_eq(truncate(path("labels"), 8 + 4), 0);
    dies(read_set(tiny), "/labels: ends too early");
}
END_TEST

START_TEST(a_compressed_file_cut_in_half_or_anywhere_dies)
{
    long whole = size_of(written(packed).images), kept[] = {whole / 2, whole - 9, whole - 8, whole - 1};
    for (int i = 0; i < 4; i++) { /* the last 8 bytes are the checksum and the length */
        write_images(packed);
        ck_assert_int_eq(truncate(path(packed.images), kept[i]), 0);
        dies(read_set(packed), "/images.gz: ends too early");
    }
}
END_TEST

START_TEST(a_compressed_file_with_a_wrong_byte_dies_and_is_called_damaged)
{
    long at[] = {size_of(written(packed).images) / 2, -8}; /* inside, and in the checksum */
    for (int i = 0; i < 2; i++) {
        write_images(packed);
        flip(packed.images, at[i], 0x5a);
        dies(read_set(packed), "/images.gz: cannot read: ", "\n  hint: the file is damaged");
    }
}
END_TEST

START_TEST(bytes_behind_the_last_number_die)
{
    written(tiny);
    ck_assert_int_eq(truncate(path("images"), 16 + 30 + 1), 0); /* truncate lengthens, too */
    dies(read_set(tiny), "/images: longer than its header says");
    written(tiny);
    ck_assert_int_eq(truncate(path("labels"), 8 + 5 + 1), 0);
    dies(read_set(tiny), "/labels: longer than its header says");
}
END_TEST

START_TEST(sizes_that_cannot_be_right_die)
{
    Set none = tiny, more = tiny;
    none.n = 0;
    more.n = 6;
    dies(read_set(written(none)), "/images: holds 0 images");
    write_images(tiny);
    write_labels(more);
    dies(read_set(tiny), "/labels: 6 labels for the 5 images of ", "\n  hint: files of two sets mixed");
    written(tiny);
    flip("images", 4, 0x7f);
    dies(read_set(tiny), "/images: 2130706437 images of 2 x 3 pixels cannot be right");
    written(tiny);
    flip("images", 11, 2);
    dies(read_set(tiny), "5 images of 0 x 3 pixels cannot be right");
}
END_TEST

/* ---- the data that ship ---- */

static void is_fashion(Data d, int per_class)
{
    int count[10] = {0};
    ck_assert(d.x.n == 10 * per_class && d.x.d == 784 && d.h == 28 && d.w == 28 && d.classes == 10);
    for (int i = 0; i < d.x.n; i++) count[d.label[i]]++;
    for (int k = 0; k < 10; k++) ck_assert_int_eq(count[k], per_class);
}

static void fills_0_to_1(Mat x)
{
    float lo = 2, hi = -1;
    for (size_t i = 0; i < mat_size(x); i++) {
        lo = fminf(lo, x.a[i]);
        hi = fmaxf(hi, x.a[i]);
    }
    ck_assert_float_eq(lo, 0);
    ck_assert_float_eq(hi, 1);
}

START_TEST(the_shipped_subset_has_200_and_50_images_of_each_class)
{
    Dataset set = data_images(NULL, true, &mem);
    is_fashion(set.train, 200);
    is_fashion(set.test, 50);
    fills_0_to_1(set.train.x);
    ck_assert_str_eq(set.train.name, "Fashion-MNIST");
}
END_TEST

/* names.csv for such data: its line for class k. */
static const char *named(Data train, int k)
{
    static char line[80];
    data_write_names(folder, &train);
    FILE *file = fopen(path("names.csv"), "r");
    ck_assert_ptr_nonnull(file);
    for (int i = 0; i < k + 2; i++) ck_assert_ptr_nonnull(fgets(line, sizeof line, file)); /* a header comes first */
    fclose(file);
    line[strcspn(line, "\n")] = '\0';
    return line;
}

START_TEST(classes_of_fashion_have_names_and_others_numbers)
{
    Data fashion = data_images(NULL, true, &mem).train, other = fashion, few = fashion, more = fashion;
    ck_assert_str_eq(named(fashion, 0), "0,T-shirt");
    ck_assert_str_eq(named(fashion, 9), "9,boot");
    few.x.n = 15;
    ck_assert_str_eq(named(few, 9), "9,9");
    more.classes = 26;
    ck_assert_str_eq(named(more, 25), "25,25");
    other.label[15] = 4;
    ck_assert_str_eq(named(other, 9), "9,9");
    Data none = {.classes = 0};
    data_write_names(folder, &none);
}
END_TEST

START_TEST(digits8_has_1797_images_of_17_grey_levels)
{
    Data d = data_digits8(&mem);
    ck_assert(d.x.n == 1797 && d.x.d == 64 && d.h == 8 && d.w == 8 && d.classes == 10);
    fills_0_to_1(d.x);
    for (size_t i = 0; i < mat_size(d.x); i++) close_to(16 * d.x.a[i], roundf(16 * d.x.a[i]), 1e-5);
    int count[10] = {0};
    for (int i = 0; i < 1797; i++) count[d.label[i]]++;
    for (int k = 0; k < 10; k++) ck_assert(count[k] >= 174 && count[k] <= 183); /* as UCI's description lists */
}
END_TEST

int main(void)
{
    return run_tests("dataset",
                 (const TTest *[]){a_set_is_read_as_it_was_written_plain_or_compressed,
                                   a_folder_of_four_files_is_read_and_cut_to_size_when_quick,
                                   a_folder_that_lacks_a_file_dies_with_its_name,
                                   files_are_found_under_the_names_that_people_have,
                                   files_are_found_behind_a_prefix_and_packed, a_prefix_may_hold_the_word_images,
                                   a_plain_file_comes_before_the_packed_one_and_two_sets_are_one_too_many,
                                   a_name_that_only_resembles_one_is_not_taken,
                                   a_web_page_under_the_name_of_a_file_is_called_what_it_is,
                                   a_file_that_is_not_idx_or_of_the_other_kind_dies_with_its_first_bytes,
                                   a_short_file_dies_wherever_it_ends, a_compressed_file_cut_in_half_or_anywhere_dies,
                                   a_compressed_file_with_a_wrong_byte_dies_and_is_called_damaged,
                                   bytes_behind_the_last_number_die, sizes_that_cannot_be_right_die,
                                   the_shipped_subset_has_200_and_50_images_of_each_class,
                                   classes_of_fashion_have_names_and_others_numbers,
                                   digits8_has_1797_images_of_17_grey_levels, NULL});
}
