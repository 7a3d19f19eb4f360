/* data.c: images from IDX files (plain or .gz), one-hot labels, shuffled batches.
 *
 * IDX, after yann.lecun.com/exdb/mnist: bytes 0 0 type rank, then rank big-endian 32-bit sizes, then the numbers. Here
 * type is 8 (unsigned byte), rank 3 for images and 1 for labels. zlib reads plain and compressed files alike.
 */
#include "gen.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

static const char debian_dir[] = "/usr/share/datasets/fashion-mnist";
enum { QUICK_TRAIN = 2000, QUICK_TEST = 500 };      /* the size of the shipped subset */

/* ---- IDX ---- */

typedef struct { gzFile f; const char *path; uint32_t size[3]; } Idx;

static void idx_bytes(Idx *x, void *into, size_t bytes)
{
    int got = gzread(x->f, into, (unsigned)bytes), err;
    if (got == (int)bytes) return;
    const char *why = gzerror(x->f, &err);
    bool ended = err == Z_OK || err == Z_BUF_ERROR || err == Z_STREAM_END;
    if (got >= 0 && ended)
        die(EXIT_FAILED, "%s: ends too early\n  hint: the download was cut off? fetch it again", x->path);
    die(EXIT_FAILED, "%s: cannot read: %s\n  hint: the file is damaged; fetch it again", x->path, why);
}

static Idx idx_open(const char *path, int rank)
{
    Idx x = {.f = gzopen(path, "rb"), .path = path};
    check(x.f, "%s: cannot open\n  hint: --data wants a folder with train- and t10k- IDX files, plain or .gz", path);
    gzbuffer(x.f, 1 << 18);
    uint8_t magic[4], size[4];
    idx_bytes(&x, magic, 4);
    check(magic[0] != '<',
          "%s: is a web page, no IDX file\n  hint: the download went wrong; look into the file, then fetch it again",
          path);
    check(!magic[0] && !magic[1] && magic[2] == 8 && magic[3] == rank,
          "%s: starts with %02x %02x %02x %02x, an IDX file of %s starts with 00 00 08 %02x\n"
          "  hint: images and labels swapped, or another format?",
          path, magic[0], magic[1], magic[2], magic[3], rank == 3 ? "images" : "labels", (unsigned)rank);
    for (int i = 0; i < rank; i++) {
        idx_bytes(&x, size, 4);
        x.size[i] = (uint32_t)size[0] << 24 | (uint32_t)size[1] << 16 | (uint32_t)size[2] << 8 | size[3];
    }
    return x;
}

static void idx_close(Idx *x)
{
    uint8_t more;
    check(gzread(x->f, &more, 1) <= 0, "%s: longer than its header says\n  hint: the file is damaged; fetch it again",
          x->path);
    check(gzclose(x->f) == Z_OK,
          "%s: ends too early, or its checksum is wrong\n  hint: the file is damaged; fetch it again", x->path);
}

Data idx_read(const char *images, const char *labels, Arena *mem)
{
    Idx xi = idx_open(images, 3), li = idx_open(labels, 1);
    uint32_t n = xi.size[0], h = xi.size[1], w = xi.size[2];
    check(n > 0, "%s: holds 0 images", images);
    check(n <= 10000000 && h > 0 && w > 0 && h <= 4096 && w <= 4096,
          "%s: %u images of %u x %u pixels cannot be right\n  hint: the file is damaged; fetch it again", images, n, h,
          w);
    check(li.size[0] == n, "%s: %u labels for the %u images of %s\n  hint: files of two sets mixed?", labels,
          li.size[0], n, images);

    Data data = {.h = (int)h, .w = (int)w, .name = "images"};
    data.x = mat_new(mem, (int)n, (int)(h * w));
    data.label = arena_alloc(mem, n);
    uint8_t line[4096];
    for (size_t i = 0; i < mat_size(data.x); i += w) {          /* a row of pixels at a time */
        idx_bytes(&xi, line, w);
        for (uint32_t j = 0; j < w; j++) data.x.a[i + j] = (float)line[j] / 255;
    }
    idx_bytes(&li, data.label, n);
    idx_close(&xi);
    idx_close(&li);
    for (uint32_t i = 0; i < n; i++)
        if (data.label[i] >= data.classes) data.classes = data.label[i] + 1;
    return data;
}

/* ---- where data lie ---- */

enum { NAME = 256 };                                /* a file's name; PATH: with its folder */
enum { PATH = 4096 };

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

void data_standardise(Mat train, Mat test, float length, Arena *mem)
{
    check(train.d == test.d && train.n > 0, "data_standardise: (%d,%d) and (%d,%d)", train.n, train.d, test.n, test.d);
    Mat mean = mat_zeros(mem, 1, train.d);
    mat_add_column_sums(mean, train);
    mat_scale(mean, 1.f / (float)train.n);
    mat_sub_row(train, mean);
    mat_sub_row(test, mean);
    float norm = mat_norm(train), scale = norm > 0 ? sqrtf(length * (float)train.n) / norm : 1;
    mat_scale(train, scale);
    mat_scale(test, scale);
}

int *data_draw(int draw, int below, int *n, Arena *mem)
{
    enum { DRAWS = 10, DRAWN = 3000 };
    check(draw >= 0 && draw < DRAWS, "data_draw: there are draws 0 to %d, not %d", DRAWS - 1, draw);
    char path[4096];
    snprintf(path, sizeof path, "%s/draws.csv", data_shipped());
    FILE *f = fopen(path, "r");
    check(f, "cannot open %s: %s", path, strerror(errno));
    int *index = arena_alloc(mem, DRAWN * sizeof *index), number;
    *n = 0;
    for (int i = 0; i < (draw + 1) * DRAWN; i++) {
        check(fscanf(f, "%d%*[,\n]", &number) == 1 && number >= 0, "%s: number %d is missing or damaged", path, i + 1);
        if (i < draw * DRAWN || number >= below) continue;
        index[*n] = number;
        *n += 1;
    }
    fclose(f);
    return index;
}

Data data_digits8(Arena *mem)
{
    static const char *const digits[] = {"digits8", ""};
    Data data = read_images(data_shipped(), digits, mem);
    mat_scale(data.x, 255.f / 16);                  /* the file holds 0..16 */
    data.name = "digits8";
    return data;
}

/* ---- batches ---- */

Batches batches(Mat rows, int size, Rng *rng, Arena *mem)
{
    check(size > 0, "batches: a batch of %d rows", size);
    Batches b = {.rows = rows, .B = size < rows.n ? size : rows.n, .mem = mem};
    b.order = arena_alloc(mem, (size_t)rows.n * sizeof *b.order);
    b.x = mat_new(mem, b.B, rows.d);
    for (int i = 0; i < rows.n; i++) b.order[i] = i;
    rng_shuffle(rng, b.order, rows.n);
    return b;
}

bool batch_next(Batches *b)
{
    int left = b->rows.n - b->at;
    if (left <= 0) return false;
    b->x.n = left < b->B ? left : b->B;
    b->index = b->order + b->at;
    b->at += b->x.n;
    for (int i = 0; i < b->x.n; i++) memcpy(row(b->x, i), row(b->rows, b->index[i]), (size_t)b->x.d * sizeof(float));
    return true;
}

/* ---- starts for clusters ---- */

Mat spread_rows(Mat x, int k, Rng *rng, Arena *mem)
{
    check(k > 0 && k <= x.n, "spread_rows: %d rows of %d", k, x.n);
    Mat c = mat_new(mem, k, x.d);
    size_t mark = mem->used;
    Mat gap = mat_new(mem, x.n, 1);                 /* squared distance to the nearest row so far */
    mat_fill(gap, INFINITY);
    int pick = rng_below(rng, x.n);
    for (int j = 0; j < k; j++) {
        mat_set(mat_rows(c, j, 1), mat_rows(x, pick, 1));
        double total = 0;
        for (int i = 0; i < x.n; i++) {
            float square = 0;
            for (int a = 0; a < x.d; a++) square += (row(x, i)[a] - row(c, j)[a]) * (row(x, i)[a] - row(c, j)[a]);
            gap.a[i] = fminf(gap.a[i], square);
            total += (double)gap.a[i];
        }
        double want = (double)rng_uniform(rng) * total - (double)gap.a[0]; /* what is left of it behind row `pick` */
        pick = 0;
        while (pick < x.n - 1 && want >= 0) {
            pick++;
            if (pick < x.n - 1) want -= (double)gap.a[pick];
        }
    }
    arena_rewind(mem, mark);
    return c;
}
