/* dataset.c: finds a set of images on disk, Fashion-MNIST or any other in IDX files, and reads it. */
#include "internal.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char debian_dir[] = "/usr/share/datasets/fashion-mnist";
enum { QUICK_TRAIN = 2000, QUICK_TEST = 500 };      /* the size of the shipped subset */
enum { NAME = 256 };                                /* a file's name; PATH: with its folder */
enum { PATH = 4096 };

/* ---- files by their names ---- */

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n >= m && !strcmp(s + n - m, end);
}

/* Is this the name of the images of `set`? People have them with a dot for the second dash, behind a prefix, and
 * packed. */
static bool names_images(const char *file, const char *set)
{
    static const char *const forms[] = {"%s-images-idx3-ubyte", "%s-images.idx3-ubyte", "%s-images-idx3-ubyte.gz",
                                        "%s-images.idx3-ubyte.gz"};
    for (int i = 0; i < LENGTH(forms); i++) {
        char end[NAME];
        snprintf(end, sizeof end, forms[i], set);
        if (!ends_with(file, end)) continue;
        size_t before = strlen(file) - strlen(end);
        if (before == 0 || file[before - 1] == '-' || file[before - 1] == '_') return true;
    }
    return false;
}

/* The same set, but for .gz at the end? */
static bool same_set(const char *a, const char *b)
{
    size_t n = strlen(a) - (ends_with(a, ".gz") ? 3 : 0), m = strlen(b) - (ends_with(b, ".gz") ? 3 : 0);
    return n == m && !strncmp(a, b, n);
}

/* Finds DIR/...set-images... for one of the names that a set has, "" after the last; a plain file comes before a
 * packed one. */
static void find_images(char *path, const char *dir, const char *const *sets)
{
    char found[NAME] = "";
    DIR *d = opendir(dir);
    check(d,
          "%s: cannot open this folder: %s\n  hint: --data wants a folder with the four IDX files of a set of images",
          dir, strerror(errno));
    for (struct dirent *e; (e = readdir(d));) {
        bool ours = false;
        for (int i = 0; *sets[i]; i++) ours = ours || names_images(e->d_name, sets[i]);
        if (!ours) continue;
        check(!*found || same_set(found, e->d_name), "%s: images of two sets, %s and %s\n  hint: a folder for each",
              dir, found, e->d_name);
        if (!*found || !ends_with(e->d_name, ".gz")) snprintf(found, sizeof found, "%s", e->d_name);
    }
    closedir(d);
    check(*found,
          "%s: no %s-images-idx3-ubyte in it, plain or .gz\n  hint: --data wants a folder with the four IDX files of a "
          "set of images, "
          "as MNIST and Fashion-MNIST have them",
          dir, sets[0]);
    snprintf(path, PATH, "%s/%s", dir, found);
}

/* The labels that go with a file of images: labels for images and idx1 for idx3 in its name, packed or not. */
static void find_labels(char *path, const char *images)
{
    snprintf(path, PATH, "%s", images);
    char *at = strstr(strrchr(path, '/'), "images");
    while (strstr(at + 1, "images")) at = strstr(at + 1, "images");
    memcpy(at, "labels", 6);
    strstr(at, "idx3")[3] = '1';
    if (access(path, R_OK) == 0) return;
    char *gz = path + strlen(path) - 3;
    if (ends_with(path, ".gz"))
        *gz = 0;
    else
        snprintf(path + strlen(path), PATH - strlen(path), ".gz");
    check(access(path, R_OK) == 0,
          "%s: no labels beside it, as %s\n  hint: a set has four files: images and labels, for training and for the "
          "test",
          images, strrchr(path, '/') + 1);
}

static Data read_images(const char *dir, const char *const *sets, Arena *mem)
{
    char images[PATH], labels[PATH];
    find_images(images, dir, sets);
    find_labels(labels, images);
    return idx_read(images, labels, mem);
}

/* ---- sets ---- */

/* The data that ship with the suite: from the project's root, or where the Makefile said that it is. */
const char *data_shipped(void)
{
#ifdef SHIPPED_DATA
    if (access("common/data", R_OK) != 0 && access(SHIPPED_DATA, R_OK) == 0) return SHIPPED_DATA;
#endif
    check(access("common/data", R_OK) == 0, "cannot find common/data\n  hint: start the lab from the project's root");
    return "common/data";
}

static void first_rows(Data *data, int n)
{
    if (data->x.n > n) data->x = mat_rows(data->x, 0, n);
}

Dataset data_images(const char *dir, bool quick, Arena *mem)
{
    bool given = dir != NULL;
    if (!given && !quick && access(debian_dir, R_OK) == 0) dir = debian_dir;
    if (!dir) {
        if (!quick)
            fprintf(stderr,
                    "note: %s is not there, so the shipped %d + %d images serve; `make setup` installs all of "
                    "Fashion-MNIST\n",
                    debian_dir, QUICK_TRAIN, QUICK_TEST);
        dir = data_shipped();
    }
    static const char *const train[] = {"train", ""}, *const test[] = {"t10k", "test", ""};
    Dataset set = {.train = read_images(dir, train, mem), .test = read_images(dir, test, mem)};
    check(set.train.h == set.test.h && set.train.w == set.test.w,
          "%s: training images are %d x %d, test images %d x %d", dir, set.train.h, set.train.w, set.test.h,
          set.test.w);
    if (given && quick) {
        first_rows(&set.train, QUICK_TRAIN);
        first_rows(&set.test, QUICK_TEST);
    }
    set.train.name = given ? dir : "Fashion-MNIST";
    set.test.name = set.train.name;
    return set;
}

Data data_digits8(Arena *mem)
{
    static const char *const digits[] = {"digits8", ""};
    Data data = read_images(data_shipped(), digits, mem);
    mat_scale(data.x, 255.f / 16);                  /* the file holds 0..16 */
    data.name = "digits8";
    return data;
}

/* ---- what classes are called ---- */

void data_write_names(const char *out, const Data *train)
{
    static const char *const garment[] = {
        "T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot",
    };
    static const uint8_t first[] = {9, 0, 0, 3, 0, 2, 7, 2, 5, 5, 0, 9, 5, 5, 7, 9};     /* wherever its files lie */
    bool clothes = train->classes == LENGTH(garment) && train->x.n >= LENGTH(first);
    clothes = clothes && !memcmp(train->label, first, sizeof first);
    Csv *names = csv_open(out, "names.csv", "class,name");
    for (int k = 0; k < train->classes; k++) {
        if (clothes)
            csv_row(names, "%d,%s", k, garment[k]);
        else
            csv_row(names, "%d,%d", k, k);
    }
    csv_close(names);
}
