/* sheet.c: many images on one sheet, as a png. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

Sheet sheet_of(Data images, int cols, int zoom)
{
    Sheet sheet = {images.h, images.w, 1, .cols = cols, .zoom = zoom, .lo = 0, .hi = 1};
    return sheet;
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
