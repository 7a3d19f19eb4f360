/* 07_gan_1d_plot.h: what the figures of lab 07 are drawn from. Nothing to write here; the place for
 * a figure of your own. plots/07_gan_1d.gp draws it.
 */
#ifndef PLOT_07_GAN_1D_H
#define PLOT_07_GAN_1D_H

#include "07_gan_1d.h"

enum { GRID = 1201 };                   /* points of every curve, from -6 to 6 */

/* D(x) at points x (n,1): probabilities (n,1). */
Mat d_of(Net *D, Mat x, Arena *mem);

/* Two densities and the best D between them, on the grid: best_DISTANCE.csv. Figure: best. */
void plot_best(Lab *lab, int distance, Mat grid, Mat p, Mat q, Mat d, Arena *mem);

/* The same of a trained D, with its ratio: estimate.csv and .npy. Figure: estimate. */
void plot_estimate(Lab *lab, Mat grid, Mat p, Mat q, Mat d, Mat ratio, Arena *mem);

/* The gradient of both losses of G at a single logit: slopes.csv. Figure: slopes. */
void plot_slopes(Lab *lab, Arena *mem);

/* A film of one game, close together at first: where 401 evenly likely z go (lines.csv), and D
 * (curves.csv), a block a frame. film_frames writes those that are due at this step.
 * Figures: movie, strip. */
typedef struct Film Film;
Film *film_open(Lab *lab, Arena *keep);
void  film_frames(Film *film, int step, int steps, Net *G, Net *D, Arena *mem); /* NULL: nothing */
void  film_close(Film *film);                                                   /* NULL: nothing */

#endif
