/* png.c: PNG files, by the stb libraries: one of them written or read, and a folder full read. */
#include "internal.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#if __has_include(<stb/stb_image_write.h>)
#include <stb/stb_image_write.h>
#else
#include <stb_image_write.h>
#endif

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

/* ---- one file ---- */

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
