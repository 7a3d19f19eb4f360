/* export.c: csv for gnuplot, npy for everybody else, png sheets by stb_image_write.
 *
 * A file appears under its name only when it is complete: it is written beside it under a temporary name, checked,
 * renamed.
 */
#include "gen.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#if __has_include(<stb/stb_image_write.h>)
#include <stb/stb_image_write.h>
#else
#include <stb_image_write.h>
#endif

/* ---- files that are whole or not there ---- */

enum { PATH = 1024 };
typedef struct OutFile {
    FILE *f;
    int error;
    void *owner;
    char path[PATH], temp[PATH + 4];
    struct OutFile *next;
} OutFile; // owner: a Csv

static OutFile *unfinished;                         /* a list of those that files_abandon must remove */

static void out_failed(OutFile *o, const char *verb)
{
    die(EXIT_FAILED, "%s: cannot %s: %s\n  hint: a full disk, or a folder that is not yours? another one: --out DIR",
        o->path, verb, strerror(errno));
}

static OutFile *out_open(const char *dir, const char *name)
{
    OutFile *o = calloc(1, sizeof *o);
    check(o, "out of memory");
    struct stat s;
    int length = snprintf(o->path, PATH, "%s/%s", dir, name);
    check(length > 0 && length < PATH - 8, "%s/%s: the name is too long", dir, name);
    bool device = stat(o->path, &s) == 0 && !S_ISREG(s.st_mode);        /* /dev/null and its kin are never replaced */
    if (device) strcpy(o->temp, o->path);
    else snprintf(o->temp, sizeof o->temp, "%s.tmp", o->path);
    o->f = fopen(o->temp, "wb");
    if (!o->f) out_failed(o, "open");
    if (!device) {
        o->next = unfinished;
        unfinished = o;
    }
    at_death(files_abandon);
    return o;
}

/* After every write: keeps the reason of the first that failed, before errno moves on. */
static void out_wrote(OutFile *o)
{
    if (!o->error && ferror(o->f)) o->error = errno ? errno : EIO;
}

static void out_close(OutFile *o)
{
    if (fflush(o->f)) out_wrote(o);
    if (fclose(o->f) && !o->error) o->error = errno;
    o->f = NULL;
    errno = o->error;
    if (o->error) out_failed(o, "write");
    if (strcmp(o->temp, o->path) && rename(o->temp, o->path) != 0) out_failed(o, "rename to");
    OutFile **link = &unfinished;
    while (*link && *link != o) link = &(*link)->next;
    if (*link) *link = o->next;
    free(o);
}

void files_abandon(void)
{
    while (unfinished) {
        OutFile *o = unfinished;
        unfinished = o->next;
        if (o->f) fclose(o->f);
        unlink(o->temp);
        free(o->owner);
        free(o);
    }
}

Sheet sheet_of(Data images, int cols, int zoom)
{
    Sheet sheet = {images.h, images.w, 1, .cols = cols, .zoom = zoom, .lo = 0, .hi = 1};
    return sheet;
}

void make_dir(const char *dir)
{
    char path[PATH];
    check(*dir && strlen(dir) < PATH, "'%s' is no name for a folder", dir);
    strcpy(path, dir);
    for (size_t i = 1; i <= strlen(dir); i++) {     /* every folder on the way: a, a/b, a/b/c */
        if (dir[i] != '/' && dir[i] != 0) continue;
        path[i] = 0;
        check(mkdir(path, 0777) == 0 || errno == EEXIST,
              "%s: cannot make this folder: %s\n  hint: another one: --out DIR", path, strerror(errno));
        path[i] = dir[i];
    }
    struct stat s;
    check(stat(dir, &s) == 0 && S_ISDIR(s.st_mode), "%s: is not a folder\n  hint: another one: --out DIR", dir);
}

/* ---- csv ---- */

struct Csv { OutFile *o; int commas; char last[256]; };

static int commas(const char *s)
{
    int n = 0;
    for (; *s; s++) n += *s == ',';
    return n;
}

Csv *csv_open(const char *dir, const char *name, const char *header)
{
    Csv *csv = calloc(1, sizeof *csv);
    check(csv, "out of memory");
    csv->o = out_open(dir, name);
    csv->o->owner = csv;
    csv->commas = commas(header);
    fprintf(csv->o->f, "%s\n", header);
    return csv;
}

void csv_row(Csv *csv, const char *fmt, ...)
{
    check(commas(fmt) == csv->commas, "%s: a row of %d columns under a header of %d", csv->o->path, commas(fmt) + 1,
          csv->commas + 1);
    va_list args;
    va_start(args, fmt);
    vfprintf(csv->o->f, fmt, args);
    va_end(args);
    fputc('\n', csv->o->f);
    out_wrote(csv->o);
    va_start(args, fmt);
    vsnprintf(csv->last, sizeof csv->last, fmt, args);
    va_end(args);
}

void csv_text(Csv *csv, const char *row)
{
    check(commas(row) == csv->commas, "%s: a row of %d columns under a header of %d", csv->o->path, commas(row) + 1,
          csv->commas + 1);
    fprintf(csv->o->f, "%s\n", row);
    out_wrote(csv->o);
    snprintf(csv->last, sizeof csv->last, "%s", row);
}

const char *csv_last_row(const Csv *csv) { return csv->last; }

void csv_gap(Csv *csv) { fputc('\n', csv->o->f); }

void csv_close(Csv *csv)
{
    out_close(csv->o);
    free(csv);
}

void csv_mat(const char *dir, const char *name, const char *header, Mat x)
{
    Csv *csv = csv_open(dir, name, header);
    check(csv->commas + 1 == x.d, "%s/%s: a header of %d columns over a matrix of %d", dir, name, csv->commas + 1, x.d);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++) fprintf(csv->o->f, "%.9g%c", (double)row(x, i)[j], j + 1 < x.d ? ',' : '\n');
    out_wrote(csv->o);
    csv_close(csv);
}

/* ---- text ---- */

void captions_write(const char *dir, const char *name, Mat value)
{
    OutFile *o = out_open(dir, name);
    for (int i = 0; i < value.n; i++) {
        char caption[SPRITE_CAPTION];
        sprite_caption(sprite_of_row(value, i), caption);
        fprintf(o->f, "%s\n", caption);
    }
    out_wrote(o);
    out_close(o);
}

/* ---- npy, version 1.0 (numpy/lib/format) ---- */

static void npy(const char *dir, const char *name, const char *type, const void *a, size_t size, int ndim,
                const int *shape)
{
    char dims[64] = "", head[128];
    size_t count = 1, at = 0;
    for (int i = 0; i < ndim; i++) {
        at += (size_t)snprintf(dims + at, sizeof dims - at, "%d,%s", shape[i], i + 1 < ndim ? " " : "");
        count *= (size_t)shape[i];
    }
    if (ndim > 1) dims[at - 1] = 0;                 /* (3,) but (3, 4) */
    snprintf(head, sizeof head, "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", type, dims);
    OutFile *o = out_open(dir, name);
    fprintf(o->f, "\x93NUMPY\x01%c%c%c%-117s\n", 0, 118, 0, head);      /* 10 + 118 bytes: the numbers start at 128 */
    fwrite(a, size, count, o->f);
    out_wrote(o);
    out_close(o);
}

void npy_write(const char *dir, const char *name, Mat x)
{
    npy(dir, name, "<f4", x.a, sizeof *x.a, 2, (int[]){x.n, x.d});
}

void npy_write_f32(const char *dir, const char *name, const float *a, int ndim, const int *shape)
{
    check(ndim >= 1 && ndim <= 5, "%s/%s: %d dimensions, want 1 to 5", dir, name, ndim);
    npy(dir, name, "<f4", a, sizeof *a, ndim, shape);
}

void npy_write_u8(const char *dir, const char *name, const uint8_t *a, int ndim, const int *shape)
{
    check(ndim >= 1 && ndim <= 5, "%s/%s: %d dimensions, want 1 to 5", dir, name, ndim);
    npy(dir, name, "|u1", a, 1, ndim, shape);
}

/* group 0: none */
static void write_bytes(const char *dir, const char *name, Mat x, int group, int h, int w, int c)
{
    check(x.d == h * w * c, "%s/%s: rows of %d numbers are no images of %d x %d x %d", dir, name, x.d, h, w, c);
    uint8_t *byte = malloc(mat_size(x));
    check(byte, "%s/%s: out of memory", dir, name);
    for (size_t i = 0; i < mat_size(x); i++) {
        byte[i] = (uint8_t)(x.a[i] * 255 + .5f);
        x.a[i] = (float)byte[i] / 255;
    }
    int images[] = {x.n, h, w, c}, groups[] = {group ? x.n / group : 0, group, h, w, c}, colours = c != 1;
    npy_write_u8(dir, name, byte, (group ? 4 : 3) + colours, group ? groups : images);
    free(byte);
}

void npy_write_images(const char *dir, const char *name, Mat x, int h, int w, int c)
{
    write_bytes(dir, name, x, 0, h, w, c);
}

void npy_write_groups(const char *dir, const char *name, Mat x, int group, int h, int w, int c)
{
    check(group >= 1 && x.n % group == 0, "%s/%s: %d images are no groups of %d", dir, name, x.n, group);
    write_bytes(dir, name, x, group, h, w, c);
}

Mat npy_read(const char *dir, const char *name, Arena *mem)
{
    char path[PATH], head[4096];
    uint8_t start[10];
    snprintf(path, PATH, "%s/%s", dir, name);
    FILE *f = fopen(path, "rb");
    check(f, "%s: cannot open: %s\n  hint: --load wants the folder that an earlier run wrote", path, strerror(errno));
    bool ok = fread(start, 1, 10, f) == 10 && !memcmp(start, "\x93NUMPY\x01", 7);
    size_t length = ok ? start[8] + 256u * start[9] : 0;
    ok = ok && length < sizeof head && fread(head, 1, length, f) == length;
    check(ok, "%s: is not an npy file of version 1", path);
    head[length] = 0;
    check(strstr(head, "'<f4'") && strstr(head, "'fortran_order': False"),
          "%s: want float32 in row order, its header says %s", path, head);
    int n = 0, d = 1;
    const char *shape = strstr(head, "'shape': (");
    char end[2];
    int dims = shape ? sscanf(shape, "'shape': (%d, %d%1[)]", &n, &d, end) : 0;
    check((dims == 1 || dims == 3) && n >= 0 && d >= 0, "%s: want one or two dimensions, its header says %s", path,
          head);
    Mat x = mat_new(mem, n, d);
    check(fread(x.a, sizeof *x.a, mat_size(x), f) == mat_size(x) && fgetc(f) == EOF,
          "%s: not as long as its shape (%d,%d)", path, n, d);
    fclose(f);
    return x;
}

void table_write(const char *dir, const char *name, const char *header, Mat x)
{
    char file[64];
    snprintf(file, sizeof file, "%s.csv", name);
    csv_mat(dir, file, header, x);
    snprintf(file, sizeof file, "%s.npy", name);
    npy_write(dir, file, x);
}

/* ---- png ---- */

static void to_file(void *o, void *bytes, int n)
{
    fwrite(bytes, 1, (size_t)n, ((OutFile *)o)->f);
    out_wrote(o);
}

void png_write(const char *dir, const char *name, const uint8_t *pixels, int h, int w, int c)
{
    check(h > 0 && w > 0 && (c == 1 || c == 3), "%s/%s: a picture of %d x %d with %d channels", dir, name, h, w, c);
    OutFile *o = out_open(dir, name);
    check(stbi_write_png_to_func(to_file, o, w, h, c, pixels, w * c), "%s/%s: out of memory", dir, name);
    out_close(o);
}

void png_sheet(const char *dir, const char *name, Mat x, Sheet s)
{
    check(x.n > 0 && x.d == s.h * s.w * s.c, "%s/%s: rows of %d numbers are no images of %d x %d x %d", dir, name, x.d,
          s.h, s.w, s.c);
    check(s.cols > 0 && s.zoom > 0 && s.hi > s.lo, "%s/%s: a sheet wants cols and zoom of 1 or more, and lo below hi",
          dir, name);
    int gap = s.zoom, rows = (x.n + s.cols - 1) / s.cols;
    int tile_h = s.h * s.zoom + gap, tile_w = s.w * s.zoom + gap, height = rows * tile_h - gap,
        width = s.cols * tile_w - gap;
    uint8_t *pixels = malloc((size_t)height * (size_t)width * (size_t)s.c);
    check(pixels, "%s/%s: out of memory", dir, name);
    memset(pixels, 255, (size_t)height * (size_t)width * (size_t)s.c);
    for (int i = 0; i < x.n; i++)
        for (int y = 0; y < s.h * s.zoom; y++)
            for (int px = 0; px < s.w * s.zoom; px++)
                for (int k = 0; k < s.c; k++) {
                    float v = (row(x, i)[((y / s.zoom) * s.w + px / s.zoom) * s.c + k] - s.lo) / (s.hi - s.lo);
                    size_t at = (size_t)(i / s.cols * tile_h + y) * (size_t)width + (size_t)(i % s.cols * tile_w + px);
                    pixels[at * (size_t)s.c + (size_t)k] = (uint8_t)(v >= 1  ? 255
                                                                     : v > 0 ? v * 255 + .5f
                                                                             : 0); /* a NaN is black */
                }
    png_write(dir, name, pixels, height, width, s.c);
    free(pixels);
}

void png_rows(const char *dir, const char *name, const Mat *rows, int n, const int *pick, Sheet s, Arena *mem)
{
    size_t mark = mem->used;
    Mat sheet = mat_new(mem, n * s.cols, s.h * s.w * s.c);
    for (int r = 0; r < n; r++)
        mat_set(mat_rows(sheet, r * s.cols, s.cols),
                pick ? mat_gather(mem, rows[r], pick, s.cols) : mat_rows(rows[r], 0, s.cols));
    png_sheet(dir, name, sheet, s);
    arena_rewind(mem, mark);
}
