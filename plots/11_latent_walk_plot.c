/* 11_latent_walk_plot.c: what the figures of lab 11 are drawn from; see 11_latent_walk_plot.h. */
#include "11_latent_walk_plot.h"
#include <stdio.h>

const char *const way_name[WAYS] = {"lerp", "slerp", "lerp_w", "blend"};

Sheet sprite_sheet(int cols)
{
    Sheet s = {.h = 32, .w = 32, .c = 3, .cols = cols, .zoom = 2, .lo = 0, .hi = 1};
    return s;
}

Sheet garment_sheet(int cols)
{
    Sheet s = {.h = 28, .w = 28, .c = 1, .cols = cols, .zoom = 2, .lo = 0, .hi = 1};
    return s;
}

/* what,stop,shape,colour,background */
static void seen_row(Csv *csv, const char *what, int stop, const float *seen)
{
    csv_row(csv, "%s,%d,%d,%d,%d", what, stop, (int)seen[SPRITE_SHAPE], (int)seen[SPRITE_COLOUR],
            (int)seen[SPRITE_BACKGROUND]);
}

void plot_fresh(Lab *lab, Mat x, Mat seen)
{
    enum { SHOWN = 96, FIRST = 12 };
    png_sheet(lab->out, "fresh.png", mat_rows(x, 0, SHOWN), sprite_sheet(FIRST));
    Csv *csv = csv_open(lab->out, "fresh.csv", "what,stop,shape,colour,background");
    for (int i = 0; i < FIRST; i++) seen_row(csv, "fresh", i, row(seen, i));
    csv_close(csv);
}

void plot_strip(Lab *lab, Way way, Mat x, Mat seen, Csv *csv)
{
    char name[32];
    snprintf(name, sizeof name, "strip_%s.png", way_name[way]);
    png_sheet(lab->out, name, x, sprite_sheet(STOPS));
    for (int i = 0; i < STOPS; i++) seen_row(csv, way_name[way], i, row(seen, i));
}

void plot_square(Lab *lab, const char *what, Mat x, Sheet sheet)
{
    char name[32];
    snprintf(name, sizeof name, "corners_%s.png", what);
    png_sheet(lab->out, name, x, sheet);
}

void plot_frame(Lab *lab, const char *what, int f, Mat x, Sheet sheet, Arena *mem)
{
    png_sheet(lab->out, name_of(mem, "%s_%02d.png", what, f), x, sheet);
}

void plot_triples(Lab *lab, Mat x, Mat seen)
{
    int shown = x.n < 4 * TRIPLES ? x.n : 4 * TRIPLES;
    png_sheet(lab->out, "triples.png", mat_rows(x, 0, shown), sprite_sheet(4));
    Csv *csv = csv_open(lab->out, "triples.csv", "what,stop,shape,colour,background");
    for (int i = 0; i < shown; i++) seen_row(csv, "triple", i, row(seen, i));
    csv_close(csv);
}

void plot_doses(Lab *lab, const Mat rows[OTHERS], Arena *mem)
{
    png_rows(lab->out, "doses.png", rows, OTHERS, NULL, sprite_sheet(DOSES), mem);
}

void plot_garments(Lab *lab, Way way, int i, Mat x, Arena *mem)
{
    png_sheet(lab->out, name_of(mem, "garments_%s_%d.png", way_name[way], i), x,
              garment_sheet(STOPS));
}
