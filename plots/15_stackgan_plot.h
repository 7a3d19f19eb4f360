/* 15_stackgan_plot.h: what the figures of lab 15 are drawn from. Nothing to write here; the place
 * for a figure of your own. plots/15_stackgan.gp draws it.
 */
#ifndef PLOT_15_STACKGAN_H
#define PLOT_15_STACKGAN_H

#include "15_stackgan.h"

/* Pictures (n,d) of the same captions: real, Stage II's, Stage I's enlarged in blocks, smoothly. */
enum { REAL, REFINED, BLOCKS, SMOOTH, KINDS };

/* The first ROWS of what was asked (n,7), of each kind: stage1.png, smooth.png, stage2.png,
 * truth.png and captions in stages.txt. Figure: stages. */
enum { ROWS = 8 };
void plot_stages(Lab *lab, Mat asked, const Mat kind[KINDS], int side);

/* Of each kind the edge energy of every picture, sorted: edges.csv. Figure: edges. */
typedef double EdgeEnergy(Mat x, int h, int w);
void plot_edges(Lab *lab, const Mat kind[KINDS], int side, EdgeEnergy *energy_of, Arena *mem);

/* Pictures (n,d), `each` of every caption, with clouds and without: those of CLOUDS captions, in
 * cloud.png, plain.png and clouds.txt. Figure: clouds. */
enum { CLOUDS = 4, DRAWS = 8 };
void plot_clouds(Lab *lab, Mat asked, Mat with, Mat without, int each, int side, Arena *mem);

/* Stage I's pictures in blocks, what Stage II adds, and the sum (ADDED,d): blocks.png, added.png,
 * refined.png. Figure: residual. */
enum { ADDED = 8 };
void plot_residual(Lab *lab, Mat blocks, Mat refined, int side, Arena *mem);

/* TYPED pictures of what the user typed: typed.png, typed.txt. Figure: typed. */
enum { TYPED = 8 };
void plot_typed(Lab *lab, Mat asked, Mat x, int side);

#endif
