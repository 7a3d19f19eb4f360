/* 06_boltzmann_plot.c: what the figures of lab 06 are drawn from; see 06_boltzmann_plot.h. */
#include "06_boltzmann_plot.h"

static Sheet sheet(int side, int cols)
{
    Sheet s = {.h = side, .w = side, .c = 1, .cols = cols, .zoom = 6, .lo = 0, .hi = 1};
    return s;
}

void plot_bars(Lab *lab, Mat data, Mat drawn)
{
    png_sheet(lab->out, "bars.png", data, sheet(4, 15));
    png_sheet(lab->out, "bars_drawn.png", mat_rows(drawn, 0, 30), sheet(4, 15));
}

int plot_strip_step(int i)
{
    enum { CLOSE = STRIP / 2, APART = 50 };
    return i < CLOSE ? i : (i - CLOSE + 1) * APART;
}

void plot_strip(Lab *lab, Mat seen)
{
    png_sheet(lab->out, "strip.png", seen, sheet(8, STRIP / 2));
}
