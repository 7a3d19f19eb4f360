/* 01_linear_ae_plot.h: what the figures of lab 01 are drawn from. Nothing to write here; the place
 * for a figure of your own. plots/01_linear_ae.gp draws it.
 */
#ifndef PLOT_01_LINEAR_AE_H
#define PLOT_01_LINEAR_AE_H

#include "01_linear_ae.h"

/* The loss of one hidden unit over the plane of w: surface.csv. x (n,2), centred.
 * Figure: surface. */
void plot_surface(Lab *lab, Mat x, Arena *mem);

/* Three rows of tiles: the columns of W (d,k), the eigen-images V (d,k), and V after encoding and
 * decoding with W: filters.png. Figure: filters. */
void plot_filters(Lab *lab, Mat W, Mat V, Data data, Arena *mem);

/* A test image of each class, then what is left of them for each of the `sizes` matrices W; data
 * are centred, and mean (1,d) is added again: reconstructions.png. Figure: reconstructions. */
void plot_reconstructions(Lab *lab, const Mat *W, int sizes, Mat mean, Data data, Arena *mem);

#endif
