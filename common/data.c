/* data.c: images from IDX files (plain or .gz), one-hot labels, shuffled batches.
 *
 * IDX, after yann.lecun.com/exdb/mnist: bytes 0 0 type rank, then rank big-endian 32-bit sizes, then the numbers. Here type is
 * 8 (unsigned byte), rank 3 for images and 1 for labels. zlib reads plain and compressed files alike.
 */
#include "gen.h"

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
    if (got >= 0 && (err == Z_OK || err == Z_BUF_ERROR || err == Z_STREAM_END))
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
    check(!magic[0] && !magic[1] && magic[2] == 8 && magic[3] == rank,
          "%s: starts with %02x %02x %02x %02x, an IDX file of %s starts with 00 00 08 %02x\n  hint: images and labels swapped, or "
          "another format?", path, magic[0], magic[1], magic[2], magic[3], rank == 3 ? "images" : "labels", (unsigned)rank);
    for (int i = 0; i < rank; i++) {
        idx_bytes(&x, size, 4);
        x.size[i] = (uint32_t)size[0] << 24 | (uint32_t)size[1] << 16 | (uint32_t)size[2] << 8 | size[3];
    }
    return x;
}

static void idx_close(Idx *x)
{
    uint8_t more;
    check(gzread(x->f, &more, 1) <= 0, "%s: longer than its header says\n  hint: the file is damaged; fetch it again", x->path);
    check(gzclose(x->f) == Z_OK, "%s: ends too early, or its checksum is wrong\n  hint: the file is damaged; fetch it again", x->path);
}

Data idx_read(const char *images, const char *labels, Arena *mem)
{
    Idx xi = idx_open(images, 3), li = idx_open(labels, 1);
    uint32_t n = xi.size[0], h = xi.size[1], w = xi.size[2];
    check(n > 0, "%s: holds 0 images", images);
    check(n <= 10000000 && h > 0 && w > 0 && h <= 4096 && w <= 4096, "%s: %u images of %u x %u pixels cannot be right\n  hint: the file "
          "is damaged; fetch it again", images, n, h, w);
    check(li.size[0] == n, "%s: %u labels for the %u images of %s\n  hint: files of two sets mixed?", labels, li.size[0], n, images);

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

/* Finds DIR/stem or DIR/stem.gz. */
static bool find(char *path, size_t size, const char *dir, const char *stem)
{
    snprintf(path, size, "%s/%s", dir, stem);
    if (access(path, R_OK) == 0) return true;
    snprintf(path, size, "%s/%s.gz", dir, stem);
    return access(path, R_OK) == 0;
}

static Data read_pair(const char *dir, const char *images, const char *labels, Arena *mem)
{
    char image_path[4096], label_path[4096];
    check(find(image_path, sizeof image_path, dir, images), "%s: no %s in it, plain or .gz\n  hint: --data wants a folder with the "
          "four IDX files of MNIST or Fashion-MNIST", dir, images);
    check(find(label_path, sizeof label_path, dir, labels), "%s: no %s in it, plain or .gz", dir, labels);
    return idx_read(image_path, label_path, mem);
}

/* The data that ship with the suite: from the project's root, or where the Makefile said that it is. */
static const char *shipped_dir(void)
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
        if (!quick) fprintf(stderr, "note: %s is not there, so the shipped %d + %d images serve; `make setup` installs all of Fashion-MNIST\n",
                            debian_dir, QUICK_TRAIN, QUICK_TEST);
        dir = shipped_dir();
    }
    Dataset set = {.train = read_pair(dir, "train-images-idx3-ubyte", "train-labels-idx1-ubyte", mem),
                   .test = read_pair(dir, "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", mem)};
    check(set.train.h == set.test.h && set.train.w == set.test.w, "%s: training images are %d x %d, test images %d x %d", dir,
          set.train.h, set.train.w, set.test.h, set.test.w);
    if (given && quick) first_rows(&set.train, QUICK_TRAIN), first_rows(&set.test, QUICK_TEST);
    set.train.name = set.test.name = given ? dir : "Fashion-MNIST";
    return set;
}

void data_standardise(Mat train, Mat test, float length, Arena *mem)
{
    check(train.d == test.d && train.n > 0, "data_standardise: (%d,%d) and (%d,%d)", train.n, train.d, test.n, test.d);
    Mat mean = mat_zeros(mem, 1, train.d);
    mat_add_column_sums(mean, train);
    mat_scale(mean, 1.f / (float)train.n);
    mat_sub_row(train, mean), mat_sub_row(test, mean);
    float norm = mat_norm(train), scale = norm > 0 ? sqrtf(length * (float)train.n) / norm : 1;
    mat_scale(train, scale), mat_scale(test, scale);
}

int *data_draw(int draw, int below, int *n, Arena *mem)
{
    enum { DRAWS = 10, LENGTH = 3000 };
    check(draw >= 0 && draw < DRAWS, "data_draw: there are draws 0 to %d, not %d", DRAWS - 1, draw);
    char path[4096];
    snprintf(path, sizeof path, "%s/draws.csv", shipped_dir());
    FILE *f = fopen(path, "r");
    check(f, "cannot open %s: %s", path, strerror(errno));
    int *index = arena_alloc(mem, LENGTH * sizeof *index), number;
    *n = 0;
    for (int i = 0; i < (draw + 1) * LENGTH; i++) {
        check(fscanf(f, "%d%*[,\n]", &number) == 1 && number >= 0, "%s: number %d is missing or damaged", path, i + 1);
        if (i >= draw * LENGTH && number < below) index[(*n)++] = number;
    }
    fclose(f);
    return index;
}

Data data_digits8(Arena *mem)
{
    Data data = read_pair(shipped_dir(), "digits8-images-idx3-ubyte", "digits8-labels-idx1-ubyte", mem);
    mat_scale(data.x, 255.f / 16);                  /* the file holds 0..16 */
    data.name = "digits8";
    return data;
}

/* ---- labels and batches ---- */

Mat one_hot(Arena *mem, const uint8_t *label, int n, int classes)
{
    Mat y = mat_zeros(mem, n, classes);
    for (int i = 0; i < n; i++) {
        check(label[i] < classes, "one_hot: label %d of only %d classes", label[i], classes);
        row(y, i)[label[i]] = 1;
    }
    return y;
}

Batches batches(Data data, int size, Rng *rng, Arena *mem)
{
    check(size > 0, "batches: a batch of %d rows", size);
    Batches b = {.data = data, .B = size < data.x.n ? size : data.x.n, .mem = mem};
    b.order = arena_alloc(mem, (size_t)data.x.n * sizeof *b.order);
    b.x = mat_new(mem, b.B, data.x.d);
    for (int i = 0; i < data.x.n; i++) b.order[i] = i;
    rng_shuffle(rng, b.order, data.x.n);
    return b;
}

bool batch_next(Batches *b)
{
    int left = b->data.x.n - b->at;
    if (left <= 0) return false;
    b->x.n = left < b->B ? left : b->B;
    b->index = b->order + b->at;
    b->at += b->x.n;
    for (int i = 0; i < b->x.n; i++) memcpy(row(b->x, i), row(b->data.x, b->index[i]), (size_t)b->x.d * sizeof(float));
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
    for (int j = 0, pick = rng_below(rng, x.n); j < k; j++) {
        mat_set(mat_rows(c, j, 1), mat_rows(x, pick, 1));
        double total = 0;
        for (int i = 0; i < x.n; i++) {
            float square = 0;
            for (int a = 0; a < x.d; a++) square += (row(x, i)[a] - row(c, j)[a]) * (row(x, i)[a] - row(c, j)[a]);
            gap.a[i] = fminf(gap.a[i], square);
            total += (double)gap.a[i];
        }
        double want = (double)rng_uniform(rng) * total;
        for (pick = 0; pick < x.n - 1 && (want -= (double)gap.a[pick]) >= 0; pick++) continue;
    }
    arena_rewind(mem, mark);
    return c;
}
