/* 06_boltzmann_plot.c: what the figures of lab 06 are drawn from; see 06_boltzmann_plot.h. */
#include "06_boltzmann_plot.h"

/* Ones in black on grey tiles, so that a tile is seen where it is empty. */
static void sheet(Lab *lab, const char *name, Mat v, int side, int cols, Arena *mem)
{
    Sheet s = {.h = side, .w = side, .c = 1, .cols = cols, .zoom = 6, .lo = 0, .hi = 1.15f};
    Mat ink = mat_new(mem, v.n, v.d);
    for (size_t i = 0; i < mat_size(v); i++) ink.a[i] = 1 - v.a[i];
    png_sheet(lab->out, name, ink, s);
}

void plot_bars(Lab *lab, Mat data, Mat drawn, Arena *mem)
{
    sheet(lab, "bars.png", data, 4, 15, mem);
    sheet(lab, "bars_drawn.png", mat_rows(drawn, 0, 30), 4, 15, mem);
}

int plot_strip_step(int i)
{
    enum { CLOSE = STRIP / 2, APART = 50 };
    return i < CLOSE ? i : (i - CLOSE + 1) * APART;
}

void plot_strip(Lab *lab, Mat seen, Arena *mem)
{
    sheet(lab, "strip.png", seen, 8, STRIP / 2, mem);
}
