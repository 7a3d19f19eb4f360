/* 07_gan_1d_plot.h: what the figures of lab 07 are drawn from. Nothing to write here; the place for
 * a figure of your own. plots/07_gan_1d.gp draws it.
 */
#ifndef PLOT_07_GAN_1D_H
#define PLOT_07_GAN_1D_H

#include "07_gan_1d.h"

enum { GRID = 1201 };                   /* points of every curve, from -6 to 6 */

/* Two densities and the best D between them, on the grid: best_DISTANCE.csv. Figure: best. */
void plot_best(Lab *lab, int distance, Mat grid, Mat p, Mat q, Mat d, Arena *mem);

/* The same of a trained D, with its ratio: estimate.csv and .npy. Figure: estimate. */
void plot_estimate(Lab *lab, Mat grid, Mat p, Mat q, Mat d, Mat ratio, Arena *mem);

/* The gradient of both losses of G at a single logit, rows (logit, saturating, nonsaturating):
 * slopes.csv. Figure: slopes. */
void plot_slopes(Lab *lab, Mat rows);

/* A film of one game, close together at first: where needles z (n,1) go, x (n,1), in lines.csv, and
 * D on the grid, d (GRID,1), in curves.csv; a block a frame. film_frames writes all that are due at
 * this step, film_due says whether any is. Figures: movie, strip. */
typedef struct Film Film;
Film *film_open(Lab *lab, Mat z, Mat grid, Arena *keep);
bool  film_due(const Film *film, int step, int steps);          /* film NULL: never */
void  film_frames(Film *film, int step, int steps, Mat x, Mat d);
void  film_close(Film *film);                                   /* film NULL: nothing */

#endif
