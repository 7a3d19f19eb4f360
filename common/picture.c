/* picture.c: PNG files, read by stb_image: one of them, or a folder full. */
#include "gen.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#define STBI_NO_THREAD_LOCALS
#define STBI_MAX_DIMENSIONS 8192
#pragma GCC diagnostic ignored "-Wunused-function" /* told at the end of the file, so for all of it */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#if __has_include(<stb/stb_image.h>)
#include <stb/stb_image.h>
#else
#include <stb_image.h>
#endif
#pragma GCC diagnostic pop

Png png_read(const char *path, const char *hint, Arena *mem)
{
    FILE *f = fopen(path, "rb");
    check(f, "%s: cannot open: %s\n  hint: %s", path, strerror(errno), hint);
    Png p;
    uint8_t *pixel = stbi_load_from_file(f, &p.w, &p.h, &p.c, 0);
    fclose(f);
    check(pixel, "%s: is damaged, or no PNG file (%s)\n  hint: %s", path, stbi_failure_reason(), hint);
    size_t bytes = (size_t)p.h * (size_t)p.w * (size_t)p.c;
    p.pixel = arena_alloc(mem, bytes);
    memcpy(p.pixel, pixel, bytes);
    stbi_image_free(pixel);
    return p;
}

/* ---- folders ---- */

static const char wanted[] = "a folder of PNG files, all of one size, all grey or all in colour";

static bool is_png(const char *name)
{
    size_t n = strlen(name);
    return *name != '.' && n > 4 && strcasecmp(name + n - 4, ".png") == 0;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* The names of the PNG files in a folder, sorted: folders list them in any order. */
static char **list(const char *dir, int *n, Arena *mem)
{
    DIR *d = opendir(dir);
    check(d, "%s: cannot open this folder: %s\n  hint: %s", dir, strerror(errno), wanted);
    *n = 0;
    for (struct dirent *e; (e = readdir(d));) *n += is_png(e->d_name);
    check(*n > 0, "%s: no PNG file in it\n  hint: %s", dir, wanted);
    char **name = arena_alloc(mem, (size_t)*n * sizeof *name);
    int at = 0;
    rewinddir(d);
    for (struct dirent *e; at < *n && (e = readdir(d));) {
        if (!is_png(e->d_name)) continue;
        name[at] = name_of(mem, "%s", e->d_name);
        at++;
    }
    closedir(d);
    *n = at;                                        /* some may have gone meanwhile */
    qsort(name, (size_t)*n, sizeof *name, by_name);
    return name;
}

static bool has_alpha(Png p) { return p.c % 2 == 0; }
static int colours(Png p) { return has_alpha(p) ? p.c - 1 : p.c; }
static const char *kind(int c) { return c == 1 ? "grey" : "in colour"; }

static void must_match(const char *path, int h, int w, int c, const Pictures *all)
{
    check(h == all->h && w == all->w, "%s: %d x %d pixels, and %s has %d x %d\n  hint: %s", path, w, h, all->first,
          all->w, all->h, wanted);
    check(c == all->c, "%s: is %s, and %s is %s\n  hint: %s", path, kind(c), all->first, kind(all->c), wanted);
}

/* Bytes of a picture to numbers in [0,1]; what is transparent is seen on white. */
static void to_unit(Png p, float *x)
{
    int c = colours(p);
    for (int q = 0; q < p.h * p.w; q++) {
        const uint8_t *pixel = p.pixel + q * p.c;
        float opaque = has_alpha(p) ? (float)pixel[c] / 255 : 1;
        for (int k = 0; k < c; k++) x[q * c + k] = opaque * (float)pixel[k] / 255 + 1 - opaque;
    }
}

static const char *in_folder(const char *dir, const char *name, Arena *mem) { return name_of(mem, "%s/%s", dir, name); }

Pictures pictures_read(const char *dir, int most, Arena *mem)
{
    int n;
    char **name = list(dir, &n, mem);
    const char *first = in_folder(dir, name[0], mem);
    Png p = png_read(first, wanted, mem);
    Pictures all = {.n = n, .h = p.h, .w = p.w, .c = colours(p), .first = first};
    check(p.h <= most && p.w <= most, "%s: %d x %d pixels; at most %d x %d\n  hint: make the pictures smaller first",
          first, p.w, p.h, most, most);
    all.x = mat_new(mem, n, p.h * p.w * all.c);
    size_t mark = mem->used;
    for (int i = 0; i < n; i++) {
        arena_rewind(mem, mark);
        const char *path = in_folder(dir, name[i], mem);
        p = png_read(path, wanted, mem);
        must_match(path, p.h, p.w, colours(p), &all);
        to_unit(p, row(all.x, i));
    }
    arena_rewind(mem, mark);
    return all;
}

void pictures_match(const Pictures *a, const Pictures *b) { must_match(b->first, b->h, b->w, b->c, a); }

/* ---- rows that are pictures ---- */

Mat pictures_to_signs(Mat x)
{
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = 2 * x.a[i] - 1;
    return x;
}

Mat pictures_from_signs(Mat x, Arena *mem)
{
    Mat y = mat_copy(mem, x);
    for (size_t i = 0; i < mat_size(y); i++) y.a[i] = .5f * (y.a[i] + 1);
    return y;
}

void picture_mirror(Mat x, int i, int h, int w, int c)
{
    check(x.d == h * w * c, "picture_mirror: rows of %d numbers are no pictures of %d x %d x %d", x.d, h, w, c);
    for (int r = 0; r < h; r++)
        for (int left = 0, right = w - 1; left < right; left++, right--) {
            float *line = row(x, i) + r * w * c;
            for (int k = 0; k < c; k++) {
                float was = line[left * c + k];
                line[left * c + k] = line[right * c + k];
                line[right * c + k] = was;
            }
        }
}

Mat mat_evenly(Mat x, int n, Arena *mem)
{
    check(n >= 1 && n <= x.n, "mat_evenly: %d of %d rows", n, x.n);
    Mat some = mat_new(mem, n, x.d);
    for (int i = 0; i < n; i++) mat_set(mat_rows(some, i, 1), mat_rows(x, (int)((long)i * x.n / n), 1));
    return some;
}

double pictures_distance(Mat y, Mat truth)
{
    check(y.n == truth.n && y.d == truth.d, "pictures_distance: (%d,%d) and (%d,%d)", y.n, y.d, truth.n, truth.d);
    double sum = 0;
    for (size_t i = 0; i < mat_size(y); i++) sum += fabs((double)(y.a[i] - truth.a[i]));
    return sum / (double)mat_size(y);
}

bool picture_inside(const float truth[3]) { return fminf(truth[0], fminf(truth[1], truth[2])) <= .95f; }

double pictures_chroma(Mat y, Mat truth)
{
    check(y.n == truth.n && y.d == truth.d && y.d % 3 == 0, "pictures_chroma: (%d,%d) and (%d,%d)", y.n, y.d, truth.n,
          truth.d);
    double sum = 0;
    long inside = 0;
    for (size_t q = 0; q < mat_size(y); q += 3) {
        const float *c = y.a + q;
        if (!picture_inside(truth.a + q)) continue;
        sum += (double)(fmaxf(c[0], fmaxf(c[1], c[2])) - fminf(c[0], fminf(c[1], c[2])));
        inside++;
    }
    return inside ? sum / (double)inside : 0;
}
