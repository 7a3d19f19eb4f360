/* 05_attribute2image_plot.c: what the figures of lab 05 are drawn from; see
 * 05_attribute2image_plot.h. */
#include "05_attribute2image_plot.h"
#include <stdio.h>

enum { SIDE = 32, SHOWN = 12 };

static Sheet sheet(int cols)
{
    Sheet s = {.h = SIDE, .w = SIDE, .c = 3, .cols = cols, .zoom = 2, .lo = 0, .hi = 1};
    return s;
}

void plot_sprites(Lab *lab, Mat x)
{
    png_sheet(lab->out, "sprites.png", mat_rows(x, 0, 96), sheet(16));
}

void plot_openmoji(Lab *lab, const Openmoji *o, Arena *mem)
{
    enum { ROWS = 4, COLS = 16, PIXELS = OPENMOJI_SIDE * OPENMOJI_SIDE };
    Mat x = mat_new(mem, 2 * ROWS * COLS, 3 * PIXELS), outline = mat_new(mem, 1, PIXELS);
    for (int i = 0; i < ROWS * COLS; i++) {
        int top = i / COLS * 2 * COLS + i % COLS, drawing = (int)((long)i * o->n / (ROWS * COLS));
        float *above = row(x, top), *below = row(x, top + COLS);
        openmoji_pair(o, drawing, outline.a, below);
        for (int k = 0; k < 3 * PIXELS; k++) above[k] = outline.a[k / 3];
    }
    png_sheet(lab->out, "openmoji.png", x, sheet(COLS));
}

void plot_confusion(Lab *lab, const char *what, Mat asked, Mat seen)
{
    char name[64];
    snprintf(name, sizeof name, "confusion_%s.csv", what);
    Csv *csv = csv_open(lab->out, name, "attribute,asked,seen,share");
    for (int k = 0; k < asked.d; k++)
        for (int a = 0; a < sprite_values(k); a++) {
            int n = 0, count[9] = {0}, last = sprite_values(k);         // last: unclear
            for (int i = 0; i < asked.n; i++) {
                if (row(asked, i)[k] != (float)a) continue;
                int v = (int)row(seen, i)[k];
                count[v == SPRITE_UNCLEAR ? last : v]++;
                n++;
            }
            for (int v = 0; v <= last && n > 0; v++)
                csv_row(csv, "%d,%d,%d,%.5f", k, a, v, (double)count[v] / n);
        }
    csv_close(csv);
}

void plot_sweep(Lab *lab, int attribute, Mat x, Arena *mem)
{
    png_sheet(lab->out, name_of(mem, "sweep%d.png", attribute), x, sheet(x.n));
}

void plot_layers(Lab *lab, Layers l, Mat x, Arena *mem)
{
    Mat grey = mat_new(mem, x.n, x.d);
    for (size_t i = 0; i < mat_size(grey); i++) grey.a[i] = l.gate.a[i / 3];
    Mat rows[4] = {l.fore, grey, l.back, x};
    png_rows(lab->out, "layers.png", rows, 4, NULL, sheet(LAYERED), mem);
}

void plot_within(Lab *lab, Mat real, Mat x)
{
    png_sheet(lab->out, "within_real.png", mat_rows(real, 0, SHOWN), sheet(SHOWN));
    png_sheet(lab->out, "within.png", mat_rows(x, 0, SHOWN), sheet(SHOWN));
}

void plot_compare(Lab *lab, Mat book, Mat layers, Mat flat, Arena *mem)
{
    Mat rows[3] = {book, layers, flat};
    png_rows(lab->out, "compare.png", rows, 3, NULL, sheet(COMPARED), mem);
}
