/* idx.c: reads images and labels from IDX files, plain or .gz.
 *
 * IDX, after yann.lecun.com/exdb/mnist: bytes 0 0 type rank, then rank big-endian 32-bit sizes, then the numbers. Here
 * type is 8 (unsigned byte), rank 3 for images and 1 for labels. zlib reads plain and compressed files alike.
 */
#include "internal.h"

#include <zlib.h>

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
