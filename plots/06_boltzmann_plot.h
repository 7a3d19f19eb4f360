/* 06_boltzmann_plot.h: what the figures of lab 06 are drawn from. Nothing to write here; the place
 * for a figure of your own. plots/06_boltzmann.gp draws it.
 */
#ifndef PLOT_06_BOLTZMANN_H
#define PLOT_06_BOLTZMANN_H

#include "06_boltzmann.h"

/* The pictures of bars and stripes (30,16), and a machine's own (n,16), n at least 30: bars.png,
 * bars_drawn.png. Figure: bars. */
void plot_bars(Lab *lab, Mat data, Mat drawn, Arena *mem);

/* STRIP pictures of a chain, (STRIP,64): the first twelve steps, then every fiftieth: strip.png.
 * plot_strip_step says after how many steps picture i is taken. Figure: strip. */
enum { STRIP = 24 };
int  plot_strip_step(int i);
void plot_strip(Lab *lab, Mat seen, Arena *mem);

#endif
